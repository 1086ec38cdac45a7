import { ANY_STATUS } from '../apdu/status-words.ts'
import type { CardCommand } from '../command.ts'

/**
 * RESET, INS FB: clears keys, objects, PIN, PUK and administration key; the attestation key stays. The card allows it
 * only when PIN and PUK are both blocked, else 6985 (PivApplet: 6982). A Nitrokey 3 asks for the PIN alone to be blocked.
 */
export function resetPiv(): CardCommand<void> {
  return {
    name: 'yubico.reset-piv',
    apdu: { cla: 0x00, ins: 0xfb, p1: 0x00, p2: 0x00 },
    decode: () => undefined,
  }
}

export type ResetSupport = 'supported' | 'done' | 'unsupported'

/**
 * RESET as a question, to be asked before any PIN is blocked on purpose: `supported` = the card knows it and refuses as
 * long as it is not blocked (6985, PivApplet 6982); `unsupported` = any other word (6D00, 6A81 …), and blocking PIN and
 * PUK would ruin the card for nothing.
 *
 * DANGER: there is no form of RESET without effect. On a card whose PIN and PUK are both blocked (Nitrokey 3: the PIN)
 * this IS the reset, and the answer is `done`: send it only where the card is to be blanked anyway, and read it anew.
 */
export function isResetSupported(): CardCommand<ResetSupport> {
  return {
    name: 'yubico.is-reset-supported',
    apdu: resetPiv().apdu,
    accept: [ANY_STATUS],
    decode: ({ sw }) => {
      if (sw === 0x9000) return 'done'
      return sw === 0x6985 || sw === 0x6982 ? 'supported' : 'unsupported'
    },
  }
}
