import type { Device } from '../device/device.ts'
import { accept, type Outcome, refuse } from '../outcome/refusal.ts'

/**
 * Pending and Active devices (P-5, P-6). The card of a suspended, invalid or ended one is not made to look valid, and a
 * blank one shows nobody's name. Answers the device with the user that the card will name.
 */
export const printableDevice = (device: Device): Outcome<Device & { readonly userId: string }> => {
  const { state, reason, suspended, form, userId } = device
  if (form !== 'card') return refuse('NOT_PRINTABLE')
  const personalised = state === 'ISSUED' || (state === 'PRODUCED' && reason === 'ASSIGNED')
  if (!personalised || suspended || userId === null)
    return refuse('WRONG_STATE', { state, reason: suspended ? 'suspended' : reason, event: 'print' })
  return accept({ ...device, userId })
}
