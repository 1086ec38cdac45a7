import { digest } from '../crypto.ts'
import { parsePublicKey } from './public-key.ts'

/** Key identifier, 20 octets: SHA-1 of the public key's bits (RFC 5280 §4.2.1.2 method 1). A name, not a protection. */
export const keyIdentifier = (spki: Uint8Array): Uint8Array => digest('sha1', parsePublicKey(spki).bits)
