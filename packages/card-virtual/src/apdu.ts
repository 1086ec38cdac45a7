import { bytes, uint } from './bytes.ts'

/** A command as it came over the wire. `le`: most bytes wanted (256 for a short 00), undefined = no Le field. */
export type Command = {
  readonly cla: number
  readonly ins: number
  readonly p1: number
  readonly p2: number
  readonly data: Uint8Array
  readonly le: number | undefined
  readonly extended: boolean
}

/** The four cases of ISO 7816-3 §12.1.3, short and extended; undefined if the lengths do not add up. */
export function parseCommand(apdu: Uint8Array): Command | undefined {
  const [cla, ins, p1, p2, p3 = 0] = apdu
  if (cla === undefined || ins === undefined || p1 === undefined || p2 === undefined) return undefined
  const header = { cla, ins, p1, p2 }
  const none = new Uint8Array()
  if (apdu.length === 4) return { ...header, data: none, le: undefined, extended: false }
  if (apdu.length === 5) return { ...header, data: none, le: p3 || 256, extended: false }
  if (p3 !== 0) {
    const end = 5 + p3
    if (apdu.length !== end && apdu.length !== end + 1) return undefined
    const le = apdu.length > end ? apdu[end] || 256 : undefined
    return { ...header, data: apdu.slice(5, end), le, extended: false }
  }
  const length = u16(apdu, 5)
  if (length === undefined) return undefined
  if (apdu.length === 7) return { ...header, data: none, le: length || 65_536, extended: true }
  const end = 7 + length
  if (length === 0 || (apdu.length !== end && apdu.length !== end + 2)) return undefined
  const le = apdu.length > end ? u16(apdu, end) || 65_536 : undefined
  return { ...header, data: apdu.slice(7, end), le, extended: true }
}

function u16(data: Uint8Array, at: number): number | undefined {
  const [high, low] = data.subarray(at, at + 2)
  return high === undefined || low === undefined ? undefined : high * 256 + low
}

/** What an application answers: data without limit of length, and the status word. */
export type Answer = { readonly data: Uint8Array; readonly sw: number }

export function ok(...data: readonly (number | ArrayLike<number>)[]): Answer {
  return { data: bytes(...data), sw: 0x9000 }
}

export function refuse(sw: number): Answer {
  return { data: new Uint8Array(), sw }
}

export function encodeAnswer(answer: Answer): Uint8Array {
  return bytes(answer.data, uint(answer.sw, 2))
}

/** Status words used here: ISO 7816-4 §5.6, SP 800-73pt2-5 table 5. */
export const SW = {
  wrongLength: 0x6700,
  channelNotSupported: 0x6881,
  secureMessagingNotSupported: 0x6882,
  lastCommandOfChainExpected: 0x6883,
  securityStatusNotSatisfied: 0x6982,
  blocked: 0x6983,
  conditionsNotSatisfied: 0x6985,
  secureMessagingMissing: 0x6987,
  secureMessagingIncorrect: 0x6988,
  wrongData: 0x6a80,
  functionNotSupported: 0x6a81,
  notFound: 0x6a82,
  notEnoughMemory: 0x6a84,
  wrongP1P2: 0x6a86,
  referenceNotFound: 0x6a88,
  instructionNotSupported: 0x6d00,
  classNotSupported: 0x6e00,
} as const

/** Wrong PIN or PUK: 63CX, X tries left (15 stands for "15 or more"). */
export function triesLeft(left: number): Answer {
  return refuse(0x63c0 + Math.min(left, 15))
}
