import type { CardCommand } from '../../command.ts'
import { decodeTlv, encodeTag, encodeTlv } from '../../tlv/ber-tlv.ts'

const TAG_LIST = 0x5c
const DATA_FIELD = 0x53
/** Discovery object and BIT group template stand for themselves, without 53 (SP 800-73-5 part 2 §3.1.2). */
const BARE_OBJECTS: readonly number[] = [0x7e, 0x7f61]

const NOT_FOUND = 0x6a82

/** GET DATA (SP 800-73-5 part 2 §3.1.2); the result is the value inside 53, 7E or 7F61. */
export function getData(tag: number): CardCommand<Uint8Array> {
  return {
    name: 'piv.get-data',
    apdu: { cla: 0x00, ins: 0xcb, p1: 0x3f, p2: 0xff, data: encodeTlv(TAG_LIST, encodeTag(tag)), le: 0 },
    decode: ({ data }) => decodeTlv(data, outerTag(tag)),
  }
}

/** As getData, but an object that is missing or empty is undefined: an unused object may be either (part 1 §3). */
export function getDataIfPresent(tag: number): CardCommand<Uint8Array | undefined> {
  const command = getData(tag)
  return {
    ...command,
    accept: ['9000', '6A82'],
    decode: response => {
      if (response.sw === NOT_FOUND || response.data.length === 0) return undefined
      const value = command.decode(response)
      return value.length === 0 ? undefined : value
    },
  }
}

/** The tag that encloses the object's value on the wire. */
export function outerTag(tag: number): number {
  return BARE_OBJECTS.includes(tag) ? tag : DATA_FIELD
}
