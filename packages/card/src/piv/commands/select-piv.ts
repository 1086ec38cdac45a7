import { hexToBytes } from '../../bytes.ts'
import type { CardCommand } from '../../command.ts'
import { CardDataError } from '../../errors.ts'
import { decodeTlv, decodeTlvs, findTlv } from '../../tlv/ber-tlv.ts'

/** Right-truncated AID, without version: SP 800-73-5 part 1 §2.2. */
const PIV_AID_WITHOUT_VERSION = hexToBytes('A00000030800001000')

export type PivApplication = {
  /** As the card gives it: the complete AID, or its PIX only (YubiKey). */
  readonly aid: Uint8Array | undefined
  readonly label: Uint8Array | undefined
  /** Algorithm identifiers of AC, present when secure messaging is there; empty = the card says nothing. */
  readonly algorithmIds: readonly number[]
}

/** SELECT (SP 800-73-5 part 2 §3.1.1). Ends every security status of another application. */
export function selectPiv(): CardCommand<PivApplication> {
  return {
    name: 'piv.select',
    apdu: { cla: 0x00, ins: 0xa4, p1: 0x04, p2: 0x00, data: PIV_AID_WITHOUT_VERSION, le: 0 },
    decode: ({ data }) => decodeApplicationTemplate(data),
  }
}

function decodeApplicationTemplate(data: Uint8Array): PivApplication {
  // An answer without template still selects; some cards send none.
  if (data.length === 0) return { aid: undefined, label: undefined, algorithmIds: [] }
  const template = decodeTlvs(decodeTlv(data, 0x61))
  // One AC with all of them (Nitrokey), or an AC for each (PivApplet).
  const lists = template.filter(({ tag }) => tag === 0xac).flatMap(({ value }) => decodeTlvs(value))
  const algorithmIds = lists.filter(({ tag }) => tag === 0x80)
  return {
    aid: findTlv(template, 0x4f),
    label: findTlv(template, 0x50),
    algorithmIds: algorithmIds.map(({ value }) => {
      const [id] = value
      if (id === undefined || value.length !== 1) throw new CardDataError('an algorithm identifier is not one byte')
      return id
    }),
  }
}
