import { ascii } from '../bytes.ts'
import { malformed, PkiError } from '../pki-error.ts'
import { TAG } from './tag.ts'
import { tlv } from './write.ts'

const two = (value: number) => (value < 10 ? `0${value}` : `${value}`)

function fields(date: Date): string {
  return `${two(date.getUTCMonth() + 1)}${two(date.getUTCDate())}${two(date.getUTCHours())}${two(date.getUTCMinutes())}${two(date.getUTCSeconds())}Z`
}

function yearOf(date: Date): number {
  const year = date.getUTCFullYear()
  if (!(year >= 1950 && year <= 9999))
    throw new PkiError('value-invalid', 'Date is not between the years 1950 and 9999')
  return year
}

/** GeneralizedTime in seconds, UTC, without fraction (RFC 5280 §4.1.2.5.2; OCSP uses only this form). */
export const generalizedTime = (date: Date) => tlv(TAG.generalizedTime, ascii(`${yearOf(date)}${fields(date)}`))

/** Time of certificates and CRLs: UTCTime through 2049, GeneralizedTime from 2050 (RFC 5280 §4.1.2.5). */
export function time(date: Date): Uint8Array {
  const year = yearOf(date)
  return year < 2050 ? tlv(TAG.utcTime, ascii(`${two(year % 100)}${fields(date)}`)) : generalizedTime(date)
}

const PATTERN = /^(\d{2}|\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/

/** Reads UTCTime or GeneralizedTime in the one form that DER and RFC 5280 leave open; a day that does not exist is refused. */
export function decodeTime(tag: number, contents: Uint8Array): Date {
  const isUtc = tag === TAG.utcTime
  if ((!isUtc && tag !== TAG.generalizedTime) || contents.length !== (isUtc ? 13 : 15)) throw malformed('Not a time')
  const match = PATTERN.exec(String.fromCharCode(...contents))
  if (!match) throw malformed('Time is not in the form of RFC 5280 §4.1.2.5')
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number)
  const fullYear = isUtc ? (year < 50 ? 2000 + year : 1900 + year) : year
  const date = new Date(0)
  date.setUTCFullYear(fullYear, month - 1, day)
  date.setUTCHours(hour, minute, second)
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day || hour > 23 || minute > 59 || second > 59) {
    throw malformed('Time names a moment that does not exist')
  }
  return date
}
