import { asciiToBytes, bytesToAscii, concatBytes } from '../../bytes.ts'
import { CardDataError } from '../../errors.ts'
import { decodeTlvs, encodeTlv, findTlv, requireTlv } from '../../tlv/ber-tlv.ts'

const ON_CARD = 0xc1
const OFF_CARD = 0xc2
const URL_OF_FILE = 0xf3
const ERROR_DETECTION = 0xfe
const RETIRED_KEYS = 20
const MAX_URL = 118

/** Key history (SP 800-73-5 part 1 §3.3.3): how many retired keys have their certificates on the card, how many behind `url`. */
export type KeyHistory = { readonly onCard: number; readonly offCard: number; readonly url?: string }

/** On-card keys fill slots 82 upwards, off-card ones 95 downwards; the URL is there exactly if offCard is above 0. */
export function encodeKeyHistory({ onCard, offCard, url = '' }: KeyHistory): Uint8Array {
  const counts = [onCard, offCard]
  if (!counts.every(count => Number.isInteger(count) && count >= 0) || onCard + offCard > RETIRED_KEYS) {
    throw new RangeError(`key history: there are at most ${RETIRED_KEYS} retired keys`)
  }
  if (offCard > 0 !== url.length > 0) throw new RangeError('key history: off-card certificates and URL go together')
  if (url.length > MAX_URL) throw new RangeError(`key history: the URL is longer than ${MAX_URL}`)
  return concatBytes(
    encodeTlv(ON_CARD, Uint8Array.of(onCard)),
    encodeTlv(OFF_CARD, Uint8Array.of(offCard)),
    encodeTlv(URL_OF_FILE, asciiToBytes(url)),
    encodeTlv(ERROR_DETECTION),
  )
}

export function decodeKeyHistory(value: Uint8Array): KeyHistory {
  const objects = decodeTlvs(value)
  const [onCard] = requireTlv(objects, ON_CARD)
  const [offCard] = requireTlv(objects, OFF_CARD)
  if (onCard === undefined || offCard === undefined || onCard + offCard > RETIRED_KEYS) {
    throw new CardDataError('the key history counts are malformed')
  }
  const url = bytesToAscii(findTlv(objects, URL_OF_FILE) ?? new Uint8Array(0))
  return { onCard, offCard, ...(url ? { url } : {}) }
}
