import {
  createDatabase,
  type Db,
  knownUsers,
  listAudit,
  listDirectoryRuns,
  openDatabase,
  putDirectorySettings,
} from '@cardwright/adapters/db'
import { migrated, testMacs } from '@cardwright/adapters/testing'
import { createMemoryDirectory, type MemoryDirectory, memoryUser } from '@cardwright/adapters/testing/directory'
import { type Actor, type Directory, type DirectorySettings, directoryPresets } from '@cardwright/core'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { startTestPostgres } from '../testing/postgres.ts'
import { createDirectorySync } from './sync.ts'

let postgres: Awaited<ReturnType<typeof startTestPostgres>>
let db: Db
let directory: MemoryDirectory
let now = Date.UTC(2026, 0, 1)
beforeAll(async () => {
  postgres = await startTestPostgres()
}, 60_000)
afterAll(() => postgres.stop())
beforeEach(async () => {
  db = openDatabase(await postgres.createDatabase(migrated), { onConnectionLost: () => undefined })
  directory = createMemoryDirectory(100)
})
afterEach(() => db.destroy())

const operator: Actor = { kind: 'operator', id: 'id-root', label: 'Root' }
const configure = async (change: Partial<DirectorySettings> = {}, version = 1) => {
  const settings: DirectorySettings = {
    urls: ['ldaps://directory.example.org'],
    tls: 'LDAPS',
    caCertificates: '',
    bindDn: 'cn=cardwright',
    userBase: 'dc=example',
    groupBase: 'dc=example',
    ...directoryPresets.rfc2307,
    pageSize: 100,
    groups: [],
    syncIntervalMinutes: 60,
    disableLimitPercent: 20,
    publishProfiles: [],
    ...change,
  }
  const input = { version, settings, sealedPassword: Uint8Array.of(1) }
  await putDirectorySettings(createDatabase(db, testMacs), input, { actor: operator, at: now })
}
/** One server; several of them share the database and nothing else. */
const server = (current: () => Directory = () => directory) =>
  createDirectorySync({
    database: createDatabase(db, testMacs),
    currentDirectory: async () => current(),
    clock: () => now++,
    log: pino({ level: 'silent' }),
  })
const byHand = (confirmed = false) => ({ confirmed, scheduled: false })
const runs = async () => (await listDirectoryRuns(db, { limit: 50 })).rows
const people = (count: number) => Array.from({ length: count }, (_, i) => memoryUser(`user${i}`))
const put = (users: ReturnType<typeof people>) => {
  directory.entries.splice(0, Infinity, ...users.map(user => ({ user, password: '' })))
}

test('more people than go into one transaction are all imported, once, each in the audit', async () => {
  await configure()
  put(people(250))
  const run = await (await server().begin(operator, byHand())).finished
  expect(run).toMatchObject({ outcome: 'DONE', counts: { created: 250, skipped: 0 } })
  expect(await knownUsers(db)).toHaveLength(250)
  expect((await listAudit(db, { scope: 'ALL', operatorId: 'o' }, { limit: 10, action: 'user.imported' })).total).toBe(
    250,
  )
  const [newest] = (await listAudit(db, { scope: 'ALL', operatorId: 'o' }, { limit: 1 })).rows
  expect(newest).toMatchObject({ action: 'directory.synced', actor: 'Root', details: { created: 250 } })
  expect((await (await server().begin(operator, byHand())).finished).counts).toMatchObject({
    created: 0,
    unchanged: 250,
  })
})

test('two servers never sync at once, and the second says so', async () => {
  await configure()
  let letGo: () => void = () => {}
  const held = new Promise<void>(resolve => {
    letGo = resolve
  })
  const slow: Directory = {
    ...directory,
    async *users() {
      await held
      yield* directory.users()
    },
  }
  const first = await server(() => slow).begin(operator, byHand())
  await expect(server().begin(operator, byHand())).rejects.toMatchObject({ code: 'DIRECTORY_SYNC_RUNNING' })
  letGo()
  expect(await first.finished).toMatchObject({ outcome: 'DONE' })
  await (await server().begin(operator, byHand())).finished
  expect((await runs()).map(run => run.outcome)).toEqual(['DONE', 'DONE'])
})

test('a scheduled sync runs when it is due, on one server only, as the system', async () => {
  await configure()
  put(people(3))
  const [one, other] = [server(), server()]
  await Promise.all([one.runIfDue(), other.runIfDue()])
  expect(await runs()).toMatchObject([{ outcome: 'DONE', scheduled: true, startedBy: 'Directory sync' }])
  now += 59 * 60_000
  await other.runIfDue()
  expect(await runs()).toHaveLength(1)
  now += 60_000
  await other.runIfDue()
  expect(await runs()).toHaveLength(2)
})

test('interval 0 = only when somebody starts it', async () => {
  await configure({ syncIntervalMinutes: 0 })
  await server().runIfDue()
  expect(await runs()).toEqual([])
})

test('a schedule never disables more than the limit, and goes on asking', async () => {
  await configure()
  const all = people(10)
  put(all)
  await server().runIfDue()
  put(all.slice(3))
  now += 60 * 60_000
  await server().runIfDue()
  expect((await runs())[0]).toMatchObject({ outcome: 'CONFIRMATION_NEEDED', counts: { disabled: 3, unchanged: 7 } })
  expect((await knownUsers(db)).filter(user => user.status === 'DISABLED')).toEqual([])
})

test('a listing that breaks off in its middle changes nobody', async () => {
  await configure()
  const all = people(200)
  put(all)
  await (await server().begin(operator, byHand())).finished
  const broken: Directory = {
    ...directory,
    async *users() {
      yield all.slice(0, 190)
      directory.setReachable(false)
      await directory.check()
    },
  }
  const { finished } = await server(() => broken).begin(operator, byHand(true))
  await expect(finished).rejects.toMatchObject({ code: 'DIRECTORY_UNREACHABLE' })
  expect((await runs())[0]).toMatchObject({ outcome: 'FAILED', error: 'DIRECTORY_UNREACHABLE' })
  expect((await knownUsers(db)).every(user => user.status === 'ACTIVE')).toBe(true)
})

test('a run that its server did not survive is closed by the next one', async () => {
  await configure()
  await db
    .insertInto('directory_runs')
    .values({
      id: '00000000-0000-7000-8000-000000000001',
      started_at: new Date(now++).toISOString(),
      ended_at: null,
      started_by: 'Root',
      started_by_id: 'id-root',
      scheduled: false,
      outcome: 'RUNNING',
      error: null,
      counts: null,
    })
    .execute()
  await (await server().begin(operator, byHand())).finished
  expect((await runs()).map(({ outcome, error }) => [outcome, error])).toEqual([
    ['DONE', null],
    ['FAILED', 'SERVER_INTERRUPTED'],
  ])
})
