import { randomUUID } from 'node:crypto'
import {
  createDatabase,
  createPostgresStore,
  createUser,
  type Db,
  listAudit,
  openDatabase,
} from '@cardwright/adapters/db'
import { migrated, sample, type TestPostgres, testMacs } from '@cardwright/adapters/testing'
import type { Actor, RequestPorts, Store } from '@cardwright/core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startTestPostgres } from '../testing/postgres.ts'
import { createEndByTime } from './end-by-time.ts'

const DAY = 86_400_000
const actor: Actor = { kind: 'operator', id: 'op-1', label: 'Olga Officer' }
const by = { actor, at: sample.aTime }
let postgres: TestPostgres
let servers: Db[]
let store: Store
let userId: string
let now: number
let woken: number
beforeAll(async () => {
  postgres = await startTestPostgres()
}, 60_000)
beforeEach(async () => {
  const connection = await postgres.createDatabase(migrated)
  servers = [1, 2].map(() => openDatabase(connection, { onConnectionLost: () => {} }))
  const database = createDatabase(servers[0] as Db, testMacs)
  store = createPostgresStore(database)
  const made = await createUser(database, { loginName: 'ada', displayName: 'Ada', groupIds: [] }, by)
  userId = made.ok ? made.value.id : ''
  now = sample.aTime
  woken = 0
  return async () => {
    for (const db of servers) await db.destroy()
  }
})
afterAll(() => postgres.stop())

/** A turn of the chore on both servers at once. */
const turn = () =>
  Promise.all(
    servers.map(db => {
      const ports: RequestPorts = {
        store: createPostgresStore(createDatabase(db, testMacs)),
        clock: () => now,
        newId: randomUUID,
        authority: { id: 'ca' },
      }
      return createEndByTime(ports, () => {
        woken++
      })()
    }),
  )
const audited = async () =>
  (await listAudit(servers[0] as Db, { scope: 'ALL', operatorId: '' }, { limit: 50 })).rows
    .map(row => row.action)
    .filter(action => action.startsWith('request.') || action.startsWith('device.'))

/** A device that is the target of an open request. */
const replaced = async (reason: 'LOST' | 'DAMAGED', expiresAt: number | null) => {
  const requestId = randomUUID()
  const device = sample.aDevice({ userId, state: 'INVALID', reason, invalidBy: requestId })
  const change = { id: requestId, state: 'PENDING_APPROVAL', decidedBy: null, decidedAt: null, expiresAt } as const
  const request = sample.aRequest(userId, device.id, change)
  const { undo } = request.replacement as NonNullable<typeof request.replacement>
  const replacement = { reason, kind: 'PERMANENT', workflow: 'USER_LOCAL', undo } as const
  await store.transaction(async tx => {
    await tx.devices.save(device)
    await tx.requests.save({ ...request, replacement })
  })
  return { requestId, deviceId: device.id }
}
const standing = ({ requestId, deviceId }: Awaited<ReturnType<typeof replaced>>) =>
  store.transaction(async tx => [(await tx.requests.get(requestId))?.state, (await tx.devices.get(deviceId))?.state])

test('a request ends once, however many servers look, and its device is restored; a loss report never ends so', async () => {
  const damaged = await replaced('DAMAGED', now + 30 * DAY)
  const lost = await replaced('LOST', null)
  now += 30 * DAY - 1
  await turn()
  expect(await standing(damaged)).toEqual(['PENDING_APPROVAL', 'INVALID'])
  expect(woken).toBe(0)
  now += 1
  await turn()
  expect(await standing(damaged)).toEqual(['EXPIRED', 'ISSUED'])
  expect(woken).toBeGreaterThan(0)
  now += 1000 * DAY
  await turn()
  expect(await standing(lost)).toEqual(['PENDING_APPROVAL', 'INVALID'])
  expect(await audited()).toEqual(['request.expired', 'device.restored'])
})

test('a device whose validity is over becomes invalid, once', async () => {
  const device = sample.aDevice({ userId, state: 'ISSUED', reason: 'NONE', expiresAt: now + DAY })
  await store.transaction(tx => tx.devices.save(device))
  await turn()
  expect(await audited()).toEqual([])
  now += DAY
  await turn()
  await turn()
  expect(await audited()).toEqual(['device.invalidated'])
  const after = await store.transaction(tx => tx.devices.get(device.id))
  expect([after?.state, after?.reason]).toEqual(['INVALID', 'EXPIRED'])
})
