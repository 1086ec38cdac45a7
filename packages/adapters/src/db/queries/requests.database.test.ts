import { randomUUID } from 'node:crypto'
import { requestView as requestViewSchema } from '@cardwright/contract'
import type { DeviceRequest, Store } from '@cardwright/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addGroupRow, addPolicyRow, addUserRow } from '../../testing/store/postgres-harness.ts'
import { aDevice, aFact, aGroup, aPolicy, aRequest, aTime, aUser } from '../../testing/store/samples.ts'
import { createTestDatabase, testMacs } from '../../testing/store/test-postgres.ts'
import { createPostgresStore } from '../postgres-store.ts'
import type { Db } from '../schema/index.ts'
import { createDatabase } from '../unit-of-work.ts'
import { requestTimeline } from './audit.ts'
import { listDevices } from './devices.ts'
import { getRequestView, listRequests, type RequestQuery, requestCounts, requestsOfUser } from './requests.ts'

let db: Db
let store: Store
const staff = aGroup({ name: 'Staff' })
const zoe = aUser({ displayName: 'Zoë Zimmer', groupIds: [staff.id] })
const ada = aUser({ displayName: 'ada Lovelace' })
const policy = aPolicy({ content: { ...aPolicy().content, name: 'Office' } })
const made: Record<string, DeviceRequest> = {}
const id = (name: string): string => made[name]?.id ?? ''
const names = (rows: readonly { readonly view: { readonly id: string } }[]) =>
  rows.map(({ view }) => Object.keys(made).find(name => made[name]?.id === view.id))

const undecided = { decidedBy: null, decidedAt: null }
const replacement = aRequest('', '').replacement as NonNullable<DeviceRequest['replacement']>

beforeAll(async () => {
  db = await createTestDatabase()
  store = createPostgresStore(createDatabase(db, testMacs))
  await addGroupRow(db, staff)
  await addPolicyRow(db, policy)
  for (const user of [zoe, ada]) await addUserRow(db, user)
  const ask = async (name: string, user: typeof zoe, change: Partial<DeviceRequest> = {}) => {
    const device = aDevice({ serial: `card-${name}`, model: 'yubikey-5.7', form: 'key', virtual: false })
    const request = aRequest(user.id, device.id, { requestedAt: aTime + Object.keys(made).length, ...change })
    await store.transaction(async tx => {
      await tx.devices.save({ ...device, state: 'INVALID', reason: 'LOST', userId: user.id, invalidBy: request.id })
      made[name] = (await tx.requests.save(request)) ?? request
      await tx.audit(
        aFact({
          action: 'request.created',
          object: { type: 'request', id: request.id, label: '' },
          details: { request: request.id },
        }),
      )
    })
  }
  await ask('stolen', zoe, {
    state: 'PENDING_APPROVAL',
    ...undecided,
    replacement: { ...replacement, reason: 'STOLEN', workflow: 'USER_SELF' },
  })
  await ask('lost', ada)
  await ask('forgotten', zoe, {
    state: 'EXECUTING',
    replacement: { ...replacement, reason: 'FORGOTTEN', kind: 'TEMPORARY' },
  })
  await ask('damaged', ada, { state: 'FAILED', replacement: { ...replacement, reason: 'DAMAGED' } })
  await ask('denied', zoe, { state: 'DENIED', decisionNote: 'no', endedAt: aTime + 100 })
  const blank = aDevice({ serial: 'blank-1', form: 'card', model: 'plain-piv' })
  await store.transaction(async tx => {
    await tx.devices.save(blank)
    const first = aRequest(ada.id, '', {
      type: 'ISSUANCE',
      state: 'PENDING_APPROVAL',
      deviceId: null,
      replacement: null,
      policyId: policy.id,
      newDeviceId: blank.id,
      requestedAt: aTime + 9,
      expiresAt: aTime + 1000,
      ...undecided,
    })
    made.first = (await tx.requests.save(first)) ?? first
    const about = { type: 'device', id: made.lost?.deviceId ?? '', label: 'card-lost' }
    const told = { userId: ada.id, object: about, details: { request: id('lost') } }
    await tx.audit(aFact({ ...told, action: 'device.invalidated' }))
    await tx.audit(aFact({ userId: ada.id, object: about, action: 'device.suspended' }))
  })
})
afterAll(() => db.destroy())

