import { CardDataError } from '../../errors.ts'

/**
 * Federal Agency Smart Credential Number: digits as text, of fixed lengths. Agency code 9999 = issued by nobody
 * federal; the card's identity is then its GUID (SP 800-73-5 part 1 §3.1.2, TIG SCEPACS 2.3 §6).
 */
export type FascN = {
  readonly agencyCode: string
  readonly systemCode: string
  readonly credentialNumber: string
  readonly credentialSeries: string
  readonly individualCredentialIssue: string
  readonly personIdentifier: string
  readonly organizationalCategory: string
  readonly organizationalIdentifier: string
  readonly personAssociation: string
}

export const FASC_N_LENGTH = 25

/** FASC-N of a card outside the federal government. */
export const NON_FEDERAL_FASC_N: FascN = {
  agencyCode: '9999',
  systemCode: '9999',
  credentialNumber: '999999',
  credentialSeries: '0',
  individualCredentialIssue: '1',
  personIdentifier: '0000000000',
  organizationalCategory: '3',
  organizationalIdentifier: '0000',
  personAssociation: '1',
}

const START = 0b1011
const FIELD = 0b1101
const END = 0b1111
const CHARACTERS = 40

/** Fields in order; a number is a separator. 38 characters, then END and the LRC. */
const LAYOUT: readonly (number | readonly [field: keyof FascN, digits: number])[] = [
  START,
  ['agencyCode', 4],
  FIELD,
  ['systemCode', 4],
  FIELD,
  ['credentialNumber', 6],
  FIELD,
  ['credentialSeries', 1],
  FIELD,
  ['individualCredentialIssue', 1],
  FIELD,
  ['personIdentifier', 10],
  ['organizationalCategory', 1],
  ['organizationalIdentifier', 4],
  ['personAssociation', 1],
  END,
]

/** 200 bits: each character four data bits, least significant first, and odd parity; the last is the XOR of all others. */
export function encodeFascN(fascN: FascN): Uint8Array {
  const values = LAYOUT.flatMap(part => {
    if (typeof part === 'number') return [part]
    const [field, digits] = part
    const text = fascN[field]
    if (text.length !== digits || !/^[0-9]+$/.test(text))
      throw new RangeError(`FASC-N: ${field} is not ${digits} digits`)
    return Array.from(text, Number)
  })
  const bits = [...values, longitudinalCheck(values)].flatMap(characterBits)
  return Uint8Array.from({ length: FASC_N_LENGTH }, (_, i) =>
    bits.slice(8 * i, 8 * i + 8).reduce((byte, bit) => 2 * byte + bit, 0),
  )
}

/** Throws CardDataError on wrong length, parity, separators or check character. */
export function decodeFascN(bytes: Uint8Array): FascN {
  if (bytes.length !== FASC_N_LENGTH)
    throw new CardDataError(`a FASC-N has ${bytes.length} bytes, not ${FASC_N_LENGTH}`)
  const bits = Array.from(bytes).flatMap(byte => Array.from({ length: 8 }, (_, i) => (byte >> (7 - i)) & 1))
  const values = Array.from({ length: CHARACTERS }, (_, i) => characterValue(bits.slice(5 * i, 5 * i + 5)))
  if (values[CHARACTERS - 1] !== longitudinalCheck(values.slice(0, -1))) {
    throw new CardDataError('the check character of a FASC-N is wrong')
  }
  const fields: Partial<Record<keyof FascN, string>> = {}
  let position = 0
  for (const part of LAYOUT) {
    if (typeof part === 'number') {
      if (values[position++] !== part) throw new CardDataError('a separator of a FASC-N is missing')
    } else {
      const [field, digits] = part
      const numbers = values.slice(position, position + digits)
      if (numbers.some(number => number > 9)) throw new CardDataError(`FASC-N: ${field} is not a number`)
      fields[field] = numbers.join('')
      position += digits
    }
  }
  return fields as FascN
}

function longitudinalCheck(values: readonly number[]): number {
  return values.reduce((check, value) => check ^ value, 0)
}

function characterBits(value: number): readonly number[] {
  const data = [value & 1, (value >> 1) & 1, (value >> 2) & 1, (value >> 3) & 1]
  return [...data, oddParity(data)]
}

function characterValue(bits: readonly number[]): number {
  const data = bits.slice(0, 4)
  if (bits[4] !== oddParity(data)) throw new CardDataError('the parity of a FASC-N is wrong')
  return data.reduce((value, bit, i) => value | (bit << i), 0)
}

function oddParity(data: readonly number[]): number {
  return 1 - (data.reduce((sum, bit) => sum + bit, 0) % 2)
}
