import { concat } from '../bytes.ts'
import { digest } from '../crypto.ts'
import { nullValue, octetString, oid, sequence } from '../der/write.ts'
import { PkiError } from '../pki-error.ts'
import { type Hash, type SignatureAlgorithm, signatureHash } from './signature-algorithm.ts'

const HASH_OID: Record<Hash, string> = {
  sha1: '1.3.14.3.2.26',
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
}

const RSA_OCTETS: Partial<Record<SignatureAlgorithm, number>> = {
  'rsa-2048-sha256': 256,
  'rsa-3072-sha256': 384,
  'rsa-4096-sha256': 512,
}

/** AlgorithmIdentifier of a hash with NULL parameters, the form that DigestInfo and CMS readers expect everywhere. */
export const hashIdentifier = (hash: Hash): Uint8Array => sequence(oid(HASH_OID[hash]), nullValue())

/** EMSA-PKCS1-v1_5 (RFC 8017 §9.2): 00 01 FF… 00 DigestInfo, `size` octets long. */
function pkcs1Block(hash: Hash, data: Uint8Array, size: number): Uint8Array {
  const info = sequence(hashIdentifier(hash), octetString(digest(hash, data)))
  const padding = new Uint8Array(size - info.length - 3).fill(0xff)
  return concat([new Uint8Array([0, 1]), padding, new Uint8Array([0]), info])
}

/**
 * What goes into tag 81 of GENERAL AUTHENTICATE so that the answer is a signature over `data` (SP 800-73pt2-5 §3.2.4):
 * a PIV card does no padding and no hashing. RSA: the padded block of the key's size; ECDSA: the digest, as long as the
 * curve's field; Ed25519 (not PIV, YubiKey 5.7): the message itself. The answer's tag 82 is the signature as X.509 wants it.
 */
export function cardSignatureInput(algorithm: SignatureAlgorithm, data: Uint8Array): Uint8Array {
  const hash = signatureHash(algorithm)
  if (!hash) return data
  const size = RSA_OCTETS[algorithm]
  return size === undefined ? digest(hash, data) : pkcs1Block(hash, data, size)
}

/** Smallest check on what a card answered before it goes anywhere: right length for RSA and Ed25519, DER for ECDSA. */
export function assertSignatureShape(algorithm: SignatureAlgorithm, signature: Uint8Array): void {
  const wanted = algorithm === 'ed25519' ? 64 : RSA_OCTETS[algorithm]
  const fits = wanted === undefined ? signature[0] === 0x30 && signature.length <= 104 : signature.length === wanted
  if (!fits) throw new PkiError('der-malformed', `Signature does not have the form of ${algorithm}`)
}