const list = (query: Partial<RequestQuery> = {}, scope: Parameters<typeof listRequests>[1] = 'ALL') =>
  listRequests(db, scope, { queue: 'ALL', sort: 'requestedAt', limit: 50, ...query })

test('rows are what the contract says, with the names of users, devices and policies', async () => {
  const { rows } = await list()
  const views = rows.map(({ view }) => ({ ...view, actions: [] }))
  expect(views.map(view => requestViewSchema.parse(view))).toEqual(views)
  expect(rows.map(r => r.request)).toEqual(Object.values(made))
  const lost = await getRequestView(db, 'ALL', id('lost'))
  expect(lost?.view).toMatchObject({
    user: { id: ada.id, displayName: 'ada Lovelace' },
    device: { serial: 'card-lost', form: 'key', state: 'INVALID', reason: 'LOST', temporary: false },
    reason: 'LOST',
    kind: 'PERMANENT',
    workflow: 'HELP_DESK_LOCAL',
    newDevice: null,
    policy: null,
    decidedBy: 'Operator',
  })
  expect((await getRequestView(db, 'ALL', id('first')))?.view).toMatchObject({
    device: null,
    reason: null,
    newDevice: { serial: 'blank-1' },
    policy: { id: policy.id, name: 'Office' },
    decidedBy: null,
    expiresAt: new Date(aTime + 1000).toISOString(),
  })
  expect(await getRequestView(db, 'ALL', randomUUID())).toBeNull()
  expect(await getRequestView(db, 'ALL', 'no-such')).toBeNull()
})

describe('queues and filters', () => {
  test.each<[string, Partial<RequestQuery>, string[]]>([
    ['what waits for an approval', { queue: 'TO_APPROVE' }, ['stolen', 'first']],
    ['what waits to be issued, is being issued, or failed', { queue: 'TO_ISSUE' }, ['lost', 'forgotten', 'damaged']],
    ['the history', { queue: 'ENDED' }, ['denied']],
    ['one state', { state: 'FAILED' }, ['damaged']],
    ['one type', { type: 'ISSUANCE' }, ['first']],
    ['one reason', { reason: 'STOLEN' }, ['stolen']],
    ['one workflow', { workflow: 'USER_SELF' }, ['stolen']],
    ['one user', { user: zoe.id }, ['stolen', 'forgotten', 'denied']],
    ['words of the user', { q: 'zimmer' }, ['stolen', 'forgotten', 'denied']],
    ['the beginning of a serial number', { q: 'card-da' }, ['damaged']],
    ['the serial number of the new device', { q: 'blank-1' }, ['first']],
    ['words that nothing has', { q: 'nobody' }, []],
    ['a queue and a filter', { queue: 'TO_APPROVE', user: zoe.id }, ['stolen']],
    ['newest first, and no more than asked for', { sort: '-requestedAt', limit: 2 }, ['first', 'denied']],
  ])('%s', async (_, query, expected) => {
    const { rows } = await list(query)
    expect(names(rows)).toEqual(expected)
  })

  test('of a device, as the target and as the new one', async () => {
    expect(names((await list({ device: made.damaged?.deviceId ?? '' })).rows)).toEqual(['damaged'])
    expect(names((await list({ device: made.first?.newDeviceId ?? '' })).rows)).toEqual(['first'])
  })

  test.each(['requestedAt', '-requestedAt', 'user', '-user'] as const)(
    'page by page by %s every request comes once, in the order of one long page',
    async sort => {
      const all = await list({ sort })
      const walked = []
      let cursor: string | undefined
      do {
        const page = await list({ sort, limit: 2, cursor })
        expect(page.total).toBe(6)
        walked.push(...page.rows)
        cursor = page.next
      } while (cursor !== undefined)
      expect(names(walked)).toEqual(names(all.rows))
      const users = walked.map(({ view }) => view.user.displayName)
      if (sort === 'user')
        expect(users).toEqual([...users.filter(u => u === 'ada Lovelace'), ...users.filter(u => u !== 'ada Lovelace')])
    },
  )

  test('the counts of the queues; a loss report counts while it is open', async () => {
    expect(await requestCounts(db, 'ALL')).toEqual({
      toApprove: 2,
      toIssue: 1,
      executing: 1,
      failed: 1,
      lossReports: 2,
    })
  })

  test('of a user: open ones, and those that ended lately, newest first', async () => {
    expect(names(await requestsOfUser(db, 'ALL', zoe.id, aTime + 99))).toEqual(['denied', 'forgotten', 'stolen'])
    expect(names(await requestsOfUser(db, 'ALL', zoe.id, aTime + 100))).toEqual(['forgotten', 'stolen'])
    expect(await requestsOfUser(db, 'ALL', 'no-such', aTime)).toEqual([])
  })
})

