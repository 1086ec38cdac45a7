import { concatBytes } from '../bytes.ts'
import type { CommandApdu } from '../command.ts'
import { CLA_CHAINING } from './cla.ts'

/** Data bytes in a short APDU (ISO 7816-4 §5.1). */
export const MAX_SHORT_DATA = 255
/** Data bytes in an extended APDU. */
export const MAX_EXTENDED_DATA = 65_535

/**
 * How a command that does not fit a short APDU travels. PIV knows chaining only; extended length is a vendor feature,
 * limited to `maxApdu` bytes for the whole APDU (YubiKey NEO 1390, 4.0 2038, 4.3 and later 3062).
 */
export type ApduFraming = { readonly kind: 'chaining' } | { readonly kind: 'extended'; readonly maxApdu: number }

export const CHAINING: ApduFraming = { kind: 'chaining' }

/** The APDUs of one command: one, or several blocks of which all but the last have the chaining bit. */
export function encodeApdus(command: CommandApdu, framing: ApduFraming = CHAINING): readonly Uint8Array[] {
  const data = command.data ?? new Uint8Array(0)
  if (data.length <= MAX_SHORT_DATA && (command.le ?? 0) <= 256) return [encodeShortApdu(command)]
  if (framing.kind === 'extended' && extendedLength(command) <= framing.maxApdu) return [encodeExtendedApdu(command)]
  const apdus: Uint8Array[] = []
  for (let offset = 0; offset < data.length || offset === 0; offset += MAX_SHORT_DATA) {
    const block = data.subarray(offset, offset + MAX_SHORT_DATA)
    const last = offset + MAX_SHORT_DATA >= data.length
    const { cla, ins, p1, p2 } = command
    apdus.push(
      last
        ? encodeShortApdu({
            cla,
            ins,
            p1,
            p2,
            data: block,
            ...(command.le === undefined ? {} : { le: shortLe(command.le) }),
          })
        : encodeShortApdu({ cla: cla | CLA_CHAINING, ins, p1, p2, data: block }),
    )
  }
  return apdus
}

/** A longer answer than 256 bytes comes in parts (61xx), so asking for all there is asks for no less. */
function shortLe(le: number): number {
  return le > 256 ? 0 : le
}

/** Header, Lc and data if any, Le if asked; `le` 0 and 256 are both written 00. */
export function encodeShortApdu({ cla, ins, p1, p2, data, le }: CommandApdu): Uint8Array {
  const body = data ?? new Uint8Array(0)
  if (body.length > MAX_SHORT_DATA) throw new RangeError('the data of a short APDU is longer than 255 bytes')
  if (le !== undefined && (le < 0 || le > 256)) throw new RangeError('Le of a short APDU is above 256')
  return concatBytes(
    Uint8Array.of(cla, ins, p1, p2),
    body.length > 0 ? Uint8Array.of(body.length) : body,
    body,
    le === undefined ? new Uint8Array(0) : Uint8Array.of(le & 0xff),
  )
}

/** Three-byte Lc, two-byte Le; `le` 0 and 65536 are both written 0000. */
export function encodeExtendedApdu({ cla, ins, p1, p2, data, le }: CommandApdu): Uint8Array {
  const body = data ?? new Uint8Array(0)
  if (body.length > MAX_EXTENDED_DATA) throw new RangeError('the data of an extended APDU is longer than 65535 bytes')
  if (le !== undefined && (le < 0 || le > 65_536)) throw new RangeError('Le of an extended APDU is above 65536')
  const lc = body.length > 0 ? Uint8Array.of(0, body.length >> 8, body.length & 0xff) : new Uint8Array(0)
  const leBytes = le === undefined ? [] : [(le >> 8) & 0xff, le & 0xff]
  const leField = body.length > 0 || le === undefined ? leBytes : [0, ...leBytes]
  return concatBytes(Uint8Array.of(cla, ins, p1, p2), lc, body, Uint8Array.from(leField))
}

function extendedLength({ data, le }: CommandApdu): number {
  const length = data?.length ?? 0
  return 4 + (length > 0 ? 3 + length : 0) + (le === undefined ? 0 : length > 0 ? 2 : 3)
}
