import { createCipheriv, createDecipheriv, createHmac, type KeyObject, randomBytes } from 'node:crypto'
import { KeysError } from '../keys-error.ts'

/**
 * Sealed form: 01 ‖ master id (4) ‖ nonce (12) ‖ ciphertext ‖ tag (16), AES-256-GCM. The context is associated data and
 * also goes into the key, so that each context has its own 2³² random nonces (SP 800-38D §8.3) and no blob can be moved from
 * one place of the database to another.
 */
const VERSION = 1
const HEADER = 5
const NONCE = 12
const TAG = 16

const keyFor = (key: KeyObject, context: string): Uint8Array => createHmac('sha256', key).update(context).digest()

export function seal(key: KeyObject, masterId: Uint8Array, context: string, plain: Uint8Array): Uint8Array {
  const header = Buffer.concat([Uint8Array.of(VERSION), masterId])
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv('aes-256-gcm', keyFor(key, context), nonce, { authTagLength: TAG })
  cipher.setAAD(Buffer.concat([header, Buffer.from(context, 'utf8')]))
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()])
  return new Uint8Array(Buffer.concat([header, nonce, sealed, cipher.getAuthTag()]))
}

export function unseal(key: KeyObject, masterId: Uint8Array, context: string, sealed: Uint8Array): Uint8Array {
  if (sealed.length < HEADER + NONCE + TAG || sealed[0] !== VERSION) {
    throw new KeysError('KEYS_SEAL_BROKEN', 'A sealed value is cut off or not of a form that this version knows')
  }
  const header = sealed.subarray(0, HEADER)
  if (Buffer.compare(header.subarray(1), masterId) !== 0) {
    throw new KeysError(
      'KEYS_UNKNOWN_KEY',
      'A sealed value was made with another master secret than the one that is open',
    )
  }
  const nonce = sealed.subarray(HEADER, HEADER + NONCE)
  const decipher = createDecipheriv('aes-256-gcm', keyFor(key, context), nonce, { authTagLength: TAG })
  decipher.setAAD(Buffer.concat([header, Buffer.from(context, 'utf8')]))
  decipher.setAuthTag(sealed.subarray(-TAG))
  try {
    const plain = Buffer.concat([decipher.update(sealed.subarray(HEADER + NONCE, -TAG)), decipher.final()])
    return new Uint8Array(plain)
  } catch {
    throw new KeysError('KEYS_SEAL_BROKEN', 'A sealed value was changed or belongs to something else')
  }
}
