import { openSecret, sealSecret } from '../issuance/secrets.flow.ts'
import { RefusalError, refuse } from '../outcome/refusal.ts'
import type { Clock, Random } from '../ports/clock.ts'
import type { Keys } from '../ports/keys.ts'
import type { StoredSecret, Transaction } from '../ports/store.ts'
import { generatePuk } from './generate-pin.ts'

/**
 * What the store knows of an active device's PUK. The card has `current`, or `pending` if there is one: no PUK is sent
 * anywhere before it is stored as pending, and a pending one is replaced only after the card has told which of the two it
 * has. So there are never more than two, however many answers were lost.
 */
export type StoredPuk = { readonly current: StoredSecret; readonly pending: StoredSecret | null }

type Ports = { readonly keys: Keys; readonly random: Random; readonly clock: Clock }

/** Without a current one the card has refused what is stored (disown), and no try is spent on it again. */
export const storedPuk = async (tx: Transaction, deviceId: string): Promise<StoredPuk> => {
  const stored = await tx.secrets.of(deviceId, 'PUK')
  const current = stored.find(s => s.stage === 'CURRENT')
  if (!current) throw new RefusalError(refuse('PUK_NOT_OURS'))
  return { current, pending: stored.find(s => s.stage === 'PENDING') ?? null }
}

/** Keeps the issuance of the PUK before it, so that the row still says for which issuance the card was written. */
export const freshPuk = async (
  ports: Pick<Ports, 'keys' | 'random'>,
  current: StoredSecret,
): Promise<{ readonly secret: StoredSecret; readonly value: string }> => {
  const value = generatePuk(ports.random)
  const { deviceId, issuanceId } = current
  return { secret: await sealSecret(ports.keys, { deviceId, kind: 'PUK', stage: 'PENDING', issuanceId }, value), value }
}

export const openPuk = async (ports: Pick<Ports, 'keys'>, secret: StoredSecret): Promise<string> =>
  openSecret(ports.keys, secret)

const isSame = (a: StoredSecret | null, b: StoredSecret | null): boolean =>
  a === b ||
  (a !== null && b !== null && a.sealed.length === b.sealed.length && a.sealed.every((x, i) => x === b.sealed[i]))

/** Somebody else who worked on the same card in the meantime must not have his PUK overwritten. Throws RefusalError. */
export const insistUnchanged = async (tx: Transaction, deviceId: string, known: StoredPuk): Promise<void> => {
  const now = await storedPuk(tx, deviceId)
  if (!isSame(now.current, known.current) || !isSame(now.pending, known.pending))
    throw new RefusalError(refuse('IN_PROGRESS_ELSEWHERE', { by: 'somebody else' }))
}

/** The card has this one for certain. */
export const settlePukAs = async (tx: Transaction, secret: StoredSecret): Promise<StoredPuk> => {
  const current: StoredSecret = { ...secret, stage: 'CURRENT' }
  await tx.secrets.put(current)
  await tx.secrets.wipe(secret.deviceId, 'PUK', 'PENDING')
  return { current, pending: null }
}

/** The card has refused the only one that it could have: kept for whoever looks into it, yet never tried again. */
export const disownPuk = async (tx: Transaction, secret: StoredSecret): Promise<void> => {
  await tx.secrets.put({ ...secret, stage: 'PENDING' })
  await tx.secrets.wipe(secret.deviceId, 'PUK', 'CURRENT')
}
