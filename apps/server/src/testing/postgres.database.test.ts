import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Template, TestPostgres } from '@cardwright/adapters/testing'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PostgresConnection } from '../postgres/embedded.ts'
import { startOwnPostgres, startTestPostgres } from './postgres.ts'

let postgres: TestPostgres
/** As another worker has it: of the same PostgreSQL. */
let other: TestPostgres

async function run(connection: PostgresConnection, sql: string): Promise<unknown[]> {
  const client = new pg.Client(connection)
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

const counted = { made: 0 }
const template: Template = {
  name: 'testing_prepared',
  prepare: async (database, folder) => {
    counted.made += 1
    writeFileSync(join(folder, 'left'), 'behind')
    await run(database, 'CREATE TABLE prepared AS SELECT 1 AS n')
  },
}

beforeAll(async () => {
  ;[postgres, other] = await Promise.all([startTestPostgres(), startTestPostgres()])
})
afterAll(async () => {
  await postgres.stop()
  await other.stop()
})

test('a template is made once, however many want it at once; each database starts from it and does not see the others', async () => {
  const [one, two, three] = await Promise.all([postgres, postgres, other].map(from => from.createDatabase(template)))
  if (!one || !two || !three) throw new Error('There is no database')
  expect(counted.made).toBe(1)
  expect(new Set([one, two, three].map(({ database }) => database)).size).toBe(3)
  await run(one, 'INSERT INTO prepared VALUES (2)')
  expect(await run(one, 'SELECT n FROM prepared ORDER BY n')).toEqual([{ n: 1 }, { n: 2 }])
  for (const unchanged of [two, three]) expect(await run(unchanged, 'SELECT n FROM prepared')).toEqual([{ n: 1 }])
  for (const from of [postgres, other]) expect(readdirSync(await from.folderOf(template))).toEqual(['left'])
})

test('without a template a database is empty', async () => {
  const tables = `SELECT FROM pg_tables WHERE schemaname = 'public'`
  expect(await run(await postgres.createDatabase(), tables)).toEqual([])
})

test('a database that was dropped is gone, also while somebody is connected', async () => {
  const database = await postgres.createDatabase()
  const client = new pg.Client(database)
  // Told twice: by the server, and by the socket that it closes.
  const cut = new Promise(resolve => client.on('error', resolve))
  await client.connect()
  await postgres.dropDatabase(database)
  await cut
  await expect(run(database, 'SELECT')).rejects.toMatchObject({ code: '3D000' })
})

test('what could not be made is not taken for made', async () => {
  const failing: Template = { name: 'testing_failing', prepare: () => Promise.reject(new Error('no')) }
  await expect(postgres.createDatabase(failing)).rejects.toThrow('no')
  const mended: Template = { ...failing, prepare: database => run(database, 'CREATE TABLE mended ()').then(() => {}) }
  expect(await run(await other.createDatabase(mended), 'SELECT FROM mended')).toEqual([])
})

test('one of its own leaves nothing behind', async () => {
  const own = await startOwnPostgres()
  const { host } = await own.createDatabase()
  expect(existsSync(host)).toBe(true)
  await own.stop()
  expect(existsSync(host)).toBe(false)
})
