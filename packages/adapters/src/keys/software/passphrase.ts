import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto'
import { KeysError } from '../keys-error.ts'

/** A secret under a passphrase: scrypt (RFC 7914) makes the key, AES-256-GCM seals. All but the numbers is base64. */
export type PassphraseLock = {
  readonly scrypt: { readonly N: number; readonly r: number; readonly p: number; readonly salt: string }
  readonly nonce: string
  readonly sealed: string
}

/** 128 MiB and about half a second for each guess. */
const COST = { N: 2 ** 17, r: 8, p: 1 } as const
/** A changed file must not make the server use all memory. */
const MAX_N = 2 ** 20
const TAG = 16

async function stretch(passphrase: string, salt: Uint8Array, { N, r, p }: typeof COST | PassphraseLock['scrypt']) {
  const options = { N, r, p, maxmem: 256 * N * r }
  return new Promise<Buffer>((resolve, reject) => {
    // The same passphrase typed on another keyboard must be the same octets (RFC 8265 §4.2.2 uses NFC).
    scrypt(passphrase.normalize('NFC'), salt, 32, options, (error, key) => (error ? reject(error) : resolve(key)))
  })
}

export async function sealWithPassphrase(passphrase: string, secret: Uint8Array): Promise<PassphraseLock> {
  const salt = randomBytes(16)
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', await stretch(passphrase, salt, COST), nonce, { authTagLength: TAG })
  const sealed = Buffer.concat([cipher.update(secret), cipher.final(), cipher.getAuthTag()])
  const text = (bytes: Buffer) => bytes.toString('base64')
  return { scrypt: { ...COST, salt: text(salt) }, nonce: text(nonce), sealed: text(sealed) }
}

const isCost = ({ N, r, p }: PassphraseLock['scrypt']): boolean =>
  [N, r, p].every(Number.isInteger) &&
  N >= 2 &&
  N <= MAX_N &&
  (N & (N - 1)) === 0 &&
  r >= 1 &&
  r <= 32 &&
  p >= 1 &&
  p <= 16

export async function openWithPassphrase(passphrase: string, lock: PassphraseLock): Promise<Uint8Array> {
  const broken = () => new KeysError('KEYS_WRONG_SECRET', 'The key file is damaged: restore it from a backup')
  const bytes = (text: unknown) => Buffer.from(typeof text === 'string' ? text : '', 'base64')
  const [nonce, sealed] = [bytes(lock.nonce), bytes(lock.sealed)]
  if (typeof lock.scrypt !== 'object' || !isCost(lock.scrypt) || nonce.length !== 12 || sealed.length <= TAG)
    throw broken()
  const key = await stretch(passphrase, bytes(lock.scrypt.salt), lock.scrypt)
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG })
  decipher.setAuthTag(sealed.subarray(-TAG))
  try {
    return new Uint8Array(Buffer.concat([decipher.update(sealed.subarray(0, -TAG)), decipher.final()]))
  } catch {
    throw new KeysError(
      'KEYS_WRONG_SECRET',
      'The passphrase does not open the key file: enter the one that it was made with',
    )
  }
}
