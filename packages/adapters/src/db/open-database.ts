import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { toStoreError } from './errors.ts'
import type { Db, Tables } from './schema/index.ts'
import { valueParsers } from './value-parsers.ts'

export type DatabaseAddress =
  | { readonly connectionString: string }
  | { readonly host: string; readonly port: number; readonly user: string; readonly database: string }

export type DatabaseOptions = {
  /** Hears of connections that broke, maybe twice of one; a broken one is replaced at the next query. */
  readonly onConnectionLost: (error: Error) => void
  readonly connections?: number
}

/** A pool of connections to PostgreSQL 15 or newer. Close it with `db.destroy()`. */
export const openDatabase = (address: DatabaseAddress, options: DatabaseOptions): Db => {
  const pool = new pg.Pool({
    ...address,
    max: options.connections ?? 16,
    connectionTimeoutMillis: 10_000,
    // A client that vanished (a laptop asleep) must not keep the audit head locked.
    idle_in_transaction_session_timeout: 60_000,
    statement_timeout: 120_000,
    application_name: 'cardwright',
    types: {
      getTypeParser: (oid: number, format?: 'text' | 'binary') =>
        (format !== 'binary' && valueParsers[oid]) || pg.types.getTypeParser(oid, format as 'text'),
    },
  })
  // Without handlers node ends the process when a connection breaks: the pool's is for idle ones, the client's for those
  // that are in a transaction but have no query under way.
  pool.on('error', options.onConnectionLost)
  pool.on('connect', client => client.on('error', options.onConnectionLost))
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
}

/** Throws StoreError if the database does not answer. */
export const ping = async (db: Db): Promise<void> => {
  try {
    await sql`select 1`.execute(db)
  } catch (error) {
    throw toStoreError(error, 'asking the database whether it is there')
  }
}
