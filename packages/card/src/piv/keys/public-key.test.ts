import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytesToHex, concatBytes, hexToBytes } from '../../bytes.ts'
import { CardDataError } from '../../errors.ts'
import { encodeTlv } from '../../tlv/ber-tlv.ts'
import type { KeyAlgorithm } from '../algorithms.ts'
import { decodePublicKey, encodePublicKey, publicKeyFromSpki } from './public-key.ts'

const rsa = (bits: number) => generateKeyPairSync('rsa', { modulusLength: bits }).publicKey
const keys: readonly (readonly [KeyAlgorithm, ReturnType<typeof rsa>])[] = [
  ['RSA-1024', rsa(1024)],
  ['RSA-2048', rsa(2048)],
  ['RSA-3072', rsa(3072)],
  ['P-256', generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey],
  ['P-384', generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey],
  ['Ed25519', generateKeyPairSync('ed25519').publicKey],
  ['X25519', generateKeyPairSync('x25519').publicKey],
]

test.each(keys)('%s: from the card’s template to the SPKI that OpenSSL writes, and back', (algorithm, key) => {
  const publicKeySpki = Uint8Array.from(key.export({ type: 'spki', format: 'der' }))
  const objects = encodePublicKey({ algorithm, publicKeySpki })
  expect(decodePublicKey(objects, algorithm)).toEqual({ algorithm, publicKeySpki })
  expect(publicKeyFromSpki(publicKeySpki)).toEqual({ algorithm, publicKeySpki })
})

test('RSA-4096: modulus and exponent as the card gives them', () => {
  const n = `${'C1'.repeat(511)}01`
  const { publicKeySpki } = decodePublicKey(hexToBytes(`81820200${n}8203010001`), 'RSA-4096')
  const jwk = createPublicKey({ key: Buffer.from(publicKeySpki), format: 'der', type: 'spki' }).export({
    format: 'jwk',
  })
  expect(
    Buffer.from(jwk.n ?? '', 'base64url')
      .toString('hex')
      .toUpperCase(),
  ).toBe(n)
  expect(jwk.e).toBe('AQAB')
})

test.each<[string, string, KeyAlgorithm]>([
  ['a shorter modulus than asked', `818180${'FF'.repeat(128)}8203010001`, 'RSA-2048'],
  ['a modulus with a zero top bit', `8182010040${'FF'.repeat(255)}8203010001`, 'RSA-2048'],
  ['an even modulus', `81820100${'FE'.repeat(256)}8203010001`, 'RSA-2048'],
  ['exponent 1', `81820100${'FF'.repeat(256)}820101`, 'RSA-2048'],
  ['an even exponent', `81820100${'FF'.repeat(256)}8203010002`, 'RSA-2048'],
  ['no exponent', `81820100${'FF'.repeat(256)}`, 'RSA-2048'],
  ['the point of another curve', `866104${'11'.repeat(96)}`, 'P-256'],
  ['a compressed point', `862102${'11'.repeat(32)}`, 'P-256'],
  ['a point without 04', `864105${'11'.repeat(64)}`, 'P-256'],
  ['an RSA key where EC was asked', `81820100${'FF'.repeat(256)}8203010001`, 'P-256'],
])('%s is refused', (_, hex, algorithm) => {
  expect(() => decodePublicKey(hexToBytes(hex), algorithm)).toThrow(CardDataError)
})

test('keys that PIV does not know are refused', () => {
  const p521 = generateKeyPairSync('ec', { namedCurve: 'P-521' }).publicKey.export({ type: 'spki', format: 'der' })
  expect(() => publicKeyFromSpki(Uint8Array.from(p521))).toThrow(CardDataError)
  expect(() => publicKeyFromSpki(hexToBytes('3000'))).toThrow(CardDataError)
})

test('arbitrary bytes give a key or a typed error', () => {
  const likely = fc
    .tuple(fc.uint8Array({ minLength: 250, maxLength: 260 }), fc.uint8Array({ maxLength: 7 }))
    .map(([n, e]) => concatBytes(encodeTlv(0x81, n), encodeTlv(0x82, e)))
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 80 }), likely), bytes => {
      for (const decode of [
        () => decodePublicKey(bytes, 'RSA-2048'),
        () => decodePublicKey(bytes, 'P-256'),
        () => publicKeyFromSpki(bytes),
      ]) {
        try {
          expect(bytesToHex(decode().publicKeySpki)).toMatch(/^30/)
        } catch (error) {
          expect(error).toBeInstanceOf(CardDataError)
        }
      }
    }),
    { numRuns: 1000 },
  )
})
