import { concatBytes, hexToBytes } from '../../bytes.ts'
import { CardDataError } from '../../errors.ts'
import { decodeTlvs, encodeTlv, findTlv } from '../../tlv/ber-tlv.ts'

const CARD_IDENTIFIER = 0xf0
const DATA_MODEL = 0xf5

/** GSC-RID, manufacturer FF, type 02 (Java Card): the head of a card identifier (SP 800-73-5 part 1 §3.1.1, GSC-IS 2.1). */
const IDENTIFIER_HEAD = hexToBytes('A000000116FF02')
export const UNIQUE_PART_LENGTH = 14

export type CardCapabilityContainer = {
  /** F0 as it is: 0 or 21 bytes. */
  readonly cardIdentifier: Uint8Array
  /** 10 = PIV. */
  readonly dataModel: number
}

/**
 * The object's value (SP 800-73-5 part 1 table 9). `uniquePart` is 14 random bytes: two cards with the same identifier
 * are one to some middleware. The other elements say that there is nothing else.
 */
export function encodeCardCapabilityContainer(uniquePart: Uint8Array): Uint8Array {
  if (uniquePart.length !== UNIQUE_PART_LENGTH)
    throw new RangeError(`CCC: the unique part is not ${UNIQUE_PART_LENGTH} bytes`)
  const empty = [0xf6, 0xf7, 0xfa, 0xfb, 0xfc, 0xfd, 0xfe].map(tag => encodeTlv(tag))
  return concatBytes(
    encodeTlv(CARD_IDENTIFIER, IDENTIFIER_HEAD, uniquePart),
    encodeTlv(0xf1, Uint8Array.of(0x21)),
    encodeTlv(0xf2, Uint8Array.of(0x21)),
    encodeTlv(0xf3),
    encodeTlv(0xf4, Uint8Array.of(0x00)),
    encodeTlv(DATA_MODEL, Uint8Array.of(0x10)),
    ...empty,
  )
}

export function decodeCardCapabilityContainer(value: Uint8Array): CardCapabilityContainer {
  const objects = decodeTlvs(value)
  const [dataModel] = findTlv(objects, DATA_MODEL) ?? []
  if (dataModel === undefined) throw new CardDataError('the CCC names no data model')
  return { cardIdentifier: findTlv(objects, CARD_IDENTIFIER) ?? new Uint8Array(0), dataModel }
}
