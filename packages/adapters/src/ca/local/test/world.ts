import { generateKeyPairSync, randomUUID } from 'node:crypto'
import type { IssueCertificate } from '@cardwright/core'
import {
  encodeCertId,
  encodeOcspRequest,
  fromHex,
  nameOf,
  parseCertificate,
  parseCrl,
  type SignatureAlgorithm,
  toPem,
} from '@cardwright/pki'
import type { SigningKeys } from '../../../keys/index.ts'
import { createSoftwareKeys, masterSecret, systemRandom } from '../../../keys/index.ts'
import { createMemoryAuthorityStore, opensslBench, type Validity } from '../../../testing/ca/index.ts'
import { publicationUrls } from '../authority-options.ts'
import type { AuthorityStore } from '../authority-store.ts'
import { type LocalAuthority, openLocalAuthority } from '../local-authority.ts'

export const DAY = 86_400_000

/** A CA with a clock that tests can turn, on one store, opened by as many servers as a test wants. */
export function caWorld(algorithm: SignatureAlgorithm = 'ecdsa-p384-sha384') {
  const judge = opensslBench()
  const store = createMemoryAuthorityStore()
  const master = masterSecret(new Uint8Array(32).fill(3))
  const failures: unknown[] = []
  const released: Uint8Array[] = []
  let offset = 0
  const clock = () => Date.now() + offset

  /** Counts every certificate that became the one that is handed out. */
  const counting: AuthorityStore = {
    ...store,
    async save(record) {
      const before = await store.find(record.idempotencyKey)
      const saved = await store.save(record)
      if (saved && before?.certificate === null && record.certificate && record.publicKeySpki)
        released.push(record.publicKeySpki)
      return saved
    },
  }

  const open = (change: { store?: AuthorityStore; keys?: SigningKeys } = {}): Promise<LocalAuthority> =>
    openLocalAuthority({
      id: 'local',
      store: counting,
      keys: createSoftwareKeys(master),
      clock,
      random: systemRandom,
      organization: nameOf(['C', 'SE'], ['O', 'Example']),
      name: 'Example',
      algorithm,
      urls: publicationUrls('http://pki.example.org'),
      onFailure: error => failures.push(error),
      ...change,
    })

  /** openssl asks, the CA answers, openssl judges; the CRL must say the same. */
  async function validity(authority: LocalAuthority, serialNumber: string): Promise<Validity> {
    const issuing = judge.file('issuing.pem', toPem('CERTIFICATE', authority.issuingCertificate))
    const root = judge.file('root.pem', toPem('CERTIFICATE', authority.rootCertificate))
    const certId = encodeCertId('sha1', parseCertificate(authority.issuingCertificate), fromHex(serialNumber))
    const response = judge.file('response.der', await authority.answerOcsp(encodeOcspRequest([certId])))
    const question = ['-issuer', issuing, '-serial', `0x${serialNumber}`, '-respin', response, '-no_nonce']
    // openssl measures the answer's age by its own clock, which a test that turned ours has left behind.
    const moment = ['-attime', String(Math.floor(clock() / 1000)), '-validity_period', String(5 + offset / 1000)]
    const { text } = judge.run(['ocsp', ...question, '-CAfile', root, '-verify_other', issuing, ...moment])
    if (!text.includes('Response verify OK')) throw new Error(`openssl does not accept the OCSP answer: ${text}`)
    const [, said = ''] = /0x[0-9A-Fa-f]+: (\w+)/.exec(text) ?? []
    const onHold = text.includes('Reason: certificateHold')
    const crl = parseCrl((await authority.issuingCrl()).der).entries.get(serialNumber.toLowerCase())
    const listed = crl ? (crl.reason === 'certificateHold' ? 'on hold' : 'revoked') : 'not listed'
    const answer = said === 'revoked' ? (onHold ? 'on hold' : 'revoked') : 'not listed'
    if (listed !== answer) throw new Error(`OCSP says ${said}, the CRL says ${listed}`)
    return answer === 'not listed' ? (said as Validity) : answer
  }

  return {
    judge,
    store,
    master,
    failures,
    clock,
    open,
    validity,
    advance(ms: number) {
      offset += ms
    },
    async certificatesFor(spki: Uint8Array) {
      return released.filter(key => Buffer.compare(key, spki) === 0).length
    },
  }
}

export const freshSpki = (): Uint8Array =>
  new Uint8Array(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'der', type: 'spki' }))

export const cardRequest = (now: number, change: Partial<IssueCertificate> = {}): IssueCertificate => ({
  idempotencyKey: randomUUID(),
  profile: 'piv-authentication',
  subject: {
    displayName: 'Ada Lovelace',
    givenName: null,
    familyName: null,
    email: null,
    upn: 'ada@example.org',
    sid: null,
    employeeNumber: null,
    department: null,
    organisation: 'Example',
    kerberos: null,
    cardUuid: '0f5c2b4a-9d1e-4f6a-8b3c-7d2e1f0a9b8c',
    cardholderUuid: '7b0e2c1d-5a4f-4e3b-9c8d-7e6f5a4b3c2d',
    fascN: fromHex('d4e739da739ced39ce739d836858210842108421c84210c3eb'),
  },
  publicKeySpki: freshSpki(),
  csr: null,
  notBefore: now,
  notAfter: now + 365 * DAY,
  onHold: false,
  ...change,
})
