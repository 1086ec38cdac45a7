import { type Kysely, sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import { toStoreError } from './errors.ts'
import { migrations } from './migrations/index.ts'

export class WrongPostgresError extends Error {
  readonly code = 'WRONG_POSTGRES_VERSION'
  constructor(version: string) {
    super(`The database is PostgreSQL ${version}; Cardwright needs 15 or newer. Upgrade it, or use the embedded one.`)
    this.name = 'WrongPostgresError'
  }
}

/**
 * Brings the database to this release; answers the names of the migrations that ran. Two servers may start at once: Kysely
 * holds an advisory lock and the second finds nothing left to do. All run in one transaction, so a failure changes nothing.
 */
// biome-ignore lint/suspicious/noExplicitAny: a migration sees tables as they were, not as the types of today say.
export const migrate = async (db: Kysely<any>): Promise<readonly string[]> => {
  const { rows } = await sql<{ number: number; version: string }>`
    select current_setting('server_version_num')::int as number, current_setting('server_version') as version`
    .execute(db)
    .catch(error => {
      throw toStoreError(error, 'connecting to the database')
    })
  const [server] = rows
  if (server && server.number < 150_000) throw new WrongPostgresError(server.version)
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
  const { error, results = [] } = await migrator.migrateToLatest()
  if (error) {
    const failed = results.find(r => r.status === 'Error')?.migrationName
    throw toStoreError(error, failed ? `migrating the database, step ${failed}` : 'migrating the database')
  }
  return results.map(r => r.migrationName)
}
