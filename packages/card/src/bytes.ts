import { CardDataError } from './errors.ts'

const NOT_HEX = /[^0-9A-Fa-f]/

/** Upper case, no separators: the form that scripts and traces use. */
export function bytesToHex(bytes: Uint8Array): string {
  let hex = ''
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0')
  return hex.toUpperCase()
}

/** Accepts both cases, no separators. Throws CardDataError otherwise, because hex comes from the far end of the wire. */
export function hexToBytes(hex: string): Uint8Array {
  if (hex.length % 2 !== 0 || NOT_HEX.test(hex)) throw new CardDataError('a hexadecimal string is malformed')
  const bytes = new Uint8Array(hex.length / 2)
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16)
  return bytes
}

export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let offset = 0
  for (const part of parts) {
    joined.set(part, offset)
    offset += part.length
  }
  return joined
}

/** Compares without telling by its duration where the first difference is; unequal lengths are unequal at once. */
export function constantTimeEqual(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  let difference = 0
  for (let i = 0; i < a.length; i++) difference |= (a[i] ?? 0) ^ (b[i] ?? 0)
  return difference === 0
}

/** Bytes as an unsigned big-endian number; up to 6 bytes, so that the result stays exact. */
export function bytesToNumber(bytes: Uint8Array): number {
  if (bytes.length > 6) throw new CardDataError('a number is longer than 6 bytes')
  return bytes.reduce((value, byte) => value * 256 + byte, 0)
}

/** Unsigned big-endian, `length` bytes at most 6. */
export function numberToBytes(value: number, length: number): Uint8Array {
  if (!Number.isSafeInteger(value) || value < 0 || length > 6 || value >= 256 ** length) {
    throw new RangeError(`the number does not fit in ${length} bytes`)
  }
  const bytes = new Uint8Array(length)
  for (let i = length - 1, rest = value; i >= 0; i--, rest = Math.floor(rest / 256)) bytes[i] = rest % 256
  return bytes
}

export function asciiToBytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code > 0x7f) throw new RangeError('the text holds a character outside ASCII')
    bytes[i] = code
  }
  return bytes
}

/** Throws CardDataError on a byte above 7F. */
export function bytesToAscii(bytes: Uint8Array): string {
  if (bytes.some(byte => byte > 0x7f)) throw new CardDataError('a text holds a byte outside ASCII')
  return Array.from(bytes, byte => String.fromCharCode(byte)).join('')
}
