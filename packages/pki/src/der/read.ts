import { malformed, PkiError } from '../pki-error.ts'
import { decodeOid } from './oid.ts'
import { TAG } from './tag.ts'
import { decodeTime } from './time.ts'

/** One element. `value` and `der` are views into the input, not copies. */
export interface DerElement {
  readonly tag: number
  /** Contents octets. */
  readonly value: Uint8Array
  /** The whole element, header included. */
  readonly der: Uint8Array
}

/** A position in a run of elements. Every method throws `PkiError` 'der-malformed' when the bytes do not fit. */
export interface DerCursor {
  /** Tag of the element that comes next, or undefined at the end. */
  peek(): number | undefined
  /** The next element, whatever it is. */
  any(what: string): DerElement
  take(tag: number, what: string): DerElement
  optional(tag: number): DerElement | undefined
  /** Takes a constructed element and answers a cursor over its contents. */
  enter(tag: number, what: string): DerCursor
  enterOptional(tag: number): DerCursor | undefined
  /** Refuses bytes that are left over. */
  end(what: string): void
}

/** Parses one definite-length, minimal-length header (X.690 §10.1) with a single identifier octet. */
function readElement(bytes: Uint8Array, at: number, what: string): DerElement {
  const tag = bytes[at]
  const first = bytes[at + 1]
  if (tag === undefined || first === undefined) throw malformed(`${what}: cut off`)
  if ((tag & 0x1f) === 0x1f) throw malformed(`${what}: tag numbers above 30 are not used here`)
  let start = at + 2
  let length = first
  if (first >= 0x80) {
    const count = first & 0x7f
    if (count === 0 || count > 4) throw malformed(`${what}: length form not allowed in DER`)
    length = 0
    for (let i = 0; i < count; i++) length = length * 256 + (bytes[start + i] ?? Number.NaN)
    if (Number.isNaN(length)) throw malformed(`${what}: cut off`)
    if (length < 0x80 || length < 256 ** (count - 1)) throw malformed(`${what}: length is not minimal`)
    start += count
  }
  if (length > bytes.length - start) throw malformed(`${what}: cut off`)
  return { tag, value: bytes.subarray(start, start + length), der: bytes.subarray(at, start + length) }
}

export function derCursor(bytes: Uint8Array): DerCursor {
  let at = 0
  const cursor: DerCursor = {
    peek: () => bytes[at],
    any(what) {
      const element = readElement(bytes, at, what)
      at += element.der.length
      return element
    },
    take(tag, what) {
      if (bytes[at] !== tag) {
        const found = bytes[at] === undefined ? 'nothing' : `tag ${bytes[at]?.toString(16)}`
        throw malformed(`${what}: expected tag ${tag.toString(16)}, found ${found}`)
      }
      return cursor.any(what)
    },
    optional: tag => (bytes[at] === tag ? cursor.any('optional element') : undefined),
    enter: (tag, what) => derCursor(cursor.take(tag, what).value),
    enterOptional: tag => (bytes[at] === tag ? derCursor(cursor.any('optional element').value) : undefined),
    end(what) {
      if (at !== bytes.length) throw malformed(`${what}: ${bytes.length - at} octets left over`)
    },
  }
  return cursor
}

/** Opens an input that must be exactly one SEQUENCE, no larger than `limit` octets. */
export function openSequence(bytes: Uint8Array, limit: number, what: string): DerCursor {
  if (bytes.length > limit)
    throw new PkiError('too-large', `${what}: ${bytes.length} octets, at most ${limit} are read`)
  const outer = derCursor(bytes)
  const inner = outer.enter(TAG.sequence, what)
  outer.end(what)
  return inner
}

/** Largest INTEGER turned into a number or magnitude: an RSA-16384 modulus with room to spare. */
const MAX_INTEGER = 2050

/** Contents octets of an INTEGER, checked to be minimal; may be negative. */
export function integerContents(element: DerElement, what: string): Uint8Array {
  const { value } = element
  const [first, second] = value
  if (first === undefined || value.length > MAX_INTEGER) throw malformed(`${what}: INTEGER has a bad length`)
  if (second !== undefined && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80))) {
    throw malformed(`${what}: INTEGER is not minimal`)
  }
  return value
}

/** Magnitude of a non-negative INTEGER without leading zeros; zero is one zero octet. */
export function unsignedInteger(element: DerElement, what: string): Uint8Array {
  const value = integerContents(element, what)
  if ((value[0] as number) >= 0x80) throw malformed(`${what}: INTEGER is negative`)
  return value.length > 1 && value[0] === 0 ? value.subarray(1) : value
}

/** INTEGER or ENUMERATED from 0 to 2³¹−1. */
export function smallInteger(element: DerElement, what: string): number {
  const value = unsignedInteger(element, what)
  if (value.length > 4) throw malformed(`${what}: INTEGER is too large`)
  const number = value.reduce((sum, octet) => sum * 256 + octet, 0)
  if (number > 0x7fffffff) throw malformed(`${what}: INTEGER is too large`)
  return number
}

export function booleanValue(element: DerElement, what: string): boolean {
  const [octet] = element.value
  if (element.value.length !== 1 || (octet !== 0 && octet !== 0xff)) throw malformed(`${what}: not a DER BOOLEAN`)
  return octet === 0xff
}

export const oidValue = (element: DerElement) => decodeOid(element.value)
export const timeValue = (element: DerElement) => decodeTime(element.tag, element.value)

/** Octets of a BIT STRING that must be whole octets (keys, signatures). */
export function bitStringOctets(element: DerElement, what: string): Uint8Array {
  if (element.value[0] !== 0) throw malformed(`${what}: BIT STRING is not whole octets`)
  return element.value.subarray(1)
}

/** Set bits of a named-bit BIT STRING. */
export function namedBitValues(element: DerElement, what: string): number[] {
  const [unused] = element.value
  const octets = element.value.subarray(1)
  if (unused === undefined || unused > 7 || (octets.length === 0 && unused !== 0) || octets.length > 4) {
    throw malformed(`${what}: not a named-bit BIT STRING`)
  }
  const bits: number[] = []
  for (let bit = 0; bit < octets.length * 8 - unused; bit++) {
    if ((octets[bit >> 3] as number) & (0x80 >> (bit & 7))) bits.push(bit)
  }
  return bits
}
