import type { Device } from '../device/device.ts'
import { accept, type Outcome, refuse } from '../outcome/refusal.ts'
import { type DeliveryState, mayStillBeDelivered } from './delivery.ts'

/**
 * What failed, and what nobody knows about, while there is something to bring: `valueIsStored` = the PIN or PUK of that very
 * issuance. An initial password is none of it: a new one is made instead.
 */
export const mayBeRepeated = (about: {
  readonly state: DeliveryState
  readonly valueIsStored: boolean
  readonly device: Pick<Device, 'state' | 'reason'>
}): Outcome<null> => {
  const { state, valueIsStored, device } = about
  if (state === 'WAITING') return refuse('DELIVERY_WAITS')
  if (state === 'DELIVERED') return refuse('DELIVERY_DONE')
  if (state === 'WITHDRAWN' || !valueIsStored || !mayStillBeDelivered(device)) return refuse('DELIVERY_GONE')
  return accept(null)
}
