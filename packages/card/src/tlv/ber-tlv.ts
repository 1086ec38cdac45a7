import { concatBytes } from '../bytes.ts'
import { CardDataError } from '../errors.ts'

/** One BER-TLV data object (ISO 7816-4 §5.2.2). `tag` holds the tag bytes as a big-endian number: 0x53, 0x7F49, 0x5FC102. */
export type Tlv = { readonly tag: number; readonly value: Uint8Array }

const MAX_TAG_BYTES = 3
const MAX_LENGTH_BYTES = 4
/** Nothing a card sends in one answer has more; keeps hostile input from costing memory. */
const MAX_OBJECTS = 1024

/** Writes the shortest form of tag and length. A list of parts becomes the value one after the other. */
export function encodeTlv(tag: number, ...value: readonly Uint8Array[]): Uint8Array {
  const content = concatBytes(...value)
  return concatBytes(encodeTag(tag), encodeLength(content.length), content)
}

/** The tag's bytes, as they stand in tag lists (5C) too. */
export function encodeTag(tag: number): Uint8Array {
  const bytes =
    tag > 0xffff ? [tag >>> 16, (tag >>> 8) & 0xff, tag & 0xff] : tag > 0xff ? [tag >>> 8, tag & 0xff] : [tag]
  const wellFormed =
    Number.isInteger(tag) &&
    tag > 0 &&
    tag <= 0xffffff &&
    bytes.every((byte, i) => {
      const more = i === 0 ? (byte & 0x1f) === 0x1f : (byte & 0x80) !== 0
      return more === i < bytes.length - 1
    })
  if (!wellFormed) throw new RangeError(`${tag.toString(16)} is not a BER-TLV tag of at most ${MAX_TAG_BYTES} bytes`)
  return Uint8Array.from(bytes)
}

function encodeLength(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length)
  if (length <= 0xff) return Uint8Array.of(0x81, length)
  if (length <= 0xffff) return Uint8Array.of(0x82, length >> 8, length & 0xff)
  if (length <= 0xffffff) return Uint8Array.of(0x83, length >> 16, (length >> 8) & 0xff, length & 0xff)
  throw new RangeError('a TLV value is longer than 16 MiB')
}

/** Reads the object that starts at `offset`; `end` is the offset behind it. Values are views, not copies. */
export function readTlv(bytes: Uint8Array, offset = 0): Tlv & { readonly end: number } {
  let position = offset
  const next = (): number => {
    const byte = bytes[position++]
    if (byte === undefined) throw new CardDataError('a TLV object ends too early')
    return byte
  }
  const first = next()
  let tag = first
  if ((first & 0x1f) === 0x1f) {
    let more = true
    for (let i = 1; more; i++) {
      if (i >= MAX_TAG_BYTES) throw new CardDataError(`a TLV tag is longer than ${MAX_TAG_BYTES} bytes`)
      const byte = next()
      tag = tag * 256 + byte
      more = (byte & 0x80) !== 0
    }
  }
  let length = next()
  if (length === 0x80) throw new CardDataError('a TLV length is indefinite')
  if (length > 0x80) {
    const count = length & 0x7f
    if (count > MAX_LENGTH_BYTES) throw new CardDataError('a TLV length is longer than 4 bytes')
    length = 0
    for (let i = 0; i < count; i++) length = length * 256 + next()
  }
  if (length > bytes.length - position) throw new CardDataError('a TLV value ends too early')
  const end = position + length
  return { tag, value: bytes.subarray(position, end), end }
}

/** All objects, one after the other, up to the last byte. Does not descend. Longer length forms than needed are accepted. */
export function decodeTlvs(bytes: Uint8Array): readonly Tlv[] {
  const objects: Tlv[] = []
  for (let offset = 0; offset < bytes.length; ) {
    if (objects.length === MAX_OBJECTS) throw new CardDataError(`more than ${MAX_OBJECTS} TLV objects`)
    const { tag, value, end } = readTlv(bytes, offset)
    objects.push({ tag, value })
    offset = end
  }
  return objects
}

/** Exactly one object with this tag and nothing behind it; returns its value. */
export function decodeTlv(bytes: Uint8Array, tag: number): Uint8Array {
  const object = readTlv(bytes)
  if (object.tag !== tag) throw new CardDataError(`TLV tag ${hexTag(object.tag)} where ${hexTag(tag)} belongs`)
  if (object.end !== bytes.length) throw new CardDataError(`bytes behind TLV object ${hexTag(tag)}`)
  return object.value
}

export function findTlv(objects: readonly Tlv[], tag: number): Uint8Array | undefined {
  return objects.find(object => object.tag === tag)?.value
}

export function requireTlv(objects: readonly Tlv[], tag: number): Uint8Array {
  const value = findTlv(objects, tag)
  if (!value) throw new CardDataError(`TLV object ${hexTag(tag)} is missing`)
  return value
}

function hexTag(tag: number): string {
  return tag.toString(16).toUpperCase()
}
