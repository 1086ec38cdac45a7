import {
  constants,
  createCipheriv,
  createDecipheriv,
  createECDH,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPair,
  generateKeyPairSync,
  type KeyObject,
  privateDecrypt,
  sign,
} from 'node:crypto'
import { promisify } from 'node:util'
import { bytes, fromHex, toHex } from './bytes.ts'
import { tlv } from './tlv.ts'

// All use of node:crypto by the card. Keys are node's, so their generation does not follow the card's `random` argument.

const generate = promisify(generateKeyPair)

export const ALGORITHMS: Readonly<Record<number, KeyAlgorithm>> = {
  6: { kind: 'rsa', bits: 1024 },
  7: { kind: 'rsa', bits: 2048 },
  5: { kind: 'rsa', bits: 3072 },
  22: { kind: 'rsa', bits: 4096 },
  17: { kind: 'ec', curve: 'P-256', ecdhName: 'prime256v1', size: 32 },
  20: { kind: 'ec', curve: 'P-384', ecdhName: 'secp384r1', size: 48 },
  224: { kind: 'edwards', curve: 'Ed25519' },
  225: { kind: 'edwards', curve: 'X25519' },
}

export type EcAlgorithm = {
  readonly kind: 'ec'
  readonly curve: 'P-256' | 'P-384'
  readonly ecdhName: string
  readonly size: number
}
export type KeyAlgorithm =
  | { readonly kind: 'rsa'; readonly bits: number }
  | EcAlgorithm
  | { readonly kind: 'edwards'; readonly curve: 'Ed25519' | 'X25519' }

/** RSA keys made in advance; `take` hands each out once and gives undefined when none is left. */
export type KeyPool = { take(bits: number): Uint8Array | undefined }

/** PKCS #8 of a new key. */
export async function generatePrivateKey(algorithm: KeyAlgorithm, pool?: KeyPool): Promise<Uint8Array> {
  if (algorithm.kind === 'rsa') {
    const ready = pool?.take(algorithm.bits)
    if (ready) return ready
    return pkcs8((await generate('rsa', { modulusLength: algorithm.bits, publicExponent: 65_537 })).privateKey)
  }
  if (algorithm.kind === 'ec') return pkcs8((await generate('ec', { namedCurve: algorithm.curve })).privateKey)
  const pair = algorithm.curve === 'Ed25519' ? await generate('ed25519') : await generate('x25519')
  return pkcs8(pair.privateKey)
}

/** PKCS #8 of a new P-256 key, at once: a card's maker needs two of them before the card exists. */
export function generateEcKey(): Uint8Array {
  return pkcs8(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey)
}

function pkcs8(key: KeyObject): Uint8Array {
  return new Uint8Array(key.export({ type: 'pkcs8', format: 'der' }))
}

export function loadPrivateKey(der: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' })
}

/** SubjectPublicKeyInfo DER of a private key. */
export function publicKeyInfo(der: Uint8Array): Uint8Array {
  return new Uint8Array(createPublicKey(loadPrivateKey(der)).export({ type: 'spki', format: 'der' }))
}

/** The data objects inside 7F49: 81 modulus and 82 exponent, or 86 point (SP 800-73pt2-5 table 11). */
export function publicKeyObjects(algorithm: KeyAlgorithm, der: Uint8Array): Uint8Array {
  const jwk = createPublicKey(loadPrivateKey(der)).export({ format: 'jwk' })
  if (algorithm.kind === 'rsa') return bytes(tlv(0x81, unbase64(jwk.n)), tlv(0x82, unbase64(jwk.e)))
  if (algorithm.kind === 'ec') return tlv(0x86, 0x04, unbase64(jwk.x), unbase64(jwk.y))
  return tlv(0x86, unbase64(jwk.x))
}

/** RSA private operation without padding; undefined if the block is not below the modulus. */
export function rawRsa(der: Uint8Array, block: Uint8Array): Uint8Array | undefined {
  try {
    const key = { key: loadPrivateKey(der), padding: constants.RSA_NO_PADDING }
    return new Uint8Array(privateDecrypt(key, Buffer.from(block)))
  } catch {
    return undefined
  }
}

