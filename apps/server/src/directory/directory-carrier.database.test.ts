import { applySyncSteps, type Database, type Db, knownUsers } from '@cardwright/adapters/db'
import { sample } from '@cardwright/adapters/testing'
import { createMemoryDirectory, type MemoryDirectory, memoryUser } from '@cardwright/adapters/testing/directory'
import type { Actor, Credential, DirectoryMessage, Store } from '@cardwright/core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openOutbox, type TestOutbox } from '../jobs/outbox.fixture.ts'
import type { OutboxWorker } from '../jobs/outbox-worker.ts'
import { directoryCarrier } from './directory-carrier.ts'

const actor: Actor = { kind: 'operator', id: 'op-1', label: 'Olga Officer' }
const person = memoryUser('ada')

let outbox: TestOutbox
let db: Db
let database: Database
let store: Store
let directory: MemoryDirectory
let configured: boolean
let worker: OutboxWorker
let now: number
let userId: string
let credential: Credential

beforeEach(async () => {
  now = sample.aTime
  configured = true
  outbox = await openOutbox(() => now)
  ;({ db, database, store } = outbox)
  directory = createMemoryDirectory()
  directory.entries.push({ user: person, password: '' })
  const { loginName: _, displayName: __, id: directoryId, dn, disabled: ___, ...rest } = person
  const fields = { ...rest, loginName: 'ada', displayName: 'Ada' }
  await applySyncSteps(database, [{ kind: 'create', user: { directoryId, dn, fields } }], { actor, at: now })
  userId = (await knownUsers(db))[0]?.id ?? ''
  const device = sample.aDevice({ state: 'ISSUED', reason: 'NONE', userId })
  const issuance = sample.anIssuance(device.id, { userId })
  credential = sample.aCredential(device.id, issuance.id, { state: 'ISSUED', revocationReason: null })
  await store.transaction(async tx => {
    await tx.devices.save({ ...device, version: 0 })
    await tx.issuances.save({ ...issuance, version: 0 })
    await tx.credentials.save({ ...credential, version: 0 })
  })
  credential = { ...credential, version: 1 }
  worker = outbox.start(
    directoryCarrier({ db, currentDirectory: async () => (configured ? directory : null), log: outbox.log }),
  )
})
afterEach(() => outbox.close())

const put = (...kinds: DirectoryMessage['kind'][]) =>
  store.transaction(async tx => {
    for (const kind of kinds) await tx.outbox({ kind, userId, credentialId: credential.id })
  })
const published = () => directory.certificates.get(person.id) ?? []
const left = async () =>
  (await db.selectFrom('outbox').select(['kind', 'last_error']).where('done_at', 'is', null).execute()).map(
    row => `${row.kind} ${row.last_error}`,
  )

test('publishes, and withdraws what was published', async () => {
  await put('directory.publish')
  await worker.drain()
  expect(published()).toEqual([credential.certificate])
  await put('directory.withdraw')
  await worker.drain()
  expect(published()).toEqual([])
  expect(await left()).toEqual([])
})

test('a directory that is down is asked again, later and later, in the order of the wishes', async () => {
  directory.setReachable(false)
  await put('directory.publish', 'directory.withdraw')
  for (let second = 0; second < 10; second++) {
    await worker.drain()
    now += 1000
  }
  expect(await left()).toEqual(['directory.publish DIRECTORY_UNREACHABLE', 'directory.withdraw null'])
  directory.setReachable(true)
  now += 600_000
  await worker.drain()
  await worker.drain()
  expect(await left()).toEqual([])
  expect(published()).toEqual([])
})

test('a certificate that was revoked while the directory was down never gets there', async () => {
  await put('directory.publish')
  await store.transaction(tx =>
    tx.credentials.save({ ...credential, state: 'REVOKED', revocationReason: 'superseded' }),
  )
  await worker.drain()
  expect(published()).toEqual([])
  expect(await left()).toEqual([])
})

test('somebody whom the directory no longer has, and no directory at all, are the end of it', async () => {
  directory.entries.splice(0)
  await put('directory.publish')
  await worker.drain()
  expect(await left()).toEqual([])
  configured = false
  await put('directory.withdraw')
  await worker.drain()
  expect(await left()).toEqual([])
})

test('who was made here has nothing in the directory', async () => {
  await db.deleteFrom('directory_users').execute()
  await put('directory.publish')
  await worker.drain()
  expect(published()).toEqual([])
  expect(await left()).toEqual([])
})
