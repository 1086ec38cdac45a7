import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** A migration that runs these statements in order; one statement a string. */
export const ddl = (...statements: readonly string[]): Migration => ({
  async up(db: Kysely<unknown>) {
    for (const statement of statements) await sql.raw(statement).execute(db)
  },
})
