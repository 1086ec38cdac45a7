import { constants, privateEncrypt } from 'node:crypto'
import { afterAll, describe, expect, test } from 'vitest'
import { testKey } from '../../test/keys.ts'
import { openssl, scratch } from '../../test/openssl.ts'
import { subjectKeyIdentifier } from '../extensions/subject-key-identifier.ts'
import { assertSignatureShape, cardSignatureInput } from '../key/card-signature.ts'
import { ecPublicKey, edwardsPublicKey, parsePublicKey, rsaPublicKey } from '../key/public-key.ts'
import type { SignatureAlgorithm } from '../key/signature-algorithm.ts'
import { encodeName, nameOf } from '../name/name.ts'
import { assembleCsr, encodeCsrInfo, isProvenBySignature, parseCsr } from './csr.ts'

const files = scratch()
afterAll(() => files.remove())

const subject = encodeName(nameOf(['O', 'Example'], ['CN', 'Ada']))
const algorithms: SignatureAlgorithm[] = [
  'ecdsa-p256-sha256',
  'ecdsa-p384-sha384',
  'rsa-2048-sha256',
  'rsa-3072-sha256',
  'rsa-4096-sha256',
  'ed25519',
]

describe.each(algorithms)('%s', algorithm => {
  const key = testKey(algorithm)
  const info = encodeCsrInfo({ subject, publicKey: key.publicKeySpki, extensions: [subjectKeyIdentifier(subject)] })

  test('openssl accepts the request and our reader gives its parts back', async () => {
    const der = assembleCsr(info, algorithm, await key.sign(info))
    expect(openssl(['req', '-verify', '-noout', '-inform', 'DER'], der).text).toMatch(/verify OK/i)
    const csr = parseCsr(der)
    expect(isProvenBySignature(csr)).toBe(true)
    expect([csr.subject.der, csr.publicKey.spki]).toEqual([subject, key.publicKeySpki])
    expect([...csr.extensions.keys()]).toEqual(['2.5.29.14'])
  })

  test('a request signed by another key proves nothing', async () => {
    const der = assembleCsr(info, algorithm, await testKey(algorithm).sign(info))
    expect(isProvenBySignature(parseCsr(der))).toBe(false)
  })

  test('a request that openssl made is read and proven', () => {
    const made = openssl([
      'req',
      '-new',
      '-key',
      files.file('key.pem', key.privatePem),
      '-subj',
      '/O=Example/CN=Ada',
      '-outform',
      'DER',
    ])
    const csr = parseCsr(new Uint8Array(made.stdout))
    expect(isProvenBySignature(csr)).toBe(true)
    expect(csr.subject.name).toEqual(nameOf(['O', 'Example'], ['CN', 'Ada']))
  })

  test('the public key is rebuilt from the parts that a card answers with', () => {
    const parsed = parsePublicKey(key.publicKeySpki)
    const rebuilt =
      parsed.kind === 'rsa'
        ? rsaPublicKey(parsed.modulus, parsed.exponent)
        : parsed.kind === 'ec'
          ? ecPublicKey(parsed.curve, parsed.point)
          : parsed.kind === 'ed25519'
            ? edwardsPublicKey('ed25519', parsed.raw)
            : undefined
    expect(rebuilt).toEqual(key.publicKeySpki)
  })
})

describe('what a PIV card must sign (SP 800-73pt2-5 §3.2.4: the card pads nothing and hashes nothing)', () => {
  test.each<SignatureAlgorithm>(['rsa-2048-sha256', 'rsa-3072-sha256', 'rsa-4096-sha256'])(
    '%s: the raw RSA operation on the block is the PKCS#1 signature',
    async algorithm => {
      const key = testKey(algorithm)
      const info = encodeCsrInfo({ subject, publicKey: key.publicKeySpki })
      const block = cardSignatureInput(algorithm, info)
      const raw = new Uint8Array(privateEncrypt({ key: key.privateKey, padding: constants.RSA_NO_PADDING }, block))
      assertSignatureShape(algorithm, raw)
      expect(raw).toEqual(await key.sign(info))
      expect(isProvenBySignature(parseCsr(assembleCsr(info, algorithm, raw)))).toBe(true)
    },
  )

  test.each<[SignatureAlgorithm, number]>([
    ['ecdsa-p256-sha256', 32],
    ['ecdsa-p384-sha384', 48],
  ])('%s: the digest, as long as the field, signed by openssl without hashing', (algorithm, length) => {
    const key = testKey(algorithm)
    const info = encodeCsrInfo({ subject, publicKey: key.publicKeySpki })
    const digest = cardSignatureInput(algorithm, info)
    expect(digest).toHaveLength(length)
    const privateKey = files.file('key.pem', key.privatePem)
    const signature = new Uint8Array(openssl(['pkeyutl', '-sign', '-inkey', privateKey], digest).stdout)
    assertSignatureShape(algorithm, signature)
    expect(isProvenBySignature(parseCsr(assembleCsr(info, algorithm, signature)))).toBe(true)
  })

  test('Ed25519: the message itself', () => {
    const message = new TextEncoder().encode('message')
    expect(cardSignatureInput('ed25519', message)).toEqual(message)
  })

  test('an answer of the wrong form is refused', () => {
    for (const [algorithm, length] of [
      ['rsa-2048-sha256', 255],
      ['ed25519', 63],
      ['ecdsa-p256-sha256', 64],
    ] as const) {
      expect(() => assertSignatureShape(algorithm, new Uint8Array(length))).toThrow(
        expect.objectContaining({ code: 'der-malformed' }),
      )
    }
  })
})
