import type { OutboxMessage } from '@cardwright/core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { aTime } from '../testing/store/samples.ts'
import { createTestDatabase, testMacs } from '../testing/store/test-postgres.ts'
import { claimOutbox, finishOutbox, forgetDoneOutbox, postponeOutbox, renewOutbox } from './outbox.ts'
import { createPostgresStore } from './postgres-store.ts'
import type { Db } from './schema/index.ts'
import { createDatabase } from './unit-of-work.ts'

let db: Db
beforeEach(async () => {
  db = await createTestDatabase()
})
afterEach(() => db.destroy())

const change = (serialNumber: string, what: 'hold' | 'resume' | 'revoke'): OutboxMessage => ({
  kind: 'certificate.change-status',
  authorityId: 'local',
  serialNumber,
  change: what,
  reason: 'certificateHold',
})
const put = (...messages: OutboxMessage[]) =>
  createPostgresStore(createDatabase(db, testMacs)).transaction(async tx => {
    for (const message of messages) await tx.outbox(message)
  })
const none = { id: 0, attempts: 0 }
const claim = (now = aTime) => claimOutbox(db, { now, leaseMs: 1000, limit: 10 })

test('changes of one certificate are carried out in their order, those of others beside them', async () => {
  await put(change('01', 'hold'), change('01', 'resume'), change('02', 'revoke'))
  const first = await claim()
  expect(first.map(e => e.message)).toEqual([change('01', 'hold'), change('02', 'revoke')])
  expect(await claim()).toEqual([])
  for (const entry of first) await finishOutbox(db, entry, aTime)
  expect((await claim()).map(e => e.message)).toEqual([change('01', 'resume')])
  expect(await claim()).toEqual([])
})

test('what a worker did not finish is given out again after its lease; what failed, after its time', async () => {
  await put(change('01', 'revoke'))
  const [entry] = await claim()
  expect(await claim(aTime + 999)).toEqual([])
  const [again] = await claim(aTime + 1000)
  expect(again).toEqual({ ...entry, attempts: 2 })
  await postponeOutbox(db, again ?? none, aTime + 60_000, 'CA_UNREACHABLE')
  expect(await claim(aTime + 59_999)).toEqual([])
  expect(await claim(aTime + 60_000)).toHaveLength(1)
})

test('a claim that ran out and was given to another neither renews, nor finishes, nor postpones', async () => {
  await put(change('01', 'hold'), change('01', 'resume'))
  const [slow = none] = await claim()
  expect(await renewOutbox(db, slow, aTime + 2000)).toBe(true)
  expect(await claim(aTime + 1999)).toEqual([])
  const [quick = none] = await claim(aTime + 2000)
  expect(await renewOutbox(db, slow, aTime + 9000)).toBe(false)
  await finishOutbox(db, slow, aTime + 2000)
  await postponeOutbox(db, slow, aTime + 9000, 'CA_UNREACHABLE')
  expect(await claim(aTime + 2999)).toEqual([])
  await finishOutbox(db, quick, aTime + 2999)
  expect(await renewOutbox(db, quick, aTime + 9000)).toBe(false)
  expect((await claim(aTime + 3000)).map(e => e.message)).toEqual([change('01', 'resume')])
})

test('only what was carried out long enough ago is forgotten', async () => {
  await put(change('01', 'hold'), change('02', 'hold'), change('03', 'hold'))
  const [old, young] = await claim()
  await finishOutbox(db, old ?? none, aTime)
  await finishOutbox(db, young ?? none, aTime + 1)
  await forgetDoneOutbox(db, aTime + 1)
  const left = await db.selectFrom('outbox').select('subject').orderBy('id').execute()
  expect(left.map(row => row.subject)).toEqual(['local/serial/02', 'local/serial/03'])
})
