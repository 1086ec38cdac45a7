import { createHmac, randomBytes } from 'node:crypto'
import { mkdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import type { Keys } from '@cardwright/core'
import pg from 'pg'
import { inject } from 'vitest'
import { sealAuditGenesis } from '../../db/audit/audit-genesis.ts'
import { migrate } from '../../db/migrate.ts'
import { openDatabase } from '../../db/open-database.ts'
import type { Db } from '../../db/schema/index.ts'

/** As pg.Pool takes it. */
export type TestDatabase = { host: string; port: number; user: string; database: string }

/**
 * A running PostgreSQL, for several processes at once, and a folder that lives as long. `connection` is to an empty database and
 * with a role that owns it; the superuser is called postgres.
 */
export type TestCluster = { readonly connection: TestDatabase; readonly folder: string }

declare module 'vitest' {
  export interface ProvidedContext {
    /** The PostgreSQL of all files of the suite `database`. */
    testCluster: TestCluster
  }
}

/** What is made once and then copied. `name` tells it from the others, and is part of a database's name. */
export type Template = {
  readonly name: string
  /** Fills an empty database, and an empty folder with what belongs to it. It must close its connections before it returns. */
  prepare(database: TestDatabase, folder: string): Promise<void>
}

export type TestPostgres = {
  /** A database of its own for one test, a copy of the template's; without one it is empty. */
  createDatabase(template?: Template): Promise<TestDatabase>
  /** Sooner than at the end, where there are many of them. */
  dropDatabase(database: TestDatabase): Promise<void>
  /** What the template's `prepare` left in its folder; to be copied. */
  folderOf(template: Template): Promise<string>
  stop(): Promise<void>
}

const unique = (name: string): string => `${name}_${randomBytes(8).toString('hex')}`

export const useTestCluster = async ({ connection, folder }: TestCluster): Promise<TestPostgres> => {
  const administrator = new pg.Client({ ...connection, user: 'postgres', database: 'postgres' })
  await administrator.connect()
  const copy = async (database: string, source: string) => {
    const { user } = connection
    await administrator.query(`CREATE DATABASE ${database} OWNER ${user} TEMPLATE ${source} STRATEGY FILE_COPY`)
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
      await template.prepare(await copy(draft, connection.database), files)
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
      await copy(database, template?.name ?? connection.database)
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

/** HMAC under a key that every test knows; of the keys port, all that a store needs. */
export const testMacs: Pick<Keys, 'mac'> = {
  mac: async (keyName, data) => Uint8Array.from(createHmac('sha256', `test key ${keyName}`).update(data).digest()),
}

/** A database of this release in which nothing was stored yet, sealed with the keys that tests know. */
export const migrated: Template = {
  name: 'migrated',
  prepare: async database => {
    const db = openDatabase(database, { onConnectionLost: () => {} })
    await migrate(db)
    await sealAuditGenesis(db, testMacs)
    await db.destroy()
  },
}

/** A database for one test; without a template it is empty. Close it with `db.destroy()`, which drops it. */
export const createTestDatabase = async (template: Template | null = migrated): Promise<Db> => {
  const cluster = inject('testCluster')
  if (!cluster) throw new Error('There are databases only for the suite `database`: name the file x.database.test.ts')
  const postgres = await useTestCluster(cluster)
  const db = openDatabase(await postgres.createDatabase(template ?? undefined), { onConnectionLost: () => {} })
  const close = db.destroy.bind(db)
  return Object.assign(db, {
    destroy: async () => {
      await close()
      await postgres.stop()
    },
  })
}
