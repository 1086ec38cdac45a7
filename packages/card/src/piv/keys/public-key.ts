import { bytesToHex, concatBytes, hexToBytes } from '../../bytes.ts'
import { CardDataError } from '../../errors.ts'
import { decodeTlv, decodeTlvs, encodeTlv, requireTlv } from '../../tlv/ber-tlv.ts'
import { KEY_ALGORITHMS, type KeyAlgorithm } from '../algorithms.ts'

/** `publicKeySpki` is a DER SubjectPublicKeyInfo (RFC 5280 §4.1.2.7). */
export type PublicKey = { readonly algorithm: KeyAlgorithm; readonly publicKeySpki: Uint8Array }

/** AlgorithmIdentifiers as DER (RFC 3279 §2.3.1, RFC 5480 §2.1, RFC 8410 §3). */
const RSA = '300D06092A864886F70D0101010500'
const IDENTIFIERS: { readonly [algorithm in KeyAlgorithm]: string } = {
  'RSA-1024': RSA,
  'RSA-2048': RSA,
  'RSA-3072': RSA,
  'RSA-4096': RSA,
  'P-256': '301306072A8648CE3D020106082A8648CE3D030107',
  'P-384': '301006072A8648CE3D020106052B81040022',
  Ed25519: '300506032B6570',
  X25519: '300506032B656E',
}

const MODULUS = 0x81
const EXPONENT = 0x82
const POINT = 0x86
const SEQUENCE = 0x30
const INTEGER = 0x02
const BIT_STRING = 0x03
const LEAST_EXPONENT = 65_537
const MAX_EXPONENT_BYTES = 6

/**
 * The value of a 7F49 template, also found in Yubico's metadata: `{81 n, 82 e}` or `{86 point}` (SP 800-73-5 part 2
 * table 13). The key must be of the algorithm that was asked, or a card could pass off a weaker one.
 */
export function decodePublicKey(objects: Uint8Array, algorithm: KeyAlgorithm): PublicKey {
  const parts = decodeTlvs(objects)
  if (KEY_ALGORITHMS[algorithm].family === 'rsa') {
    return rsaKey(algorithm, stripZeros(requireTlv(parts, MODULUS)), stripZeros(requireTlv(parts, EXPONENT)))
  }
  return pointKey(algorithm, requireTlv(parts, POINT))
}

/** The reverse of decodePublicKey: what a card writes into 7F49. */
export function encodePublicKey({ algorithm, publicKeySpki }: PublicKey): Uint8Array {
  const key = readBitString(publicKeySpki)
  if (KEY_ALGORITHMS[algorithm].family !== 'rsa') return encodeTlv(POINT, key)
  const { modulus, exponent } = readRsaNumbers(key)
  return concatBytes(encodeTlv(MODULUS, modulus), encodeTlv(EXPONENT, exponent))
}

/** Recognises the algorithm of a SubjectPublicKeyInfo; throws CardDataError for keys that PIV does not know. */
export function publicKeyFromSpki(spki: Uint8Array): PublicKey {
  const [identifier] = decodeTlvs(decodeTlv(spki, SEQUENCE))
  const identifierHex = identifier ? bytesToHex(encodeTlv(SEQUENCE, identifier.value)) : ''
  const key = readBitString(spki)
  if (identifierHex === RSA) {
    const { modulus, exponent } = readRsaNumbers(key)
    const algorithm = algorithmNames.find(
      name => KEY_ALGORITHMS[name].family === 'rsa' && KEY_ALGORITHMS[name].bits === modulus.length * 8,
    )
    if (!algorithm) throw new CardDataError(`an RSA key of ${modulus.length * 8} bits is not a PIV key`)
    return rsaKey(algorithm, modulus, exponent)
  }
  const algorithm = algorithmNames.find(name => IDENTIFIERS[name] === identifierHex)
  if (!algorithm) throw new CardDataError('the algorithm of a public key is not known')
  return pointKey(algorithm, key)
}

const algorithmNames = Object.keys(KEY_ALGORITHMS) as readonly KeyAlgorithm[]

function rsaKey(algorithm: KeyAlgorithm, modulus: Uint8Array, exponent: Uint8Array): PublicKey {
  const { bits } = KEY_ALGORITHMS[algorithm]
  const isOdd = (number: Uint8Array) => ((number.at(-1) ?? 0) & 1) === 1
  if (modulus.length * 8 !== bits || ((modulus[0] ?? 0) & 0x80) === 0) {
    throw new CardDataError(`the modulus of a ${algorithm} key does not have ${bits} bits`)
  }
  const value = exponent.reduce((sum, byte) => sum * 256 + byte, 0)
  if (!isOdd(modulus) || !isOdd(exponent) || value < LEAST_EXPONENT || exponent.length > MAX_EXPONENT_BYTES) {
    throw new CardDataError('an RSA key has an even number or an exponent outside 65537 to 2^48')
  }
  return spki(algorithm, encodeTlv(SEQUENCE, derInteger(modulus), derInteger(exponent)))
}

function pointKey(algorithm: KeyAlgorithm, point: Uint8Array): PublicKey {
  const { family, bits } = KEY_ALGORITHMS[algorithm]
  const length = family === 'ec' ? 1 + bits / 4 : bits / 8
  if (point.length !== length) throw new CardDataError(`a ${algorithm} key has ${point.length} bytes, not ${length}`)
  if (family === 'ec' && point[0] !== 0x04) throw new CardDataError(`a ${algorithm} key is not an uncompressed point`)
  return spki(algorithm, point)
}

function spki(algorithm: KeyAlgorithm, key: Uint8Array): PublicKey {
  const bits = encodeTlv(BIT_STRING, Uint8Array.of(0), key)
  return { algorithm, publicKeySpki: encodeTlv(SEQUENCE, hexToBytes(IDENTIFIERS[algorithm]), bits) }
}

function readBitString(spkiBytes: Uint8Array): Uint8Array {
  const bits = requireTlv(decodeTlvs(decodeTlv(spkiBytes, SEQUENCE)), BIT_STRING)
  if (bits.length < 2 || bits[0] !== 0) throw new CardDataError('the bit string of a public key is malformed')
  return bits.subarray(1)
}

function readRsaNumbers(key: Uint8Array): { readonly modulus: Uint8Array; readonly exponent: Uint8Array } {
  const [modulus, exponent] = decodeTlvs(decodeTlv(key, SEQUENCE)).filter(({ tag }) => tag === INTEGER)
  if (!modulus || !exponent) throw new CardDataError('an RSA key lacks modulus or exponent')
  return { modulus: stripZeros(modulus.value), exponent: stripZeros(exponent.value) }
}

/** DER INTEGER: minimal, with a zero byte where the top bit would make it negative. */
function derInteger(number: Uint8Array): Uint8Array {
  return (number[0] ?? 0) & 0x80 ? encodeTlv(INTEGER, Uint8Array.of(0), number) : encodeTlv(INTEGER, number)
}

function stripZeros(number: Uint8Array): Uint8Array {
  const first = number.findIndex(byte => byte !== 0)
  return first < 0 ? number.subarray(0, 0) : number.subarray(first)
}
