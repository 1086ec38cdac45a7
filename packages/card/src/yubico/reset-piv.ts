import type { CardCommand } from '../command.ts'

/**
 * RESET, INS FB: clears keys, objects, PIN, PUK and administration key; the attestation key stays. The card allows it
 * only when PIN and PUK are both blocked, else 6985.
 */
export function resetPiv(): CardCommand<void> {
  return {
    name: 'yubico.reset-piv',
    apdu: { cla: 0x00, ins: 0xfb, p1: 0x00, p2: 0x00 },
    decode: () => undefined,
  }
}
