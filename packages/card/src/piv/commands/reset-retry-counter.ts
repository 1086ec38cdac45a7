import { concatBytes } from '../../bytes.ts'
import type { CardCommand } from '../../command.ts'
import { encodePin, encodePuk } from '../pin-encoding.ts'
import { PIV_PIN } from '../references.ts'

/**
 * RESET RETRY COUNTER (SP 800-73-5 part 2 §3.2.3): the PUK sets a new PIN and its counter. 63CX counts the PUK's
 * tries. Does not verify the PIN.
 */
export function resetRetryCounter(puk: string, newPin: string): CardCommand<void> {
  return unblock(encodePuk(puk), encodePin(newPin))
}

/** As resetRetryCounter, with the new PIN typed at the far end (gap `newPin`). */
export function resetRetryCounterToTyped(puk: string): CardCommand<void> {
  return {
    ...unblock(encodePuk(puk), new Uint8Array(8).fill(0xff)),
    gaps: [{ name: 'newPin', dataOffset: 8, encoding: 'pin8' }],
  }
}

function unblock(puk: Uint8Array, newPin: Uint8Array): CardCommand<void> {
  return {
    name: 'piv.reset-retry-counter',
    apdu: { cla: 0x00, ins: 0x2c, p1: 0x00, p2: PIV_PIN, data: concatBytes(puk, newPin) },
    secret: true,
    decode: () => undefined,
  }
}
