import { parseCertificate, toPem } from '@cardwright/pki'
import { afterAll, describe, expect, test } from 'vitest'
import { createSoftwareKeys, masterSecret, type SigningKeys } from '../../keys/index.ts'
import {
  authorityStoreContract,
  certificateAuthorityContract,
  createMemoryAuthorityStore,
} from '../../testing/ca/index.ts'
import { cardRequest, caWorld, DAY } from './test/world.ts'

authorityStoreContract('in memory', async () => createMemoryAuthorityStore())

describe.each(['ecdsa-p384-sha384', 'rsa-3072-sha256'] as const)('%s', algorithm => {
  const world = caWorld(algorithm)
  afterAll(() => world.judge.remove())

  certificateAuthorityContract('built-in', async () => {
    const authority = await world.open()
    const other = await world.open()
    const { certificatesFor } = world
    return { authority, other, now: Date.now(), certificatesFor, validity: serial => world.validity(authority, serial) }
  })

  test('openssl verifies the whole chain with both CRLs, for TLS client authentication', async () => {
    const authority = await world.open()
    const { certificate } = await authority.issue(cardRequest(world.clock() - 60_000))
    const pem = (name: string, der: Uint8Array) => world.judge.file(name, toPem('CERTIFICATE', der))
    const crls = [(await authority.rootCrl()).der, (await authority.issuingCrl()).der]
    const result = world.judge.run([
      ...['verify', '-x509_strict', '-purpose', 'sslclient', '-crl_check_all'],
      ...['-CRLfile', world.judge.file('crls.pem', crls.map(der => toPem('X509 CRL', der)).join(''))],
      ...[
        '-CAfile',
        pem('root.pem', authority.rootCertificate),
        '-untrusted',
        pem('issuing.pem', authority.issuingCertificate),
      ],
      pem('leaf.pem', certificate),
    ])
    expect(result).toMatchObject({ status: 0, text: expect.stringContaining('OK') })
  })
})

describe('opening', () => {
  test('servers that start at once on an empty store have the same CA, and one that starts later too', async () => {
    const world = caWorld()
    const [one, two] = await Promise.all([world.open(), world.open()])
    const three = await world.open()
    for (const other of [two, three]) {
      expect(other.rootCertificate).toEqual(one.rootCertificate)
      expect(other.issuingCertificate).toEqual(one.issuingCertificate)
    }
    const stored = await world.store.loadAuthority()
    expect(stored?.contentSigner && parseCertificate(stored.contentSigner.certificate).subject.name.at(-1)).toEqual([
      { type: '2.5.4.3', value: 'Example Content Signer' },
    ])
    world.judge.remove()
  })

  test("another master secret does not open the CA's keys", async () => {
    const world = caWorld()
    await world.open()
    const keys = createSoftwareKeys(masterSecret(new Uint8Array(32).fill(4)))
    await expect(world.open({ keys })).rejects.toMatchObject({ code: 'KEYS_UNKNOWN_KEY' })
    world.judge.remove()
  })
})

test('I-17: a crash between intent and signature leaves the serial number that the next try uses', async () => {
  const world = caWorld()
  const authority = await world.open()
  const software = createSoftwareKeys(world.master)
  const failing: SigningKeys = {
    ...software,
    async openSigningKey(purpose, handle) {
      const signer = await software.openSigningKey(purpose, handle)
      return { ...signer, sign: () => Promise.reject(new Error('power cut')) }
    },
  }
  const broken = await world.open({ keys: failing })
  const request = cardRequest(world.clock())
  await expect(broken.issue(request)).rejects.toMatchObject({ code: 'CA_UNREACHABLE' })
  const intended = await world.store.find(request.idempotencyKey)
  expect(intended).toMatchObject({ certificate: null, status: 'GOOD' })
  expect(await world.validity(authority, intended?.serialNumber ?? '')).toBe('unknown')
  const { serialNumber } = await authority.issue(request)
  expect(serialNumber).toBe(intended?.serialNumber)
  expect(await world.validity(authority, serialNumber)).toBe('good')
  world.judge.remove()
})

describe('renewal of services', () => {
  test('the OCSP responder gets a new key before its certificate ends, and answers are accepted all the time', async () => {
    const world = caWorld()
    const [one, two] = [await world.open(), await world.open()]
    const { serialNumber } = await one.issue(cardRequest(world.clock()))
    const responder = async () => (await world.store.loadAuthority())?.ocspResponder?.certificate
    const first = await responder()
    world.advance(58 * DAY)
    expect(await world.validity(one, serialNumber)).toBe('good')
    expect(await responder()).toEqual(first)
    world.advance(3 * DAY)
    await Promise.all([world.validity(one, serialNumber), two.answerOcsp(new Uint8Array(1))])
    const second = await responder()
    expect(second).not.toEqual(first)
    expect(await world.validity(two, serialNumber)).toBe('good')
    expect(await responder()).toEqual(second)
    world.judge.remove()
  })
})