export function signEd25519(der: Uint8Array, message: Uint8Array): Uint8Array {
  return new Uint8Array(sign(null, message, loadPrivateKey(der)))
}

/** Signs a whole message with ECDSA and SHA-256, DER. */
export function signSha256(der: Uint8Array, message: Uint8Array): Uint8Array {
  return new Uint8Array(sign('sha256', message, loadPrivateKey(der)))
}

/** Shared secret (X coordinate) with a point 04‖X‖Y; undefined if it is not on the curve. */
export function agreeEc(algorithm: EcAlgorithm, der: Uint8Array, point: Uint8Array): Uint8Array | undefined {
  const ecdh = createECDH(algorithm.ecdhName)
  ecdh.setPrivateKey(unbase64(loadPrivateKey(der).export({ format: 'jwk' }).d))
  try {
    return new Uint8Array(ecdh.computeSecret(point))
  } catch {
    return undefined
  }
}

export function agreeX25519(der: Uint8Array, peer: Uint8Array): Uint8Array | undefined {
  try {
    const publicKey = createPublicKey({
      key: { kty: 'OKP', crv: 'X25519', x: Buffer.from(peer).toString('base64url') },
      format: 'jwk',
    })
    return new Uint8Array(diffieHellman({ privateKey: loadPrivateKey(der), publicKey }))
  } catch {
    return undefined
  }
}

const ORDER: Readonly<Record<string, bigint>> = {
  'P-256': BigInt('0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551'),
  'P-384': BigInt('0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973'),
}

/**
 * ECDSA over a digest that the host has made (FIPS 186-5 §6.4.1). node:crypto only signs what it hashed itself, so the point
 * comes from its ECDH and the rest is arithmetic here: right, but not constant in time, as befits a virtual card only.
 */
export function signDigest(
  algorithm: EcAlgorithm,
  der: Uint8Array,
  digest: Uint8Array,
  random: (length: number) => Uint8Array,
): Uint8Array {
  const n = ORDER[algorithm.curve] ?? 0n
  const d = toBigInt(unbase64(loadPrivateKey(der).export({ format: 'jwk' }).d))
  const z = toBigInt(digest.slice(0, algorithm.size))
  for (;;) {
    const k = toBigInt(random(algorithm.size))
    if (k === 0n || k >= n) continue
    const ecdh = createECDH(algorithm.ecdhName)
    ecdh.setPrivateKey(fromHex(k.toString(16).padStart(2 * algorithm.size, '0')))
    const r = toBigInt(new Uint8Array(ecdh.getPublicKey().subarray(1, 1 + algorithm.size))) % n
    const s = (power(k, n - 2n, n) * (z + r * d)) % n
    if (r !== 0n && s !== 0n) return tlv(0x30, tlv(0x02, derInteger(r)), tlv(0x02, derInteger(s)))
  }
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n
  let square = base % modulus
  for (let e = exponent; e > 0n; e >>= 1n) {
    if (e & 1n) result = (result * square) % modulus
    square = (square * square) % modulus
  }
  return result
}

function derInteger(value: bigint): Uint8Array {
  const hex = value.toString(16)
  const magnitude = fromHex(hex.length % 2 ? `0${hex}` : hex)
  return (magnitude[0] ?? 0) > 0x7f ? bytes(0, magnitude) : magnitude
}

function toBigInt(data: Uint8Array): bigint {
  return data.length === 0 ? 0n : BigInt(`0x${toHex(data)}`)
}

/** PKCS #8 of an RSA key given as its two primes (e = 65537); undefined if they do not make a key of that size. */
export function importRsa(bits: number, p: Uint8Array, q: Uint8Array): Uint8Array | undefined {
  const [a, b] = [toBigInt(p), toBigInt(q)]
  const [n, e, phi] = [a * b, 65_537n, (a - 1n) * (b - 1n)]
  if (n.toString(2).length !== bits) return undefined
  const d = inverse(e, phi)
  const qi = inverse(b, a)
  if (d === undefined || qi === undefined) return undefined
  const half = bits / 16
  const jwk = {
    kty: 'RSA',
    n: base64(n, 2 * half),
    e: 'AQAB',
    d: base64(d, 2 * half),
    p: base64(a, half),
    q: base64(b, half),
    dp: base64(d % (a - 1n), half),
    dq: base64(d % (b - 1n), half),
    qi: base64(qi, half),
  }
  return fromJwk(jwk)
}

