import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PostgresConnection } from './embedded.ts'
import { startTestPostgres, type TestPostgres } from './testing.ts'

let postgres: TestPostgres

async function run(connection: PostgresConnection, sql: string): Promise<unknown[]> {
  const client = new pg.Client(connection)
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

beforeAll(async () => {
  postgres = await startTestPostgres(async template => {
    await run(template, 'CREATE TABLE prepared AS SELECT 1 AS n')
  })
})

afterAll(() => postgres.stop())

test('each database starts from the template and does not see the others', async () => {
  const one = await postgres.createDatabase()
  const two = await postgres.createDatabase()
  await run(one, 'INSERT INTO prepared VALUES (2)')
  expect(await run(one, 'SELECT n FROM prepared ORDER BY n')).toEqual([{ n: 1 }, { n: 2 }])
  expect(await run(two, 'SELECT n FROM prepared')).toEqual([{ n: 1 }])
})
