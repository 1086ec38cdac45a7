import type { SignatureAlgorithm } from './signature-algorithm.ts'

/** A private key that signs and never shows itself: software key, HSM slot, card. */
export interface Signer {
  readonly algorithm: SignatureAlgorithm
  /** DER SubjectPublicKeyInfo of the key that signs. */
  readonly publicKeySpki: Uint8Array
  /** Signs `data` (not its digest). ECDSA answers DER SEQUENCE { r, s }, RSA PKCS#1 v1.5, Ed25519 the 64 octets. */
  sign(data: Uint8Array): Uint8Array | Promise<Uint8Array>
}
