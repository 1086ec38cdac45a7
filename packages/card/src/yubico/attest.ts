import type { CardCommand } from '../command.ts'
import { CardDataError } from '../errors.ts'
import { type KeySlot, slotName } from '../piv/references.ts'
import { decodeTlv } from '../tlv/ber-tlv.ts'

/** ATTEST, INS F9 (firmware 4.3 and later): a DER certificate that the key was made on the card. Fails for imported keys. */
export function attest(slot: KeySlot): CardCommand<Uint8Array> {
  return {
    name: `yubico.attest-${slotName(slot).toLowerCase()}`,
    apdu: { cla: 0x00, ins: 0xf9, p1: slot, p2: 0x00, le: 0 },
    decode: ({ data }) => {
      // Only that it is one DER SEQUENCE; whether the statement is true is judged against Yubico's roots.
      if (decodeTlv(data, 0x30).length === 0) throw new CardDataError('an attestation statement is empty')
      return data
    },
  }
}
