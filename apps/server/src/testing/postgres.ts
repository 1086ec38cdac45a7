import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'
import { ROLE } from '../postgres/cluster.ts'
import { type PostgresConnection, startEmbeddedPostgres } from '../postgres/embedded.ts'
import { VOLATILE } from '../postgres/settings.ts'

/** A running PostgreSQL, for several processes at once, and a folder that lives as long. */
export type TestCluster = { readonly connection: PostgresConnection; readonly folder: string }

/** What is made once and then copied. `name` tells it from the others, and is part of a database's name. */
export type Template = {
  readonly name: string
  /** Fills an empty database, and an empty folder with what belongs to it. It must close its connections before it returns. */
  prepare(database: PostgresConnection, folder: string): Promise<void>
}

export type TestPostgres = {
  /** A database of its own for one test, a copy of the template's; without one it is empty. */
  createDatabase(template?: Template): Promise<PostgresConnection>
  /** Sooner than at the end, where there are many of them. */
  dropDatabase(database: PostgresConnection): Promise<void>
  /** What the template's `prepare` left in its folder; to be copied. */
  folderOf(template: Template): Promise<string>
  stop(): Promise<void>
}

// A server holds up to 16 connections, and there is a worker on each core. Databases are often kept in memory, WAL is not needed.
const SETTINGS = { ...VOLATILE, max_connections: '500', max_wal_size: '64MB', min_wal_size: '32MB' }

/** A real PostgreSQL in a temporary directory. */
export const startTestCluster = async (): Promise<TestCluster & { stop(): Promise<void> }> => {
  const folder = mkdtempSync(join(tmpdir(), 'cardwright-test-'))
  const silent = { info: () => {}, warn: () => {} }
  const { connection, stop } = await startEmbeddedPostgres({
    dataDir: folder,
    log: silent,
    settings: SETTINGS,
    durable: false,
  })
  // A socket in a deep directory is reached through a handle of this process.
  const host = connection.host.replace('/proc/self/', `/proc/${process.pid}/`)
  return {
    connection: { ...connection, host },
    folder,
    stop: async () => {
      await stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The suite's PostgreSQL, or one of its own where the suite has none. */
export const startTestPostgres = async (): Promise<TestPostgres> => {
  const shared = inject('testCluster')
  return shared ? useTestCluster(shared) : startOwnPostgres()
}

/** For those who are no part of a suite. */
export const startOwnPostgres = async (): Promise<TestPostgres> => {
  const cluster = await startTestCluster()
  const postgres = await useTestCluster(cluster)
  return {
    ...postgres,
    stop: async () => {
      await postgres.stop()
      await cluster.stop()
    },
  }
}

const unique = (name: string): string => `${name}_${randomBytes(8).toString('hex')}`

const useTestCluster = async ({ connection, folder }: TestCluster): Promise<TestPostgres> => {
  const administrator = new pg.Client({ ...connection, user: 'postgres', database: 'postgres' })
  await administrator.connect()
  const copy = async (database: string, source: string) => {
    await administrator.query(`CREATE DATABASE ${database} OWNER ${ROLE} TEMPLATE ${source} STRATEGY FILE_COPY`)
    return { ...connection, database }
  }
  const folderOf = ({ name }: Template) => join(folder, 'templates', name)

  const made = new Map<string, Promise<void>>()
  const make = async (template: Template): Promise<void> => {
    const { name } = template
    // Whoever comes first makes it, the others wait.
    await administrator.query('SELECT pg_advisory_lock(hashtext($1))', [name])
    try {
      const { rowCount } = await administrator.query('SELECT FROM pg_database WHERE datname = $1', [name])
      if (rowCount) return
      const draft = unique(name)
      const files = folderOf({ ...template, name: draft })
      mkdirSync(files, { recursive: true, mode: 0o700 })
      await template.prepare(await copy(draft, ROLE), files)
      renameSync(files, folderOf(template))
      await administrator.query(`ALTER DATABASE ${draft} RENAME TO ${name}`)
    } finally {
      await administrator.query('SELECT pg_advisory_unlock(hashtext($1))', [name])
    }
  }
  const ensure = (template: Template): Promise<void> => {
    const running = made.get(template.name) ?? make(template)
    made.set(template.name, running)
    return running
  }

  const databases = new Set<string>()
  const drop = async (database: string): Promise<void> => {
    await administrator.query(`DROP DATABASE ${database} WITH (FORCE)`)
    databases.delete(database)
  }
  return {
    createDatabase: async template => {
      if (template) await ensure(template)
      const database = unique('test')
      await copy(database, template?.name ?? ROLE)
      databases.add(database)
      return { ...connection, database }
    },
    dropDatabase: ({ database }) => drop(database),
    folderOf: async template => {
      await ensure(template)
      return folderOf(template)
    },
    stop: async () => {
      for (const database of databases) await drop(database)
      await administrator.end()
    },
  }
}
