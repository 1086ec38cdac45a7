import { asciiToBytes, bytesToAscii, concatBytes } from '../../bytes.ts'
import { CardDataError } from '../../errors.ts'
import { decodeTlvs, encodeTlv, findTlv } from '../../tlv/ber-tlv.ts'

/** Printed information (SP 800-73-5 part 1 table 16): ASCII, lengths in characters below. */
export type PrintedInformation = {
  readonly name: string
  readonly employeeAffiliation: string
  /** YYYYMMMDD, e.g. 2030DEC31; the same day as in the CHUID. */
  readonly expiry: string
  readonly agencyCardSerialNumber: string
  readonly issuerIdentification: string
  readonly organizationLine1?: string
  readonly organizationLine2?: string
}

const FIELDS: readonly (readonly [field: keyof PrintedInformation, tag: number, maxLength: number])[] = [
  ['name', 0x01, 125],
  ['employeeAffiliation', 0x02, 20],
  ['expiry', 0x04, 9],
  ['agencyCardSerialNumber', 0x05, 20],
  ['issuerIdentification', 0x06, 15],
  ['organizationLine1', 0x07, 20],
  ['organizationLine2', 0x08, 20],
]
const ERROR_DETECTION = 0xfe
/** Tag under which Yubico's tools keep a PIN-protected administration key in this very object. */
const PIVMAN_PROTECTED_DATA = 0x88
const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']

/** Refuses text that is not ASCII or too long: shorten it with toPrintedText first. */
export function encodePrintedInformation(information: PrintedInformation): Uint8Array {
  const parts = FIELDS.flatMap(([field, tag, maxLength]) => {
    const text = information[field]
    if (text === undefined) return []
    if (text.length > maxLength) throw new RangeError(`printed information: ${field} is longer than ${maxLength}`)
    return [encodeTlv(tag, asciiToBytes(text))]
  })
  return concatBytes(...parts, encodeTlv(ERROR_DETECTION))
}

export function decodePrintedInformation(value: Uint8Array): PrintedInformation {
  const objects = decodeTlvs(value)
  if (findTlv(objects, PIVMAN_PROTECTED_DATA)) {
    throw new CardDataError('the printed information object holds an administration key protected by Yubico’s tools')
  }
  const read = (tag: number) => bytesToAscii(findTlv(objects, tag) ?? new Uint8Array(0))
  const [organizationLine1, organizationLine2] = [read(0x07), read(0x08)]
  return {
    name: read(0x01),
    employeeAffiliation: read(0x02),
    expiry: read(0x04),
    agencyCardSerialNumber: read(0x05),
    issuerIdentification: read(0x06),
    ...(organizationLine1 ? { organizationLine1 } : {}),
    ...(organizationLine2 ? { organizationLine2 } : {}),
  }
}

/** A text as the object can hold it: marks taken off letters, other characters as `?`, cut to the field's length. */
export function toPrintedText(text: string, field: keyof PrintedInformation): string {
  const maxLength = FIELDS.find(([name]) => name === field)?.[2] ?? 0
  const ascii = text
    .replaceAll('ß', 'ss')
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .replace(/[^\x20-\x7e]/gu, '?')
  return ascii.slice(0, maxLength)
}

/** YYYYMMDD of the CHUID as YYYYMMMDD. */
export function toPrintedDate(day: string): string {
  const month = MONTHS[Number(day.slice(4, 6)) - 1]
  if (!/^\d{8}$/.test(day) || !month) throw new RangeError('a day must be written YYYYMMDD')
  return `${day.slice(0, 4)}${month}${day.slice(6)}`
}
