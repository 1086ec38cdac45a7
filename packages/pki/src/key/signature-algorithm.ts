import { derCursor, oidValue } from '../der/read.ts'
import { TAG } from '../der/tag.ts'
import { nullValue, oid, sequence } from '../der/write.ts'
import { PkiError } from '../pki-error.ts'
import { type PublicKey, parsePublicKey } from './public-key.ts'

/** The algorithms this package signs with: the key's kind and the hash that goes with it (SP 800-78-5 §3.1). */
export type SignatureAlgorithm =
  | 'ecdsa-p256-sha256'
  | 'ecdsa-p384-sha384'
  | 'rsa-2048-sha256'
  | 'rsa-3072-sha256'
  | 'rsa-4096-sha256'
  | 'ed25519'

export type Hash = 'sha1' | 'sha256' | 'sha384' | 'sha512'
export type SignatureScheme = 'ecdsa' | 'rsa-pkcs1' | 'ed25519'

/** A signature algorithm as an AlgorithmIdentifier names it; `scheme` is absent for one that is not verified here. */
export interface SignatureIdentifier {
  readonly oid: string
  readonly scheme?: SignatureScheme
  /** Absent for Ed25519, which hashes on its own, and for what is not known. */
  readonly hash?: Hash
}

const KNOWN: readonly SignatureIdentifier[] = [
  { oid: '1.2.840.10045.4.1', scheme: 'ecdsa', hash: 'sha1' },
  { oid: '1.2.840.10045.4.3.2', scheme: 'ecdsa', hash: 'sha256' },
  { oid: '1.2.840.10045.4.3.3', scheme: 'ecdsa', hash: 'sha384' },
  { oid: '1.2.840.10045.4.3.4', scheme: 'ecdsa', hash: 'sha512' },
  { oid: '1.2.840.113549.1.1.5', scheme: 'rsa-pkcs1', hash: 'sha1' },
  { oid: '1.2.840.113549.1.1.11', scheme: 'rsa-pkcs1', hash: 'sha256' },
  { oid: '1.2.840.113549.1.1.12', scheme: 'rsa-pkcs1', hash: 'sha384' },
  { oid: '1.2.840.113549.1.1.13', scheme: 'rsa-pkcs1', hash: 'sha512' },
  { oid: '1.3.101.112', scheme: 'ed25519' },
]

const OID_OF: Record<SignatureAlgorithm, string> = {
  'ecdsa-p256-sha256': '1.2.840.10045.4.3.2',
  'ecdsa-p384-sha384': '1.2.840.10045.4.3.3',
  'rsa-2048-sha256': '1.2.840.113549.1.1.11',
  'rsa-3072-sha256': '1.2.840.113549.1.1.11',
  'rsa-4096-sha256': '1.2.840.113549.1.1.11',
  ed25519: '1.3.101.112',
}

const HASH_OF: Record<SignatureAlgorithm, Hash | undefined> = {
  'ecdsa-p256-sha256': 'sha256',
  'ecdsa-p384-sha384': 'sha384',
  'rsa-2048-sha256': 'sha256',
  'rsa-3072-sha256': 'sha256',
  'rsa-4096-sha256': 'sha256',
  ed25519: undefined,
}

const encoded = new Map<SignatureAlgorithm, Uint8Array>()

/** AlgorithmIdentifier: RSA has NULL parameters (RFC 4055 §5), ECDSA and Ed25519 none (RFC 5758 §3.2, RFC 8410 §3). */
export function signatureAlgorithmIdentifier(algorithm: SignatureAlgorithm): Uint8Array {
  const known = encoded.get(algorithm)
  if (known) return known
  const identifier = oid(OID_OF[algorithm])
  const der = algorithm.startsWith('rsa') ? sequence(identifier, nullValue()) : sequence(identifier)
  encoded.set(algorithm, der)
  return der
}

/** Hash that the algorithm is used with; undefined for Ed25519, which takes the message itself. */
export const signatureHash = (algorithm: SignatureAlgorithm): Hash | undefined => HASH_OF[algorithm]

export function parseSignatureIdentifier(der: Uint8Array): SignatureIdentifier {
  const outer = derCursor(der)
  const algorithm = outer.enter(TAG.sequence, 'signatureAlgorithm')
  outer.end('signatureAlgorithm')
  const type = oidValue(algorithm.take(TAG.oid, 'signatureAlgorithm'))
  return KNOWN.find(entry => entry.oid === type) ?? { oid: type }
}

/** The algorithm a key signs with; throws 'algorithm-unsupported' for keys that cannot sign here. */
export function signatureAlgorithmFor(spki: Uint8Array): SignatureAlgorithm {
  const algorithm = algorithmOfKey(parsePublicKey(spki))
  if (!algorithm) throw new PkiError('algorithm-unsupported', 'No signature algorithm for this kind of key')
  return algorithm
}

function algorithmOfKey(key: PublicKey): SignatureAlgorithm | undefined {
  if (key.kind === 'ec' && key.curve === 'p256') return 'ecdsa-p256-sha256'
  if (key.kind === 'ec' && key.curve === 'p384') return 'ecdsa-p384-sha384'
  if (key.kind === 'ed25519') return 'ed25519'
  if (key.kind !== 'rsa') return undefined
  if (key.size === 2048) return 'rsa-2048-sha256'
  if (key.size === 3072) return 'rsa-3072-sha256'
  return key.size === 4096 ? 'rsa-4096-sha256' : undefined
}
