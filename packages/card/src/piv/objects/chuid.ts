import { asciiToBytes, bytesToAscii, concatBytes } from '../../bytes.ts'
import { CardDataError } from '../../errors.ts'
import { decodeTlvs, encodeTlv, findTlv, requireTlv } from '../../tlv/ber-tlv.ts'
import { FASC_N_LENGTH } from './fasc-n.ts'

const FASC_N = 0x30
const GUID = 0x34
const EXPIRY = 0x35
const CARDHOLDER_UUID = 0x36
const ISSUER_SIGNATURE = 0x3e
const ERROR_DETECTION = 0xfe

/** Card Holder Unique Identifier (SP 800-73-5 part 1 §3.1.2, table 12). */
export type Chuid = {
  /** 25 bytes; see encodeFascN. */
  readonly fascN: Uint8Array
  /** The Card UUID, 16 bytes, RFC 4122 version 1, 4 or 5. */
  readonly guid: Uint8Array
  /** YYYYMMDD. */
  readonly expiry: string
  readonly cardholderUuid?: Uint8Array
  /** CMS SignedData over chuidSignedBytes. */
  readonly signature?: Uint8Array
}

/** The object's value; refuses a GUID that is no UUID and an expiry that is no day. */
export function encodeChuid(chuid: Chuid): Uint8Array {
  if (chuid.fascN.length !== FASC_N_LENGTH) throw new RangeError('CHUID: the FASC-N is not 25 bytes')
  if (!isUuid(chuid.guid)) throw new RangeError('CHUID: the GUID is not a UUID of version 1, 4 or 5')
  if (chuid.cardholderUuid && chuid.cardholderUuid.length !== 16)
    throw new RangeError('CHUID: the cardholder UUID is not 16 bytes')
  if (!isDay(chuid.expiry)) throw new RangeError('CHUID: the expiry is not a day written YYYYMMDD')
  return concatBytes(
    encodeTlv(FASC_N, chuid.fascN),
    encodeTlv(GUID, chuid.guid),
    encodeTlv(EXPIRY, asciiToBytes(chuid.expiry)),
    chuid.cardholderUuid ? encodeTlv(CARDHOLDER_UUID, chuid.cardholderUuid) : new Uint8Array(0),
    encodeTlv(ISSUER_SIGNATURE, chuid.signature ?? new Uint8Array(0)),
    encodeTlv(ERROR_DETECTION),
  )
}

/** Reads CHUIDs of older editions too: tags that -5 removed (EE, 32, 33) are passed over. */
export function decodeChuid(value: Uint8Array): Chuid {
  const objects = decodeTlvs(value)
  const fascN = requireTlv(objects, FASC_N)
  const guid = requireTlv(objects, GUID)
  const expiry = bytesToAscii(requireTlv(objects, EXPIRY))
  const cardholderUuid = findTlv(objects, CARDHOLDER_UUID)
  const signature = findTlv(objects, ISSUER_SIGNATURE)
  if (fascN.length !== FASC_N_LENGTH) throw new CardDataError('the FASC-N of the CHUID is not 25 bytes')
  if (guid.length !== 16) throw new CardDataError('the GUID of the CHUID is not 16 bytes')
  if (!isDay(expiry)) throw new CardDataError('the expiry of the CHUID is not a day')
  return {
    fascN,
    guid,
    expiry,
    ...(cardholderUuid?.length === 16 ? { cardholderUuid } : {}),
    ...(signature && signature.length > 0 ? { signature } : {}),
  }
}

/** What the issuer signs: all TLVs of the value but the signature itself, FE included (FIPS 201-3 table B-1). */
export function chuidSignedBytes(value: Uint8Array): Uint8Array {
  const signed = decodeTlvs(value).filter(({ tag }) => tag !== ISSUER_SIGNATURE)
  // Readers take a tag of zero for filler (ISO 7816-4 §5.2.2.1); in what an issuer has signed there is none.
  if (signed.some(({ tag }) => tag === 0)) throw new CardDataError('the CHUID holds a tag of zero')
  return concatBytes(...signed.map(object => encodeTlv(object.tag, object.value)))
}

/** The GUID written as people and SAN URIs write it: 8-4-4-4-12 lower-case digits. */
export function formatUuid(uuid: Uint8Array): string {
  const hex = Array.from(uuid, byte => byte.toString(16).padStart(2, '0')).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

function isUuid(bytes: Uint8Array): boolean {
  const version = (bytes[6] ?? 0) >> 4
  return bytes.length === 16 && [1, 4, 5].includes(version) && (bytes[8] ?? 0) >> 6 === 0b10
}

function isDay(text: string): boolean {
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})$/.exec(text) ?? []
  if (year === undefined) return false
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day)
}
