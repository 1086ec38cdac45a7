import type { CardCommand } from '../command.ts'
import { type KeySlot, slotName, type WritableSlot } from '../piv/references.ts'

/** MOVE KEY, INS F6 (firmware 5.7): the key and its policies move, the certificate object stays. */
export function moveKey(from: KeySlot, to: KeySlot): CardCommand<void> {
  return {
    name: 'yubico.move-key',
    apdu: { cla: 0x00, ins: 0xf6, p1: to, p2: from },
    decode: () => undefined,
  }
}

/** DELETE KEY: a move to FF (firmware 5.7). 6A88 = the slot is empty. */
export function deleteKey(slot: WritableSlot): CardCommand<void> {
  return {
    name: `yubico.delete-key-${slotName(slot).toLowerCase()}`,
    apdu: { cla: 0x00, ins: 0xf6, p1: 0xff, p2: slot },
    decode: () => undefined,
  }
}
