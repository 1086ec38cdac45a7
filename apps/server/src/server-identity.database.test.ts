import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '@cardwright/adapters/db'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { claimServerIdentity } from './server-identity.ts'
import { startTestPostgres } from './testing/postgres.ts'

let postgres: Awaited<ReturnType<typeof startTestPostgres>>
let folder: string
let connect: () => ReturnType<typeof openDatabase>
const open: ReturnType<typeof openDatabase>[] = []
beforeAll(async () => {
  postgres = await startTestPostgres()
})
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cardwright-identity-'))
  const address = await postgres.createDatabase()
  connect = () => {
    const db = openDatabase(address, { onConnectionLost: () => {} })
    open.push(db)
    return db
  }
})
afterEach(async () => {
  await Promise.all(open.splice(0).map(db => db.destroy()))
  rmSync(folder, { recursive: true, force: true })
})
afterAll(() => postgres.stop())

test('a server that starts again has its name back', async () => {
  const first = await claimServerIdentity(folder, connect())
  await first.release()
  const second = await claimServerIdentity(folder, connect())
  expect([second.owner, second.isCopy]).toEqual([first.owner, false])
  await second.release()
})

test('a copied data directory gets another name while the original runs, so neither sweeps what the other does', async () => {
  const original = await claimServerIdentity(join(folder, 'a'), connect())
  cpSync(join(folder, 'a'), join(folder, 'b'), { recursive: true })
  const copy = await claimServerIdentity(join(folder, 'b'), connect(), 50)
  expect(copy.isCopy).toBe(true)
  expect(copy.owner).not.toBe(original.owner)
  await original.release()
})

test('the name of a server whose connection ended is free: the next start sweeps at once', async () => {
  const db = connect()
  const killed = await claimServerIdentity(folder, db)
  const other = connect()
  await sql`select pg_terminate_backend(pid) from pg_locks join pg_database on oid = database
    where locktype = 'advisory' and datname = current_database()`.execute(other)
  const next = await claimServerIdentity(folder, other)
  expect([next.owner, next.isCopy]).toEqual([killed.owner, false])
  await killed.release()
  await next.release()
})