/** PKCS #8 of a key on a curve given as its private scalar or seed; undefined if it is not one. */
export function importScalar(
  algorithm: Exclude<KeyAlgorithm, { kind: 'rsa' }>,
  scalar: Uint8Array,
): Uint8Array | undefined {
  if (algorithm.kind === 'edwards') {
    if (scalar.length !== 32) return undefined
    const oid = algorithm.curve === 'Ed25519' ? 0x70 : 0x6e
    return bytes(fromHex('302E020100300506032B65'), oid, fromHex('04220420'), scalar)
  }
  if (scalar.length !== algorithm.size) return undefined
  try {
    const ecdh = createECDH(algorithm.ecdhName)
    ecdh.setPrivateKey(scalar)
    const point = ecdh.getPublicKey()
    return fromJwk({
      kty: 'EC',
      crv: algorithm.curve,
      d: Buffer.from(scalar).toString('base64url'),
      x: point.subarray(1, 1 + algorithm.size).toString('base64url'),
      y: point.subarray(1 + algorithm.size).toString('base64url'),
    })
  } catch {
    return undefined
  }
}

function fromJwk(jwk: JsonWebKey): Uint8Array | undefined {
  try {
    return pkcs8(createPrivateKey({ key: jwk as Record<string, unknown>, format: 'jwk' }))
  } catch {
    return undefined
  }
}

type JsonWebKey = { readonly [field: string]: string }

function inverse(value: bigint, modulus: bigint): bigint | undefined {
  let [r0, r1, t0, t1] = [modulus, value % modulus, 0n, 1n]
  while (r1 !== 0n) {
    const quotient = r0 / r1
    ;[r0, r1, t0, t1] = [r1, r0 - quotient * r1, t1, t0 - quotient * t1]
  }
  return r0 === 1n ? ((t0 % modulus) + modulus) % modulus : undefined
}

function base64(value: bigint, size: number): string {
  return Buffer.from(value.toString(16).padStart(2 * size, '0'), 'hex').toString('base64url')
}

function unbase64(text: unknown): Uint8Array {
  return new Uint8Array(Buffer.from(String(text ?? ''), 'base64url'))
}

const BLOCK_CIPHERS: Readonly<
  Record<number, { readonly name: string; readonly keySize: number; readonly block: number }>
> = {
  3: { name: 'des-ede3', keySize: 24, block: 8 },
  8: { name: 'aes-128', keySize: 16, block: 16 },
  10: { name: 'aes-192', keySize: 24, block: 16 },
  12: { name: 'aes-256', keySize: 32, block: 16 },
}

/** Key and block size in bytes of an administration key algorithm. */
export function blockCipher(algorithm: number): { readonly keySize: number; readonly block: number } | undefined {
  return BLOCK_CIPHERS[algorithm]
}

/** One block or more in ECB mode without padding. */
export function encryptBlock(algorithm: number, key: Uint8Array, block: Uint8Array): Uint8Array {
  const cipher = createCipheriv(ecbName(algorithm), key, null).setAutoPadding(false)
  return bytes(cipher.update(block), cipher.final())
}

function ecbName(algorithm: number): string {
  const name = BLOCK_CIPHERS[algorithm]?.name
  if (!name) throw new TypeError('not a block cipher of a PIV card')
  return name === 'des-ede3' ? name : `${name}-ecb`
}

/** AES-CBC without padding; the key's length chooses the cipher. */
export function aesCbc(
  direction: 'encrypt' | 'decrypt',
  key: Uint8Array,
  iv: Uint8Array,
  data: Uint8Array,
): Uint8Array {
  const name = `aes-${key.length * 8}-cbc`
  const cipher = (
    direction === 'encrypt' ? createCipheriv(name, key, iv) : createDecipheriv(name, key, iv)
  ).setAutoPadding(false)
  return bytes(cipher.update(data), cipher.final())
}
