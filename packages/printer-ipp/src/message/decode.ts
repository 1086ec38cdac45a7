import { GROUP, type IppAnswer, type IppGroup, type IppValue, TAG } from './message.ts'

/** The bytes are no IPP message; `message` says where it ends to be one. */
export class IppMessageError extends Error {
  override readonly name = 'IppMessageError'
}

/** Nothing registered goes deeper than a media size in a media collection in a list. */
const MAX_DEPTH = 8
const UNIT_DPCM = 4

type Cursor = { readonly bytes: Buffer; at: number }
type Field = { readonly tag: number; readonly name: string; readonly value: Buffer }

const take = (cursor: Cursor, length: number): Buffer => {
  const end = cursor.at + length
  if (end > cursor.bytes.length)
    throw new IppMessageError(`the IPP message ends at byte ${cursor.bytes.length}, too soon`)
  const taken = cursor.bytes.subarray(cursor.at, end)
  cursor.at = end
  return taken
}

const readField = (cursor: Cursor): Field => {
  const tag = take(cursor, 1).readUInt8()
  const name = take(cursor, take(cursor, 2).readUInt16BE()).toString()
  const value = take(cursor, take(cursor, 2).readUInt16BE())
  return { tag, name, value }
}

const inDpi = (value: number, unit: number): number => Math.round(unit === UNIT_DPCM ? value * 2.54 : value)

/** Some printers pad their texts with NUL, and no database has room for one: control characters are blank. */
const readText = (value: Buffer): string =>
  value
    .toString()
    .replace(/\p{Cc}+/gu, ' ')
    .trim()

// RFC 8010 §3.9: the language and the text, each with its length.
const withoutLanguage = (value: Buffer): string => {
  const cursor = { bytes: value, at: 0 }
  take(cursor, take(cursor, 2).readUInt16BE())
  return readText(take(cursor, take(cursor, 2).readUInt16BE()))
}

const readValue = ({ tag, value }: Field, cursor: Cursor, depth: number): IppValue => {
  // RFC 8010 §3.5.2: 0x10 to 0x1F are out of band.
  if (tag >= 0x10 && tag <= 0x1f) return null
  if (tag === TAG.begCollection) return { members: readMembers(cursor, depth + 1) }
  if (tag === TAG.textWithLanguage || tag === TAG.nameWithLanguage) return withoutLanguage(value)
  if ((tag === TAG.integer || tag === TAG.enum) && value.length === 4) return value.readInt32BE()
  if (tag === TAG.boolean && value.length === 1) return value[0] !== 0
  if (tag === TAG.rangeOfInteger && value.length === 8)
    return { lower: value.readInt32BE(), upper: value.readInt32BE(4) }
  if (tag === TAG.resolution && value.length === 9) {
    const unit = value.readUInt8(8)
    return { crossFeed: inDpi(value.readInt32BE(), unit), feed: inDpi(value.readInt32BE(4), unit) }
  }
  // RFC 8010 §3.5.2: 0x40 to 0x5F are character strings.
  return tag >= 0x40 && tag <= 0x5f ? readText(value) : value
}

const readMembers = (cursor: Cursor, depth: number): Map<string, IppValue[]> => {
  if (depth > MAX_DEPTH) throw new IppMessageError('the IPP message has collections too deep in each other')
  const members = new Map<string, IppValue[]>()
  let values: IppValue[] | undefined
  for (let field = readField(cursor); field.tag !== TAG.endCollection; field = readField(cursor)) {
    if (field.tag === TAG.memberAttrName) {
      values = []
      members.set(field.value.toString(), values)
    } else if (values) values.push(readValue(field, cursor, depth))
    else throw new IppMessageError('the IPP message has a collection with a value before any name')
  }
  return members
}

const readGroup = (cursor: Cursor, tag: number): IppGroup => {
  const attributes = new Map<string, IppValue[]>()
  let values: IppValue[] | undefined
  // Delimiters are below 0x10 (RFC 8010 §3.5.1).
  while ((cursor.bytes[cursor.at] ?? 0) >= 0x10) {
    const field = readField(cursor)
    if (field.name !== '') {
      values = []
      // RFC 8011 §4.1.3 leaves open which of two counts; ippFindAttribute of CUPS takes the first.
      if (!attributes.has(field.name)) attributes.set(field.name, values)
    }
    if (!values) throw new IppMessageError('the IPP message has a value before any name')
    values.push(readValue(field, cursor, 0))
  }
  return { tag, attributes }
}

/**
 * An answer of a printer (RFC 8010 §3.1); a document behind it is left aside. Every length is checked and every step goes
 * forward, so that no answer keeps the reader busy longer than it is long.
 * @throws IppMessageError
 */
export const decodeAnswer = (bytes: Uint8Array): IppAnswer => {
  const cursor: Cursor = { bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), at: 0 }
  const version = take(cursor, 2).readUInt16BE()
  if (version < 0x0100 || version > 0x02ff) throw new IppMessageError('the answer is no IPP message of version 1 or 2')
  const status = take(cursor, 2).readUInt16BE()
  const requestId = take(cursor, 4).readInt32BE()
  const groups: IppGroup[] = []
  for (let tag = take(cursor, 1).readUInt8(); tag !== GROUP.end; tag = take(cursor, 1).readUInt8()) {
    if (tag >= 0x10) throw new IppMessageError('the IPP message has an attribute before any group')
    groups.push(readGroup(cursor, tag))
  }
  return { version, status, requestId, groups }
}
