import type { FoundDelivery, Undelivered } from '@cardwright/adapters/db'
import type { Delivery as DeliveryView, Undelivered as UndeliveredView } from '@cardwright/contract'
import { permissionText } from '@cardwright/contract'
import { fillText, mayBeRepeated, problemOfDelivery, refusalTexts } from '@cardwright/core'
import type { Caller } from '../http/caller.ts'

const whats = { pin: 'PIN', puk: 'PUK', 'initial-password': 'INITIAL_PASSWORD' } as const
const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString())

const repeatOf = (found: FoundDelivery, { permissions }: Pick<Caller, 'permissions'>): DeliveryView['repeat'] => {
  const may = mayBeRepeated({ ...found, state: found.delivery.state })
  if (!may.ok) return { allowed: false, reason: refusalTexts[may.code].what }
  if (permissions.has('delivery.repeat')) return { allowed: true }
  const permission = permissionText('delivery.repeat')
  return { allowed: false, reason: fillText(refusalTexts.NOT_PERMITTED.advice, { permission }) }
}

/** What a delivery is about and how it stands; never what stands in it. */
export const deliveryView = (found: FoundDelivery, caller: Pick<Caller, 'permissions'>): DeliveryView => {
  const { delivery } = found
  return {
    id: delivery.id,
    deviceId: delivery.deviceId,
    what: whats[delivery.kind],
    channel: delivery.channel,
    state: delivery.state,
    to: delivery.recipient,
    attempts: delivery.attempts,
    copy: delivery.copy,
    problem: delivery.lastError === null ? null : problemOfDelivery(delivery.lastError),
    createdAt: new Date(delivery.createdAt).toISOString(),
    endedAt: iso(delivery.deliveredAt ?? delivery.failedAt),
    repeat: repeatOf(found, caller),
  }
}

export const undeliveredView = (found: Undelivered): UndeliveredView => ({
  id: found.id,
  deviceId: found.deviceId,
  serial: found.serial,
  userId: found.userId,
  userName: found.userName,
  what: whats[found.kind],
  channel: found.channel,
  state: found.state,
  problem: found.lastError === null ? null : problemOfDelivery(found.lastError),
  at: new Date(found.failedAt).toISOString(),
})
