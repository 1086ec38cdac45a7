import type { Device } from '../device/device.ts'
import { accept, type Outcome, refuse } from '../outcome/refusal.ts'

/**
 * Whether the PIN of this device may be unlocked or changed, near or far, by its state alone: a device that is not yet
 * active has a PIN that somebody must still be told, one that has ended gets none.
 */
export const mayUnlock = (device: Device): Outcome<Device> =>
  device.state === 'ISSUED'
    ? accept(device)
    : refuse('WRONG_STATE', { state: device.state, reason: device.reason, event: 'unlock' })
