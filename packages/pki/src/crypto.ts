import { createHash, createPublicKey, verify } from 'node:crypto'
import type { PublicKey } from './key/public-key.ts'
import type { Hash, SignatureIdentifier } from './key/signature-algorithm.ts'

/** Digest of `data`. SHA-1 serves key identifiers and OCSP CertIDs only, never signatures. */
export const digest = (hash: Hash, data: Uint8Array): Uint8Array =>
  new Uint8Array(createHash(hash).update(data).digest())

/**
 * Verifies a signature. False for a wrong signature, for an algorithm that does not fit the key, and for a key that the
 * crypto library refuses (a point off its curve, for one): whoever sent it, the answer to "is this signed?" is no.
 */
export function verifySignature(
  identifier: SignatureIdentifier,
  key: PublicKey,
  data: Uint8Array,
  signature: Uint8Array,
): boolean {
  const wanted = { ecdsa: 'ec', 'rsa-pkcs1': 'rsa', ed25519: 'ed25519' } as const
  if (!identifier.scheme || key.kind !== wanted[identifier.scheme]) return false
  try {
    const publicKey = createPublicKey({ key: Buffer.from(key.spki), format: 'der', type: 'spki' })
    return verify(identifier.hash ?? null, data, publicKey, signature)
  } catch {
    return false
  }
}

/** Whether the crypto library accepts the key at all: point on its curve, modulus of a sane form. */
export function isUsableKey(key: PublicKey): boolean {
  try {
    createPublicKey({ key: Buffer.from(key.spki), format: 'der', type: 'spki' })
    return true
  } catch {
    return false
  }
}
