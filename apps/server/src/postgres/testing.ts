import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { ROLE } from './cluster.ts'
import { type PostgresConnection, startEmbeddedPostgres } from './embedded.ts'
import { VOLATILE } from './settings.ts'

export type TestPostgres = {
  /** A database of its own for one test, a copy of the template. */
  createDatabase(): Promise<PostgresConnection>
  stop(): Promise<void>
}

/**
 * A real PostgreSQL in a temporary directory, for one test file. `prepare` fills the template once (migrations, say); it must close
 * its connections before it returns, since a database in use cannot be copied.
 */
export async function startTestPostgres(
  prepare?: (template: PostgresConnection) => Promise<void>,
): Promise<TestPostgres> {
  const dataDir = mkdtempSync(join(tmpdir(), 'cardwright-test-'))
  const silent = { info: () => {}, warn: () => {} }
  const postgres = await startEmbeddedPostgres({ dataDir, log: silent, settings: VOLATILE, durable: false })
  const administrator = new pg.Client({ ...postgres.connection, user: 'postgres', database: 'postgres' })
  // `stop` cuts this connection too.
  administrator.on('error', () => {})
  await administrator.connect()
  await prepare?.(postgres.connection)
  let databases = 0
  return {
    createDatabase: async () => {
      databases += 1
      const database = `test_${databases}`
      await administrator.query(`CREATE DATABASE ${database} OWNER ${ROLE} TEMPLATE ${ROLE}`)
      return { ...postgres.connection, database }
    },
    stop: async () => {
      await administrator.end()
      await postgres.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
