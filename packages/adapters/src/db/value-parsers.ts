/**
 * By type OID. pg answers bigint as a string; a count of ours never passes 2^53, and a silent rounding is refused. Times are
 * milliseconds since 1970, bytes plain Uint8Array.
 */
export const valueParsers: Readonly<Record<number, (text: string) => unknown>> = {
  17: text => parseBytes(text),
  20: text => parseInteger(text),
  1184: text => parseTime(text),
}

const parseInteger = (text: string): number => {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError('A bigint from the database is beyond 2^53')
  return value
}

/** `2026-11-21 02:50:59.123+00` in any session time zone (PostgreSQL §8.5.2, ISO style). */
const parseTime = (text: string): number => {
  const value = Date.parse(text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00'))
  if (Number.isNaN(value)) throw new RangeError('A time from the database cannot be read')
  return value
}

/** Hex output format, the default since PostgreSQL 9.0. */
const parseBytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.slice(2), 'hex'))
