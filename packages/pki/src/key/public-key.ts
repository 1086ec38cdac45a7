import { bitStringOctets, derCursor, oidValue, openSequence, unsignedInteger } from '../der/read.ts'
import { TAG } from '../der/tag.ts'
import { bitString, integer, nullValue, oid, sequence } from '../der/write.ts'
import { PkiError } from '../pki-error.ts'

export type EcCurve = 'p256' | 'p384' | 'p521'

/** What a SubjectPublicKeyInfo holds. `spki` is its DER, `bits` the BIT STRING's octets that key identifiers are made of. */
export type PublicKey = { readonly spki: Uint8Array; readonly bits: Uint8Array } & (
  | { readonly kind: 'rsa'; readonly size: number; readonly modulus: Uint8Array; readonly exponent: Uint8Array }
  /** `point` is 04 ‖ X ‖ Y. */
  | { readonly kind: 'ec'; readonly curve: EcCurve; readonly point: Uint8Array }
  | { readonly kind: 'ed25519' | 'x25519'; readonly raw: Uint8Array }
  | { readonly kind: 'other'; readonly algorithm: string }
)

const OID = {
  rsa: '1.2.840.113549.1.1.1',
  ec: '1.2.840.10045.2.1',
  ed25519: '1.3.101.112',
  x25519: '1.3.101.110',
} as const

const CURVES: readonly { curve: EcCurve; oid: string; octets: number }[] = [
  { curve: 'p256', oid: '1.2.840.10045.3.1.7', octets: 32 },
  { curve: 'p384', oid: '1.3.132.0.34', octets: 48 },
  { curve: 'p521', oid: '1.3.132.0.35', octets: 66 },
]

const MAX_SPKI = 4096

/** RSA key from big-endian modulus and exponent, as tags 81 and 82 of a card's 7F49 answer carry them. */
export function rsaPublicKey(modulus: Uint8Array, exponent: Uint8Array): Uint8Array {
  return sequence(sequence(oid(OID.rsa), nullValue()), bitString(sequence(integer(modulus), integer(exponent))))
}

/** EC key from an uncompressed point 04 ‖ X ‖ Y, as tag 86 of a card's answer carries it. */
export function ecPublicKey(curve: EcCurve, point: Uint8Array): Uint8Array {
  const known = CURVES.find(entry => entry.curve === curve)
  if (!known || point.length !== 1 + 2 * known.octets || point[0] !== 4) {
    throw new PkiError('value-invalid', `Not an uncompressed point of ${curve}`)
  }
  return sequence(sequence(oid(OID.ec), oid(known.oid)), bitString(point))
}

/** Ed25519 or X25519 key from its 32 octets (RFC 8410 §4). */
export function edwardsPublicKey(kind: 'ed25519' | 'x25519', raw: Uint8Array): Uint8Array {
  if (raw.length !== 32) throw new PkiError('value-invalid', `Not a ${kind} key: ${raw.length} octets`)
  return sequence(sequence(oid(OID[kind])), bitString(raw))
}

/** Reads a SubjectPublicKeyInfo. An algorithm that is not known here answers kind 'other'; a broken known one throws. */
export function parsePublicKey(spki: Uint8Array): PublicKey {
  const what = 'SubjectPublicKeyInfo'
  const cursor = openSequence(spki, MAX_SPKI, what)
  const algorithm = cursor.enter(TAG.sequence, `${what}.algorithm`)
  const type = oidValue(algorithm.take(TAG.oid, `${what}.algorithm`))
  const bits = bitStringOctets(cursor.take(TAG.bitString, what), what)
  cursor.end(what)
  const base = { spki, bits }
  switch (type) {
    case OID.rsa: {
      const outer = derCursor(bits)
      const key = outer.enter(TAG.sequence, 'RSAPublicKey')
      outer.end('RSAPublicKey')
      const modulus = unsignedInteger(key.take(TAG.integer, 'RSA modulus'), 'RSA modulus')
      const exponent = unsignedInteger(key.take(TAG.integer, 'RSA exponent'), 'RSA exponent')
      key.end('RSAPublicKey')
      const size = modulus.length * 8 - Math.clz32((modulus[0] as number) << 24)
      return { ...base, kind: 'rsa', size, modulus, exponent }
    }
    case OID.ec: {
      const curveOid = algorithm.peek() === TAG.oid ? oidValue(algorithm.take(TAG.oid, 'EC curve')) : 'explicit'
      const known = CURVES.find(entry => entry.oid === curveOid)
      if (!known) return { ...base, kind: 'other', algorithm: `${type}/${curveOid}` }
      if (bits.length !== 1 + 2 * known.octets || bits[0] !== 4) {
        throw new PkiError('der-malformed', `${what}: not an uncompressed point of ${known.curve}`)
      }
      return { ...base, kind: 'ec', curve: known.curve, point: bits }
    }
    case OID.ed25519:
    case OID.x25519:
      if (bits.length !== 32) throw new PkiError('der-malformed', `${what}: key is not 32 octets`)
      return { ...base, kind: type === OID.ed25519 ? 'ed25519' : 'x25519', raw: bits }
    default:
      return { ...base, kind: 'other', algorithm: type }
  }
}

/** How a person reads a key's kind: `RSA 3072`, `P-384`, `Ed25519`. */
export function describePublicKey(key: PublicKey): string {
  if (key.kind === 'rsa') return `RSA ${key.size}`
  if (key.kind === 'ec') return `P-${key.curve.slice(1)}`
  if (key.kind === 'other') return `algorithm ${key.algorithm}`
  return key.kind === 'ed25519' ? 'Ed25519' : 'X25519'
}
