import { equalBytes, toHex } from '../bytes.ts'
import type { Certificate } from '../certificate/parse.ts'
import { digest } from '../crypto.ts'
import { type DerCursor, derCursor, integerContents, oidValue } from '../der/read.ts'
import { TAG } from '../der/tag.ts'
import { octetString, sequence, tlv } from '../der/write.ts'
import { hashIdentifier } from '../key/card-signature.ts'
import type { Hash } from '../key/signature-algorithm.ts'

/** Which certificate is asked about (RFC 6960 §4.1.1). `der` is given back unchanged in the answer. */
export interface CertId {
  readonly der: Uint8Array
  /** Undefined when the client used a hash that is not handled here; such a certificate is unknown to us. */
  readonly hash: Hash | undefined
  readonly issuerNameHash: Uint8Array
  readonly issuerKeyHash: Uint8Array
  /** Contents octets of the INTEGER in lower-case hex, as `Certificate.serialHex`. */
  readonly serialHex: string
}

const HASH_BY_OID = new Map<string, Hash>([
  ['1.3.14.3.2.26', 'sha1'],
  ['2.16.840.1.101.3.4.2.1', 'sha256'],
  ['2.16.840.1.101.3.4.2.2', 'sha384'],
  ['2.16.840.1.101.3.4.2.3', 'sha512'],
])

export function parseCertId(cursor: DerCursor): CertId {
  const what = 'CertID'
  const element = cursor.take(TAG.sequence, what)
  const inside = derCursor(element.value)
  const algorithm = inside.enter(TAG.sequence, what)
  const hash = HASH_BY_OID.get(oidValue(algorithm.take(TAG.oid, what)))
  const issuerNameHash = inside.take(TAG.octetString, what).value
  const issuerKeyHash = inside.take(TAG.octetString, what).value
  const serialHex = toHex(integerContents(inside.take(TAG.integer, what), what))
  inside.end(what)
  return { der: element.der, hash, issuerNameHash, issuerKeyHash, serialHex }
}

/** CertID for a certificate of this issuer; `serialNumber` is the contents octets as `Certificate.serialNumber` has them. */
export function encodeCertId(hash: Hash, issuer: Certificate, serialNumber: Uint8Array): Uint8Array {
  return sequence(
    hashIdentifier(hash),
    octetString(digest(hash, issuer.subject.der)),
    octetString(digest(hash, issuer.publicKey.bits)),
    tlv(TAG.integer, serialNumber),
  )
}

/**
 * Answers whether a CertID names a certificate of this issuer. The hashes of the issuer are computed once for each
 * algorithm: clients use SHA-1 (nearly all) or SHA-256.
 */
export function certIdMatcher(issuer: Certificate): (certId: CertId) => boolean {
  const known = new Map<Hash, { name: Uint8Array; key: Uint8Array }>()
  return ({ hash, issuerNameHash, issuerKeyHash }) => {
    if (!hash) return false
    const own = known.get(hash) ?? { name: digest(hash, issuer.subject.der), key: digest(hash, issuer.publicKey.bits) }
    known.set(hash, own)
    return equalBytes(own.name, issuerNameHash) && equalBytes(own.key, issuerKeyHash)
  }
}
