import { attemptsRemaining } from '../../apdu/status-words.ts'
import type { CardCommand } from '../../command.ts'
import { encodePin } from '../pin-encoding.ts'
import { PIV_PIN, type StatusReference, type VerifyReference } from '../references.ts'

const INS_VERIFY = 0x20
const BLANK_PIN = new Uint8Array(8).fill(0xff)

/** VERIFY with a PIN that the host knows (SP 800-73-5 part 2 §3.2.1). A wrong one costs a try: 63CX. */
export function verifyPin(pin: string, reference: VerifyReference = PIV_PIN): CardCommand<void> {
  return {
    name: 'piv.verify',
    apdu: { cla: 0x00, ins: INS_VERIFY, p1: 0x00, p2: reference, data: encodePin(pin) },
    secret: true,
    decode: () => undefined,
  }
}

/** VERIFY with the PIN that the holder types at the far end: only the gap `pin` travels. */
export function verifyTypedPin(reference: VerifyReference = PIV_PIN): CardCommand<void> {
  return {
    name: 'piv.verify',
    apdu: { cla: 0x00, ins: INS_VERIFY, p1: 0x00, p2: reference, data: BLANK_PIN },
    gaps: [{ name: 'pin', dataOffset: 0, encoding: 'pin8' }],
    secret: true,
    decode: () => undefined,
  }
}

/** `attemptsRemaining` is undefined when the PIN is already verified, because the card then does not tell. */
export type PinStatus = { readonly verified: boolean; readonly attemptsRemaining: number | undefined }

/** VERIFY without data: asks without cost. Firmware 5.3.1 of YubiKey drops a verified PIN on it. */
export function queryPin(reference: StatusReference = PIV_PIN): CardCommand<PinStatus> {
  return {
    name: 'piv.query-pin',
    apdu: { cla: 0x00, ins: INS_VERIFY, p1: 0x00, p2: reference },
    accept: ['9000', '63CX', '630X', '6983'],
    decode: ({ sw }) => ({ verified: sw === 0x9000, attemptsRemaining: attemptsRemaining(sw) }),
  }
}

/** VERIFY with P1 FF: drops the security status, the counter stays (SP 800-73-5 part 2 §3.2.1). */
export function logOut(reference: StatusReference = PIV_PIN): CardCommand<void> {
  return {
    name: 'piv.log-out',
    apdu: { cla: 0x00, ins: INS_VERIFY, p1: 0xff, p2: reference },
    decode: () => undefined,
  }
}
