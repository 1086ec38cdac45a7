import { accept, type Outcome, refuse } from '../outcome/refusal.ts'
import type { Device, DeviceReason, DeviceState } from './device.ts'

export type DeviceEvent =
  | 'bind'
  | 'unbind'
  | 'start-production'
  | 'production-failed'
  | 'retry-production'
  | 'cancel-untouched'
  | 'cancel-touched'
  | 'produced'
  | 'issued'
  | 'activate'
  | 'recycled'
  | 'terminate'
  | 'invalidate'
  | 'restore'

type Place = { readonly state: DeviceState; readonly reasons?: readonly DeviceReason[] }
export type Transition = {
  readonly event: DeviceEvent
  readonly from: readonly Place[]
  readonly to: { readonly state: DeviceState; readonly reason: DeviceReason | 'GIVEN' }
  readonly user: 'keeps' | 'gains' | 'loses'
  readonly says: string
}

/** The device state machine as a table; docs/states.md is generated from it. Nothing here performs anything. */
export const deviceTransitions: readonly Transition[] = [
  {
    event: 'bind',
    from: [{ state: 'AVAILABLE' }],
    to: { state: 'ASSIGNED', reason: 'NONE' },
    user: 'gains',
    says: 'A blank device is bound to a user',
  },
  {
    event: 'unbind',
    from: [{ state: 'ASSIGNED' }],
    to: { state: 'AVAILABLE', reason: 'NONE' },
    user: 'loses',
    says: 'A blank device is no longer bound',
  },
  {
    event: 'start-production',
    from: [{ state: 'AVAILABLE' }, { state: 'ASSIGNED' }],
    to: { state: 'IN_PRODUCTION', reason: 'NONE' },
    user: 'gains',
    says: 'Issuance claims the device',
  },
  {
    event: 'production-failed',
    from: [{ state: 'IN_PRODUCTION' }],
    to: { state: 'PRODUCED', reason: 'FAILED' },
    user: 'keeps',
    says: 'Personalisation failed; Retry, Cancel or recycle go on from here',
  },
  {
    event: 'retry-production',
    from: [{ state: 'PRODUCED', reasons: ['FAILED'] }],
    to: { state: 'IN_PRODUCTION', reason: 'NONE' },
    user: 'keeps',
    says: 'Retry with the same device, policy and PIN',
  },
  {
    event: 'cancel-untouched',
    from: [{ state: 'IN_PRODUCTION' }, { state: 'PRODUCED', reasons: ['FAILED'] }],
    to: { state: 'AVAILABLE', reason: 'NONE' },
    user: 'loses',
    says: 'Cancelled before anything was written to the card',
  },
  {
    event: 'cancel-touched',
    from: [{ state: 'IN_PRODUCTION' }, { state: 'PRODUCED', reasons: ['FAILED'] }],
    to: { state: 'PRODUCED', reason: 'FAILED' },
    user: 'loses',
    says: 'Cancelled after the card was written to: it waits for recycling',
  },
  {
    event: 'produced',
    from: [{ state: 'IN_PRODUCTION' }],
    to: { state: 'PRODUCED', reason: 'ASSIGNED' },
    user: 'keeps',
    says: 'Personalised, waits for activation (Pending)',
  },
  {
    event: 'issued',
    from: [{ state: 'IN_PRODUCTION' }],
    to: { state: 'ISSUED', reason: 'NONE' },
    user: 'keeps',
    says: 'Personalised and active',
  },
  {
    event: 'activate',
    from: [{ state: 'PRODUCED', reasons: ['ASSIGNED'] }],
    to: { state: 'ISSUED', reason: 'NONE' },
    user: 'keeps',
    says: 'A Pending device becomes Active',
  },
  {
    event: 'recycled',
    from: [{ state: 'AVAILABLE' }, { state: 'PRODUCED', reasons: ['FAILED'] }, { state: 'TERMINATED' }],
    to: { state: 'AVAILABLE', reason: 'RECYCLE' },
    user: 'loses',
    says: 'The card itself was put back to blank',
  },
  {
    event: 'terminate',
    from: [
      { state: 'ASSIGNED' },
      { state: 'PRODUCED' },
      { state: 'ISSUED' },
      { state: 'INVALID' },
      { state: 'AVAILABLE' },
    ],
    to: { state: 'TERMINATED', reason: 'GIVEN' },
    user: 'keeps',
    says: 'The device ends; its credentials are revoked',
  },
  {
    event: 'invalidate',
    from: [{ state: 'ISSUED' }],
    to: { state: 'INVALID', reason: 'GIVEN' },
    user: 'keeps',
    says: 'Target of an open replacement, or expired',
  },
  {
    event: 'restore',
    from: [{ state: 'INVALID' }],
    to: { state: 'ISSUED', reason: 'NONE' },
    user: 'keeps',
    says: 'The replacement was cancelled or denied',
  },
]

const holds = (place: Place, device: Pick<Device, 'state' | 'reason'>): boolean =>
  place.state === device.state && (place.reasons === undefined || place.reasons.includes(device.reason))

export const mayHappen = (device: Pick<Device, 'state' | 'reason'>, event: DeviceEvent): boolean =>
  deviceTransitions.some(t => t.event === event && t.from.some(p => holds(p, device)))

/**
 * The device after the event, its version unchanged (the store raises it), or a refusal that names the state.
 * `given` is the user for events that bind, and the reason for those that take one.
 */
export const transition = (
  device: Device,
  event: DeviceEvent,
  given: { userId?: string; reason?: DeviceReason } = {},
): Outcome<Device> => {
  const row = deviceTransitions.find(t => t.event === event && t.from.some(p => holds(p, device)))
  if (!row) return refuse('WRONG_STATE', { state: device.state, reason: device.reason, event })
  const reason = row.to.reason === 'GIVEN' ? (given.reason ?? 'NONE') : row.to.reason
  const userId = row.user === 'loses' ? null : row.user === 'gains' ? (given.userId ?? null) : device.userId
  return accept({ ...device, state: row.to.state, reason, userId })
}
