import type { Issuance } from '../issuance/issuance.ts'
import type { Transaction } from '../ports/store.ts'
import type { NewDelivery } from './delivery.ts'

const HOUR = 3_600_000
/** Long enough for a printer that is out of paper over a night. */
export const TRY_FOR_MS = 24 * HOUR

/**
 * N-1, N-2: the letters and mails of an issuance that has ended well, in its last transaction: either both are there or
 * none. PIN and PUK travel apart. A Pending card's letter goes out too, since it travels apart from the card as well.
 */
export const queueDeliveries = async (
  tx: Transaction,
  issuance: Pick<Issuance, 'id' | 'userId' | 'deviceId' | 'delivery'>,
  { newId, at }: { readonly newId: () => string; readonly at: number },
): Promise<void> => {
  const { id: issuanceId, userId, deviceId, delivery } = issuance
  if (userId === null) return
  const about = { userId, deviceId, issuanceId, createdAt: at, tryUntil: at + TRY_FOR_MS }
  const queue = (kind: NewDelivery['kind'], channel: NewDelivery['channel'] | null) =>
    channel === null ? undefined : tx.deliveries.queue({ ...about, id: newId(), kind, channel })
  await queue('PIN', delivery.pin)
  await queue('PUK', delivery.puk)
}
