import { concatBytes } from '../../bytes.ts'
import type { CardCommand } from '../../command.ts'
import { encodeTag, encodeTlv } from '../../tlv/ber-tlv.ts'
import { outerTag } from './get-data.ts'

/**
 * PUT DATA (SP 800-73-5 part 2 §3.3.1): replaces the whole object by `value`; an empty one empties it. Needs the
 * administration key. 6A84 = no room, 6A81 = this card does not store the object.
 */
export function putData(tag: number, value: Uint8Array): CardCommand<void> {
  const outer = outerTag(tag)
  const object = encodeTlv(outer, value)
  const data = outer === tag ? object : concatBytes(encodeTlv(0x5c, encodeTag(tag)), object)
  return {
    name: 'piv.put-data',
    apdu: { cla: 0x00, ins: 0xdb, p1: 0x3f, p2: 0xff, data },
    decode: () => undefined,
  }
}
