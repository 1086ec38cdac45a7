import { ascii, compareBytes, utf8 } from '../bytes.ts'
import { PkiError } from '../pki-error.ts'
import { encodeOid } from './oid.ts'
import { contextConstructed, contextPrimitive, TAG } from './tag.ts'

export function lengthOfLength(length: number): number {
  if (length < 0x80) return 1
  if (length < 0x100) return 2
  if (length < 0x10000) return 3
  if (length < 0x1000000) return 4
  return 5
}

/** Writes identifier and length octets at `at` and answers where the contents begin. */
export function writeHeader(out: Uint8Array, at: number, tag: number, length: number): number {
  out[at] = tag
  const size = lengthOfLength(length)
  if (size === 1) {
    out[at + 1] = length
    return at + 2
  }
  out[at + 1] = 0x80 | (size - 1)
  for (let i = size - 1, rest = length; i > 0; i--, rest = Math.floor(rest / 256)) out[at + 1 + i] = rest & 0xff
  return at + 1 + size
}

/** One element whose contents are the given parts one after the other. */
export function tlv(tag: number, ...parts: Uint8Array[]): Uint8Array {
  let length = 0
  for (const part of parts) length += part.length
  const out = new Uint8Array(1 + lengthOfLength(length) + length)
  let at = writeHeader(out, 0, tag, length)
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

export const sequence = (...parts: Uint8Array[]) => tlv(TAG.sequence, ...parts)
/** SET OF: DER wants the elements in ascending order of their encodings (X.690 §11.6). */
export const setOf = (...parts: Uint8Array[]) => tlv(TAG.set, ...parts.toSorted(compareBytes))
export const octetString = (value: Uint8Array) => tlv(TAG.octetString, value)
export const nullValue = () => new Uint8Array([TAG.null, 0])
export const boolean = (value: boolean) => new Uint8Array([TAG.boolean, 1, value ? 0xff : 0])
export const oid = (dotted: string) => tlv(TAG.oid, encodeOid(dotted))
export const utf8String = (text: string) => tlv(TAG.utf8String, utf8(text))
export const ia5String = (text: string) => tlv(TAG.ia5String, ascii(text))
export const printableString = (text: string) => tlv(TAG.printableString, ascii(text))
export const enumerated = (value: number) => tlv(TAG.enumerated, new Uint8Array([value]))

export const explicit = (number: number, ...parts: Uint8Array[]) => tlv(contextConstructed(number), ...parts)
export const implicit = (number: number, contents: Uint8Array) => tlv(contextPrimitive(number), contents)

/** Contents octets of a non-negative INTEGER from big-endian magnitude: minimal, with a leading zero when the top bit is set. */
export function unsignedContents(magnitude: Uint8Array): Uint8Array {
  let start = 0
  while (start < magnitude.length - 1 && magnitude[start] === 0) start++
  const bytes = magnitude.subarray(start)
  if (bytes.length === 0) return new Uint8Array(1)
  if ((bytes[0] as number) < 0x80) return bytes
  const out = new Uint8Array(bytes.length + 1)
  out.set(bytes, 1)
  return out
}

/** Non-negative INTEGER; bytes are taken as big-endian magnitude. */
export function integer(value: number | bigint | Uint8Array): Uint8Array {
  if (value instanceof Uint8Array) return tlv(TAG.integer, unsignedContents(value))
  if (value < 0 || (typeof value === 'number' && !Number.isSafeInteger(value))) {
    throw new PkiError('value-invalid', `INTEGER ${value} is negative or not whole`)
  }
  if (value < 0x80) return new Uint8Array([TAG.integer, 1, Number(value)])
  const hex = value.toString(16)
  const padded = hex.length % 2 === 0 ? hex : `0${hex}`
  const bytes = new Uint8Array(padded.length / 2)
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(padded.slice(2 * i, 2 * i + 2), 16)
  return tlv(TAG.integer, unsignedContents(bytes))
}

export const bitString = (value: Uint8Array) => tlv(TAG.bitString, new Uint8Array(1), value)

/** BIT STRING of named bits: trailing zero bits are removed (X.690 §11.2.2). Bit 0 is the most significant of the first octet. */
export function namedBits(bits: Iterable<number>): Uint8Array {
  let highest = -1
  const octets = new Uint8Array(4)
  for (const bit of bits) {
    octets[bit >> 3] = (octets[bit >> 3] as number) | (0x80 >> (bit & 7))
    highest = Math.max(highest, bit)
  }
  if (highest < 0) return tlv(TAG.bitString, new Uint8Array(1))
  return tlv(TAG.bitString, new Uint8Array([7 - (highest & 7)]), octets.subarray(0, (highest >> 3) + 1))
}
