import type { Delivery } from '@cardwright/adapters/db'
import {
  type DeliveredKind,
  type Keys,
  type LayoutValues,
  layoutValues,
  mayStillBeDelivered,
  openSecret,
  type Store,
  type User,
} from '@cardwright/core'
import { DeliveryError } from './delivery-error.ts'

export type DeliveredValue = {
  readonly kind: DeliveredKind
  /** The PIN or PUK. */
  readonly value: string
  readonly user: User
  readonly values: LayoutValues
}

/**
 * What a delivery of a PIN or PUK brings, read when it is brought: the stored value is the only one. Null = it is no longer
 * good, or not that of the issuance which queued the delivery. Throws DeliveryError PUK_UNCERTAIN while the card may have
 * one of two (docs/pin.md).
 */
export const openDeliveredValue = async (
  { store, keys }: { readonly store: Store; readonly keys: Keys },
  { kind, deviceId, userId, issuanceId }: Delivery,
): Promise<DeliveredValue | null> => {
  const what: DeliveredKind = kind === 'pin' ? 'PIN' : 'PUK'
  const found = await store.transaction(async tx => {
    const [device, user, secrets] = [
      await tx.devices.get(deviceId),
      await tx.users.get(userId),
      await tx.secrets.of(deviceId, what),
    ]
    const secret = secrets.find(s => s.stage === 'CURRENT' && s.issuanceId === issuanceId)
    if (!device || !user || !secret || device.userId !== userId || !mayStillBeDelivered(device)) return null
    if (secrets.length > 1) throw new DeliveryError('PUK_UNCERTAIN', false)
    return { user, secret, values: layoutValues({ user, device, organisation: await tx.settings.organisation() }) }
  })
  if (found === null) return null
  const { user, values } = found
  return { kind: what, value: await openSecret(keys, found.secret), user, values }
}
