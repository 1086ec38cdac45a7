import type { CommandApdu, ResponseApdu } from '../command.ts'
import { CardDataError } from '../errors.ts'

/** A command APDU as it came over a wire. `le` 0 means the most that the form allows (256 or 65536). */
export type ParsedApdu = CommandApdu & { readonly extended: boolean }

/** Reads all seven forms of ISO 7816-4 §5.1 (cases 1, 2S–4S, 2E–4E). Throws CardDataError where the lengths do not add up. */
export function decodeApdu(bytes: Uint8Array): ParsedApdu {
  const [cla, ins, p1, p2, p3] = bytes
  if (cla === undefined || ins === undefined || p1 === undefined || p2 === undefined) {
    throw new CardDataError('a command APDU is shorter than 4 bytes')
  }
  const header = { cla, ins, p1, p2 }
  const body = bytes.subarray(4)
  if (p3 === undefined) return { ...header, extended: false }
  if (body.length === 1) return { ...header, le: p3, extended: false }
  if (p3 !== 0) {
    const rest = body.length - 1 - p3
    if (rest === 0) return { ...header, data: body.subarray(1), extended: false }
    if (rest === 1) return { ...header, data: body.subarray(1, 1 + p3), le: byteAt(body, 1 + p3), extended: false }
    throw new CardDataError('Lc of a command APDU does not fit its length')
  }
  if (body.length === 3) return { ...header, le: wordAt(body, 1), extended: true }
  if (body.length < 3) throw new CardDataError('Lc of a command APDU is 0')
  const lc = wordAt(body, 1)
  const rest = body.length - 3 - lc
  if (lc > 0 && rest === 0) return { ...header, data: body.subarray(3), extended: true }
  if (lc > 0 && rest === 2)
    return { ...header, data: body.subarray(3, 3 + lc), le: wordAt(body, 3 + lc), extended: true }
  throw new CardDataError('extended Lc of a command APDU does not fit its length')
}

/** Splits data and status word. Throws CardDataError on fewer than two bytes. */
export function decodeResponse(bytes: Uint8Array): ResponseApdu {
  if (bytes.length < 2) throw new CardDataError('an answer is shorter than its status word')
  return { data: bytes.subarray(0, bytes.length - 2), sw: wordAt(bytes, bytes.length - 2) }
}

function byteAt(bytes: Uint8Array, offset: number): number {
  const byte = bytes[offset]
  if (byte === undefined) throw new CardDataError('a command APDU ends too early')
  return byte
}

function wordAt(bytes: Uint8Array, offset: number): number {
  return byteAt(bytes, offset) * 256 + byteAt(bytes, offset + 1)
}
