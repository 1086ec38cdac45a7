import { encodeFascN, NON_FEDERAL_FASC_N } from '@cardwright/card'
import type { Issuance } from './issuance.ts'

/**
 * FASC-N of an organisation outside the federal government: agency 9999, the identity is the GUID (SP 800-73-5
 * part 1 §3.1.2). The credential number tells cards of one person apart for readers that only look here.
 */
export const fascNOf = (issuance: Pick<Issuance, 'credentialNumber'>): Uint8Array =>
  encodeFascN({
    ...NON_FEDERAL_FASC_N,
    credentialNumber: String(issuance.credentialNumber % 1_000_000).padStart(6, '0'),
  })

/** Day in UTC, as the CHUID writes it. */
export const yyyymmdd = (time: number): string => new Date(time).toISOString().slice(0, 10).replaceAll('-', '')

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']

/** Day in UTC, as Printed Information writes it (2030DEC31); the same day as in the CHUID. */
export const yyyymmmdd = (time: number): string => {
  const day = yyyymmdd(time)
  return `${day.slice(0, 4)}${months[Number(day.slice(4, 6)) - 1]}${day.slice(6)}`
}

/** Accents are dropped; a name in another script would lose everything, so `otherwise` stands in for it. */
export const toAscii = (text: string, otherwise: string): string => {
  const ascii = text
    .normalize('NFKD')
    .replace(/[^\x20-\x7e]/g, '')
    .trim()
  return ascii.length * 2 >= text.length ? ascii : otherwise.replace(/[^\x20-\x7e]/g, '')
}

/** RFC 9562 version 4 from 16 random bytes. */
export const randomUuid = (random: (bytes: number) => Uint8Array): string => {
  const bytes = random(16)
  const hex = Array.from(bytes, (byte, i) => {
    const value = i === 6 ? (byte & 0x0f) | 0x40 : i === 8 ? (byte & 0x3f) | 0x80 : byte
    return value.toString(16).padStart(2, '0')
  }).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
