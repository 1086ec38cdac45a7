import type { Actor, AuditFact } from '../audit/audit-record.ts'
import type { Device } from '../device/device.ts'
import type { IssuancePorts } from '../issuance/issuance-ports.ts'
import { type OpenCard, openCard } from '../issuance/open-card.flow.ts'
import { isSameCard } from '../issuance/recognise-card.flow.ts'
import type { CardPlace } from '../issuance/retry-issuance.flow.ts'
import { RefusalError, refuse } from '../outcome/refusal.ts'
import type { KeptValues, TypedValues } from '../ports/card-gateway.ts'
import type { Clock } from '../ports/clock.ts'
import type { Transaction } from '../ports/store.ts'
import { mayUnlock } from './may-unlock.ts'
import { pinIsAllowed } from './pin-rules.ts'

export type PinPorts = Pick<IssuancePorts, 'store' | 'gateway' | 'keys' | 'clock' | 'random' | 'unexpected'>

/** The device, if its PIN may be set now: active, nothing under way on it, its user enabled. Throws RefusalError. */
export const pinDevice = async (tx: Transaction, deviceId: string): Promise<Device> => {
  const device = await tx.devices.get(deviceId)
  if (!device) throw new RefusalError(refuse('NOT_FOUND'))
  const allowed = mayUnlock(device)
  if (!allowed.ok) throw new RefusalError(allowed)
  const open = await tx.issuances.openOfDevice(deviceId)
  if (open) throw new RefusalError(refuse('IN_PROGRESS_ELSEWHERE', { by: open.startedBy.label }))
  const user = device.userId ? await tx.users.get(device.userId) : null
  if (user?.status !== 'ACTIVE') throw new RefusalError(refuse('USER_DISABLED'))
  return device
}

/**
 * A new PIN that came to the server, from a reader of its own, is held against the policy's rules here. One that a
 * workstation keeps was held against them there. Throws RefusalError.
 */
export const checkNewPin = async (
  tx: Transaction,
  device: Device,
  typed: { readonly newPin: string } | KeptValues,
): Promise<void> => {
  if ('kept' in typed || !device.policyId || !device.policyVersion) return
  const policy = await tx.policies.get(device.policyId, device.policyVersion)
  if (policy && !pinIsAllowed(typed.newPin, policy.content.pin.rules))
    throw new RefusalError(refuse('PIN_BREAKS_RULES'))
}

/** One round trip: opens the card and makes sure that it is this device's. Throws RefusalError, CardError. */
export const openPinCard = async (
  ports: Pick<PinPorts, 'gateway'>,
  device: Device,
  place: CardPlace,
  typed: TypedValues | KeptValues,
): Promise<OpenCard> => {
  const card = await openCard(ports, { ...place, typed, slots: [] }, () => undefined)
  const expected = { identity: device.identity, cardUuid: device.cardUuid ?? '', written: true }
  if (isSameCard(card.facts, expected)) return card
  await card.close().catch(() => undefined)
  throw new RefusalError(refuse('CARD_EXCHANGED', { expected: device.serial }))
}

/** `reason` = code of the refusal, for what did not succeed. */
export const pinFact = (
  ports: { readonly clock: Clock },
  device: Device,
  by: Actor,
  action: string,
  details: AuditFact['details'],
  reason: string | null = null,
): AuditFact => ({
  at: ports.clock(),
  actor: by,
  action,
  object: { type: 'device', id: device.id, label: device.serial },
  userId: device.userId,
  deviceId: device.id,
  result: reason === null ? 'SUCCESS' : 'FAILURE',
  reason,
  details,
})
