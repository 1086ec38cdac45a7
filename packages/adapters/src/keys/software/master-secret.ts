import { createHash, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto'

/** The secret that all others come from: 32 octets inside a KeyObject, which no log or error prints. */
export type MasterSecret = {
  readonly secret: KeyObject
  /** Four octets that tell masters apart, no part of the secret. */
  readonly id: Uint8Array
}

export const MASTER_LENGTH = 32

/** A key for one purpose (RFC 5869, SHA-256). Two purposes never share a key, so a flaw in one use does not reach another. */
export const subkey = ({ secret }: Pick<MasterSecret, 'secret'>, purpose: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', secret, new Uint8Array(0), `cardwright/${purpose}`, 32))

export function masterSecret(bytes: Uint8Array): MasterSecret {
  if (bytes.length !== MASTER_LENGTH) throw new RangeError(`A master secret has ${MASTER_LENGTH} octets`)
  const secret = createSecretKey(bytes)
  return {
    secret,
    id: new Uint8Array(createHash('sha256').update(subkey({ secret }, 'identifier')).digest()).slice(0, 4),
  }
}
