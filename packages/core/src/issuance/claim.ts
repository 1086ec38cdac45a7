import type { Device } from '../device/device.ts'
import { accept, type Outcome, refuse } from '../outcome/refusal.ts'
import { pinIsAllowed } from '../pin/pin-rules.ts'
import type { PolicyContent } from '../policy/device-policy.ts'
import type { SecuritySettings } from '../settings/security-settings.ts'
import type { CardFacts } from './card-facts.ts'

/** A device row for a card that was never seen before. */
export const newDevice = (id: string, card: CardFacts & { identity: string }, virtual: boolean): Device => ({
  id,
  version: 0,
  identity: card.identity,
  serial: card.serial,
  model: card.model,
  form: card.form,
  virtual,
  state: 'AVAILABLE',
  reason: 'NONE',
  suspended: false,
  temporary: false,
  requestId: null,
  invalidBy: null,
  userId: null,
  policyId: null,
  policyVersion: null,
  cardUuid: null,
  administrationKey: null,
  pendingAdministrationKey: null,
  keyVersion: 0,
  issuedAt: null,
  expiresAt: null,
})

/** May this device be issued to this user now? Every other state has its own message (issue: bad input). */
export const mayBeIssued = (device: Device, userId: string, ownerName: string | null): Outcome<Device> => {
  switch (device.state) {
    case 'AVAILABLE':
      return accept(device)
    case 'ASSIGNED':
      return device.userId === userId ? accept(device) : refuse('CARD_ISSUED_TO_OTHER', { user: ownerName ?? '…' })
    case 'IN_PRODUCTION':
      return refuse('IN_PROGRESS_ELSEWHERE', { by: ownerName ?? '…' })
    case 'TERMINATED':
      return refuse('CARD_NEEDS_RECYCLING')
    case 'PRODUCED':
      if (device.reason === 'FAILED') return refuse('CARD_NEEDS_RECYCLING')
      break
    case 'ISSUED':
    case 'INVALID':
      break
  }
  return device.userId === userId
    ? refuse('CARD_ALREADY_ISSUED')
    : refuse('CARD_ISSUED_TO_OTHER', { user: ownerName ?? '…' })
}

/** I-4 to I-9: whether a PIN is entered follows from the display mode; where it is, the policy's rules hold. */
export const checkInitialPin = (
  pin: string | undefined,
  settings: SecuritySettings,
  policy: PolicyContent,
): Outcome<'entered' | 'generated'> => {
  if (settings.pinDisplayMode === 'NOT_DISPLAYED')
    return pin === undefined ? accept('generated') : refuse('PIN_NOT_EXPECTED')
  if (pin === undefined) return refuse('PIN_MISSING')
  return pinIsAllowed(pin, policy.pin.rules) ? accept('entered') : refuse('PIN_BREAKS_RULES')
}
