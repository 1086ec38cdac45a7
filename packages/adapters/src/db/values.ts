import { type RawBuilder, sql } from 'kysely'

/** What goes into the database: the drivers differ in how they write dates and arrays, text is the same for both. */
export const time = (ms: number): string => new Date(ms).toISOString()
/** A time to compare a column with; Kysely types those by what is read. */
export const timeValue = (ms: number): RawBuilder<number> => sql<number>`${time(ms)}::timestamptz`
export const timeOrNull = (ms: number | null): string | null => (ms === null ? null : time(ms))
export const json = (value: unknown): string => JSON.stringify(value)
export const jsonOrNull = (value: unknown): string | null => (value === null ? null : JSON.stringify(value))

/** Bytes inside jsonb. */
export const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
export const fromBase64 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'base64'))
