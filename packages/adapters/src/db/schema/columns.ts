import type { ColumnType, Generated } from 'kysely'

/** Read as milliseconds since 1970, written as ISO 8601 text. */
export type Time = ColumnType<number, string, string>
export type TimeOrNull = ColumnType<number | null, string | null, string | null>
/** Read as the value, written as JSON text. */
export type Json<T> = ColumnType<T, string, string>
export type JsonOrNull<T> = ColumnType<T | null, string | null, string | null>
/** Made by the database from other columns. */
export type Derived<T> = ColumnType<T, never, never>
export type { Generated }
