import { randomBytes } from 'node:crypto'
import { fromHex } from '../src/bytes.ts'
import { serialNumberFrom, signCertificate } from '../src/certificate/build.ts'
import { parseCertificate } from '../src/certificate/parse.ts'
import type { SignatureAlgorithm } from '../src/key/signature-algorithm.ts'
import { nameOf } from '../src/name/name.ts'
import { issuingCa } from '../src/profiles/issuing-ca.ts'
import type { HolderRequest, Issuer, ProfileResult } from '../src/profiles/profile.ts'
import { rootCa } from '../src/profiles/root-ca.ts'
import { type TestKey, testKey } from './keys.ts'

/** Tests look at certificates from here; openssl is told the same moment with -attime. */
export const NOW = new Date('2026-11-20T12:00:00Z')
export const NOT_BEFORE = new Date('2026-11-20T00:00:00Z')
export const NOT_AFTER = new Date('2029-11-20T00:00:00Z')
export const ATTIME = ['-attime', String(NOW.getTime() / 1000)]

export const SID = 'S-1-5-21-1004336348-1177238915-682003330-512'
export const CARD_UUID = fromHex('0f5c2b4a9d1e4f6a8b3c7d2e1f0a9b8c')
export const CARDHOLDER_UUID = fromHex('7b0e2c1d5a4f4e3b9c8d7e6f5a4b3c2d')
/** SP 800-73 example FASC-N 9999-9999-999999-0-1-0000000000-3-0000-1. */
export const FASC_N = fromHex('d4e739da739ced39ce739d836858210842108421c84210c3eb')

export const serial = () => serialNumberFrom(new Uint8Array(randomBytes(16)))

export const tbsOf = (result: ProfileResult) => {
  if (!result.ok) throw new Error(`Refused: ${result.refusals.map(refusal => refusal.message).join('; ')}`)
  return result.tbs
}

export interface TestAuthority {
  readonly rootKey: TestKey
  readonly issuingKey: TestKey
  readonly root: Uint8Array
  readonly issuing: Uint8Array
  readonly issuer: Issuer
}

/** A root and an issuing CA below it, with keys of the given algorithm. */
export async function testAuthority(algorithm: SignatureAlgorithm): Promise<TestAuthority> {
  const rootKey = testKey(algorithm)
  const issuingKey = testKey(algorithm)
  const rootRequest = {
    subject: nameOf(['C', 'SE'], ['O', 'Example Åland'], ['CN', 'Example Root']),
    publicKey: rootKey.publicKeySpki,
    serialNumber: serial(),
    notBefore: new Date('2026-01-01T00:00:00Z'),
    notAfter: new Date('2046-01-01T00:00:00Z'),
  }
  const root = await signCertificate(tbsOf(rootCa(rootRequest)), rootKey)
  const urls = {
    crlUrls: ['http://pki.example.org/root.crl'],
    caIssuersUrls: ['http://pki.example.org/root.cer'],
    ocspUrls: [],
  }
  const issuingRequest = {
    subject: nameOf(['C', 'SE'], ['O', 'Example Åland'], ['CN', 'Example Issuing']),
    publicKey: issuingKey.publicKeySpki,
    serialNumber: serial(),
    notBefore: new Date('2026-01-02T00:00:00Z'),
    notAfter: new Date('2036-01-01T00:00:00Z'),
  }
  const rootIssuer = { certificate: parseCertificate(root), ...urls }
  const issuing = await signCertificate(tbsOf(issuingCa(issuingRequest, rootIssuer)), rootKey)
  return {
    rootKey,
    issuingKey,
    root,
    issuing,
    issuer: {
      certificate: parseCertificate(issuing),
      crlUrls: ['http://pki.example.org/issuing.crl'],
      caIssuersUrls: ['http://pki.example.org/issuing.cer'],
      ocspUrls: ['http://pki.example.org/ocsp'],
    },
  }
}

/** A complete request of a holder; tests change what they are about. */
export const holderRequest = (publicKey: Uint8Array, change: Partial<HolderRequest> = {}): HolderRequest => ({
  publicKey,
  serialNumber: serial(),
  notBefore: NOT_BEFORE,
  notAfter: NOT_AFTER,
  organization: nameOf(['C', 'SE'], ['O', 'Example Åland']),
  person: nameOf(['OU', 'Research'], ['CN', 'Ada Lovelace']),
  cardUuid: CARD_UUID,
  cardholderUuid: CARDHOLDER_UUID,
  fascN: FASC_N,
  cardNotAfter: NOT_AFTER,
  email: 'ada@example.org',
  upn: 'ada@ad.example.org',
  kerberos: { principal: 'ada', realm: 'AD.EXAMPLE.ORG' },
  sid: SID,
  ...change,
})
