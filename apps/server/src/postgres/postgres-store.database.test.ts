import {
  createAuthorityStore,
  createDatabase,
  createLayout,
  createPostgresStore,
  type Db,
  layoutVersions,
  migrate,
  openDatabase,
  publishLayout,
  verifyAudit,
} from '@cardwright/adapters/db'
import {
  migrated,
  postgresHarness,
  sample,
  storeContract,
  type TestPostgres,
  testMacs,
} from '@cardwright/adapters/testing'
import { authorityStoreContract } from '@cardwright/adapters/testing/ca'
import type { Store } from '@cardwright/core'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestPostgres } from '../testing/postgres.ts'
import type { PostgresConnection } from './embedded.ts'

let postgres: TestPostgres

const connect = (address: PostgresConnection) =>
  openDatabase(address, {
    // One of the tests cuts its own.
    onConnectionLost: () => {},
  })

beforeAll(async () => {
  postgres = await startTestPostgres()
})
afterAll(() => postgres.stop())

storeContract('PostgreSQL', async () => {
  const address = await postgres.createDatabase(migrated)
  const [one, two] = [connect(address), connect(address)]
  return postgresHarness(createDatabase(one, testMacs), createDatabase(two, testMacs), async () => {
    await one.destroy()
    await two.destroy()
    await postgres.dropDatabase(address)
  })
})

describe('authorities', () => {
  let authorities: Db
  let made = 0
  beforeAll(async () => {
    authorities = connect(await postgres.createDatabase(migrated))
  })
  afterAll(() => authorities.destroy())
  authorityStoreContract('PostgreSQL', async () => {
    made += 1
    return createAuthorityStore(authorities, `authority-${made}`)
  })
})

test('a database that is up to date is left alone', async () => {
  const db = connect(await postgres.createDatabase(migrated))
  expect(await migrate(db)).toEqual([])
  await db.destroy()
})

test('two servers that start at once migrate once', async () => {
  const address = await postgres.createDatabase()
  const [one, two] = [connect(address), connect(address)]
  const ran = await Promise.all([migrate(one), migrate(two)])
  expect(ran.map(names => names.length > 0).sort()).toEqual([false, true])
  await one.destroy()
  await two.destroy()
})

test('a connection that the database cuts in the middle is STORE_UNAVAILABLE, nothing was stored, and the next one works', async () => {
  const db = connect(await postgres.createDatabase(migrated))
  const database = createDatabase(db, testMacs)
  const store = createPostgresStore(database)
  const device = sample.aDevice()
  const cut = database.transaction(async ({ trx }) => {
    await trx.insertInto('installation').values({ key: 'organisation', value: '"Cut off"' }).execute()
    await sql`select pg_terminate_backend(pg_backend_pid())`.execute(trx)
  })
  await expect(cut).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
  expect(await store.transaction(tx => tx.settings.organisation())).toBe('')
  expect(await store.transaction(tx => tx.devices.save(device))).toEqual({ ...device, version: 1 })
  await db.destroy()
})

test('64 transactions over two servers that all change one device and record it: each happens once', async () => {
  const address = await postgres.createDatabase(migrated)
  const [one, two] = [connect(address), connect(address)]
  const [here, there] = [one, two].map(db => createPostgresStore(createDatabase(db, testMacs)))
  if (!here || !there) throw new Error('There is no store')
  const device = sample.aDevice()
  await here.transaction(tx => tx.devices.save(device))
  const raise = (store: Store, name: string) =>
    store.transaction(async tx => {
      const seen = await tx.devices.get(device.id)
      if (!seen) throw new Error('The device is gone')
      await tx.audit(sample.aFact({ action: name }))
      if (!(await tx.devices.save({ ...seen, keyVersion: seen.keyVersion + 1 })))
        throw new Error('A stale read was saved')
    })
  await Promise.all(Array.from({ length: 64 }, (_, i) => raise(i % 2 ? here : there, `raise-${i}`)))
  expect(await here.transaction(tx => tx.devices.get(device.id))).toMatchObject({ keyVersion: 64, version: 65 })
  expect(await verifyAudit(one, testMacs)).toEqual({ intact: true, records: 64, firstBroken: null, finding: null })
  await one.destroy()
  await two.destroy()
})

test('P-8: of two who publish a layout over two servers at once, one is told of the other, and there is one new version', async () => {
  const address = await postgres.createDatabase(migrated)
  const [one, two] = [connect(address), connect(address)]
  const by = (label: string) => ({ actor: { kind: 'operator', id: label, label }, at: 0 }) as const
  const { content } = sample.aLayout()
  const made = await createLayout(createDatabase(one, testMacs), { content, note: '' }, by('Root'))
  if (!made.ok) throw new Error(made.code)
  const publish = (db: Db, label: string) =>
    publishLayout(
      createDatabase(db, testMacs),
      made.value.id,
      { version: 1, content, note: '', retired: false },
      by(label),
    )
  const outcomes = await Promise.all([publish(one, 'Ada'), publish(two, 'Grace')])
  const [won, lost] = outcomes.toSorted((a, b) => Number(b.ok) - Number(a.ok))
  expect(won).toMatchObject({ ok: true, value: { version: 2 } })
  const winner = won?.ok ? won.value.publishedBy : ''
  expect(lost).toMatchObject({ ok: false, code: 'VERSION_CONFLICT', params: { by: winner } })
  expect(await layoutVersions(one, 'ALL', made.value.id)).toHaveLength(2)
  await one.destroy()
  await two.destroy()
})

test('under lasting load nobody is left behind: newcomers cannot overtake who has lost once', async () => {
  const address = await postgres.createDatabase(migrated)
  const [one, two] = [connect(address), connect(address)]
  const [here, there] = [one, two].map(db => createPostgresStore(createDatabase(db, testMacs)))
  if (!here || !there) throw new Error('There is no store')
  const worker = async (store: Store) => {
    for (let i = 0; i < 40; i++) await store.transaction(tx => tx.audit(sample.aFact()))
  }
  await Promise.all(Array.from({ length: 16 }, (_, i) => worker(i % 2 ? here : there)))
  expect(await verifyAudit(one, testMacs)).toMatchObject({ intact: true, records: 640 })
  await one.destroy()
  await two.destroy()
})
