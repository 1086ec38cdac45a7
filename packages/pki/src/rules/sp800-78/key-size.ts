import { isUsableKey } from '../../crypto.ts'
import { describePublicKey } from '../../key/public-key.ts'
import { isEncryptionKey, isSigningKey } from '../../profiles/request-checks.ts'
import { type Rule, unless } from '../rule.ts'

/** SP 800-78-5 §3.1: RSA 2048 to 4096 with exponent 65537, P-256, P-384; beyond PIV, Curve25519 keys on cards that have them. */
export const keySize: Rule = {
  id: 'sp800-78/key-size',
  check: ({ publicKey }, { profile }) => [
    ...unless(
      profile === 'key-management' ? isEncryptionKey(publicKey) : isSigningKey(publicKey),
      `A ${describePublicKey(publicKey)} key is not allowed here`,
    ),
    ...unless(isUsableKey(publicKey), 'The public key is not valid'),
  ],
}
