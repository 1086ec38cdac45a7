import { bytes, uint } from './bytes.ts'

// The card has its own codec on purpose: were it the host's, a mistake made once would be made on both sides and no test
// of ours would see it.

export type Tlv = { readonly tag: number; readonly value: Uint8Array }

/** BER-TLV with definite length, ISO 7816-4 §5.2.2; tags of one to three bytes. */
export function tlv(tag: number, ...values: readonly (number | ArrayLike<number>)[]): Uint8Array {
  const value = bytes(...values)
  const tagBytes = uint(tag, tag > 0xffff ? 3 : tag > 0xff ? 2 : 1)
  return bytes(tagBytes, encodeLength(value.length), value)
}

export function encodeLength(length: number): Uint8Array {
  if (length < 0x80) return uint(length, 1)
  if (length < 0x100) return bytes(0x81, length)
  return bytes(0x82, uint(length, 2))
}

/** All data objects of one level, in order; undefined if the bytes are not exactly a sequence of them. */
export function parseTlvs(data: Uint8Array): readonly Tlv[] | undefined {
  const found: Tlv[] = []
  let at = 0
  while (at < data.length) {
    let tag = data[at++] ?? 0
    if ((tag & 0x1f) === 0x1f) {
      let next: number | undefined
      do {
        next = data[at++]
        if (next === undefined || tag > 0xffff) return undefined
        tag = tag * 256 + next
      } while ((next & 0x80) !== 0)
    }
    let length = data[at++]
    if (length === undefined) return undefined
    if (length > 0x7f) {
      const size = length & 0x7f
      if (size < 1 || size > 3 || at + size > data.length) return undefined
      length = data.subarray(at, at + size).reduce((value, byte) => value * 256 + byte, 0)
      at += size
    }
    if (at + length > data.length) return undefined
    found.push({ tag, value: data.slice(at, at + length) })
    at += length
  }
  return found
}

/** The value of the only data object in `data`, if it has this tag. */
export function parseOnly(tag: number, data: Uint8Array): Uint8Array | undefined {
  const all = parseTlvs(data)
  return all?.length === 1 && all[0]?.tag === tag ? all[0].value : undefined
}

export function findValue(tag: number, list: readonly Tlv[]): Uint8Array | undefined {
  return list.find(item => item.tag === tag)?.value
}
