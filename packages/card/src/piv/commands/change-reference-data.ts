import { concatBytes } from '../../bytes.ts'
import type { CardCommand, CommandApdu } from '../../command.ts'
import { encodePin, encodePuk } from '../pin-encoding.ts'
import { type ChangeReference, PIV_PIN, PUK } from '../references.ts'

/** CHANGE REFERENCE DATA (SP 800-73-5 part 2 §3.2.2). A wrong old value costs a try; success verifies the PIN. */
export function changePin(
  oldPin: string,
  newPin: string,
  reference: Exclude<ChangeReference, typeof PUK> = PIV_PIN,
): CardCommand<void> {
  return {
    name: 'piv.change-pin',
    apdu: changeApdu(reference, encodePin(oldPin), encodePin(newPin)),
    secret: true,
    decode: () => undefined,
  }
}

/** The old PIN is known to the host (an initial one), the holder types the new one at the far end (gap `newPin`). */
export function changePinToTyped(oldPin: string): CardCommand<void> {
  return {
    name: 'piv.change-pin',
    apdu: changeApdu(PIV_PIN, encodePin(oldPin), BLANK),
    gaps: [{ name: 'newPin', dataOffset: 8, encoding: 'pin8' }],
    secret: true,
    decode: () => undefined,
  }
}

/** The holder types both (gaps `pin` and `newPin`). */
export function changeTypedPin(): CardCommand<void> {
  return {
    name: 'piv.change-pin',
    apdu: changeApdu(PIV_PIN, BLANK, BLANK),
    gaps: [
      { name: 'pin', dataOffset: 0, encoding: 'pin8' },
      { name: 'newPin', dataOffset: 8, encoding: 'pin8' },
    ],
    secret: true,
    decode: () => undefined,
  }
}

export function changePuk(oldPuk: string, newPuk: string): CardCommand<void> {
  return {
    name: 'piv.change-puk',
    apdu: changeApdu(PUK, encodePuk(oldPuk), encodePuk(newPuk)),
    secret: true,
    decode: () => undefined,
  }
}

const BLANK = new Uint8Array(8).fill(0xff)

function changeApdu(reference: ChangeReference, oldValue: Uint8Array, newValue: Uint8Array): CommandApdu {
  return { cla: 0x00, ins: 0x24, p1: 0x00, p2: reference, data: concatBytes(oldValue, newValue) }
}
