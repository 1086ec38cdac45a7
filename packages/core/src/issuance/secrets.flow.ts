import { RefusalError, refuse } from '../outcome/refusal.ts'
import type { Keys } from '../ports/keys.ts'
import type { StoredSecret, Transaction } from '../ports/store.ts'
import type { Issuance } from './issuance.ts'

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true })

/** Binds a sealed value to its device and kind, so that a row copied to another device does not open. */
export const sealContext = (secret: Pick<StoredSecret, 'kind' | 'deviceId'>): string =>
  `${secret.kind.toLowerCase()}:${secret.deviceId}`

export const sealSecret = async (
  keys: Keys,
  secret: Omit<StoredSecret, 'sealed'>,
  value: string,
): Promise<StoredSecret> => ({ ...secret, sealed: await keys.seal(sealContext(secret), encoder.encode(value)) })

export const openSecret = async (keys: Keys, secret: StoredSecret): Promise<string> =>
  decoder.decode(await keys.unseal(sealContext(secret), secret.sealed))

/** The values of one issuance, opened for the length of an attempt. */
export type SealedSecrets = {
  readonly pin: StoredSecret
  readonly puk: StoredSecret
  readonly pinValue: string
  readonly pukValue: string
  /** The card said that it has this PUK. */
  readonly pukIsSet: boolean
}

const newest = (secrets: readonly StoredSecret[], issuanceId: string): StoredSecret | undefined =>
  secrets.find(s => s.issuanceId === issuanceId && s.stage === 'PENDING') ??
  secrets.find(s => s.issuanceId === issuanceId)

/** I-13: a retry uses the same PIN and PUK, because the card may have them already. */
export const readSecrets = async (keys: Keys, tx: Transaction, issuance: Issuance): Promise<SealedSecrets> => {
  const pins = await tx.secrets.of(issuance.deviceId, 'PIN')
  const puks = await tx.secrets.of(issuance.deviceId, 'PUK')
  const pin = newest(pins, issuance.id)
  const puk = newest(puks, issuance.id)
  if (!pin || !puk) throw new RefusalError(refuse('PIN_MISSING'))
  return {
    pin,
    puk,
    pinValue: await openSecret(keys, pin),
    pukValue: await openSecret(keys, puk),
    pukIsSet: puks.some(s => s.issuanceId === issuance.id && s.stage === 'CURRENT'),
  }
}

/** At the end of an issuance what was sent is what the card has: PENDING becomes CURRENT. */
export const settleSecret = async (
  tx: Transaction,
  issuance: Pick<Issuance, 'id' | 'deviceId'>,
  kind: StoredSecret['kind'],
): Promise<void> => {
  const secret = newest(await tx.secrets.of(issuance.deviceId, kind), issuance.id)
  if (!secret) return
  await tx.secrets.put({ ...secret, stage: 'CURRENT' })
  await tx.secrets.wipe(issuance.deviceId, kind, 'PENDING')
}