describe('with a scope of groups', () => {
  const scope = { groupIds: [staff.id] }

  test('only the requests of users in scope are there, and counted', async () => {
    expect(names((await list({}, scope)).rows)).toEqual(['stolen', 'forgotten', 'denied'])
    expect((await list({}, scope)).total).toBe(3)
    expect((await list({}, { groupIds: [] })).rows).toEqual([])
    expect(await requestCounts(db, scope)).toMatchObject({ toApprove: 1, toIssue: 0, lossReports: 1 })
    expect(await getRequestView(db, scope, id('lost'))).toBeNull()
    expect(await requestsOfUser(db, scope, ada.id, aTime)).toEqual([])
  })

  test('a device that is by now somebody else’s is not told any more', async () => {
    const target = async (of: typeof scope | 'ALL') => (await getRequestView(db, of, id('denied')))?.view.device
    const { deviceId } = made.denied ?? {}
    const handOver = ({ id: user_id }: typeof zoe) =>
      db
        .updateTable('devices')
        .set({ user_id })
        .where('id', '=', deviceId ?? '')
        .execute()
    await handOver(ada)
    expect([await target(scope), (await target('ALL'))?.id]).toEqual([null, deviceId])
    await handOver(zoe)
    expect((await target(scope))?.id).toBe(deviceId)
  })

  test('the story of a request leaves out what happened to others', async () => {
    const { rows } = await requestTimeline(db, scope, id('lost'), { limit: 10 })
    expect(rows.map(r => r.action)).toEqual(['request.created'])
  })
})

test('the story of a request: itself, and what happened to devices because of it; newest first', async () => {
  const timeline = await requestTimeline(db, 'ALL', id('lost'), { limit: 10 })
  expect(timeline.total).toBe(2)
  expect(timeline.rows.map(r => r.action)).toEqual(['device.invalidated', 'request.created'])
})

test('devices by form, by model, and those that nobody has; each names the open request it is in', async () => {
  const found = async (query: Partial<Parameters<typeof listDevices>[2]>) =>
    (await listDevices(db, 'ALL', { sort: 'serial', limit: 50, ...query })).rows.map(({ view }) => view)
  expect((await found({ form: 'card' })).map(d => d.serial)).toEqual(['blank-1'])
  expect((await found({ model: 'plain-piv' })).map(d => d.serial)).toEqual(['blank-1'])
  expect((await found({ withoutUser: true })).map(d => [d.serial, d.openRequestId])).toEqual([['blank-1', id('first')]])
  expect((await found({ form: 'key' })).map(d => [d.serial, d.openRequestId])).toEqual([
    ['card-damaged', id('damaged')],
    ['card-denied', null],
    ['card-forgotten', id('forgotten')],
    ['card-lost', id('lost')],
    ['card-stolen', id('stolen')],
  ])
})
