import { randomUUID } from 'node:crypto'
import { device, group, policy, searchHit, timelineEntry, user, vocabulary } from '@cardwright/contract'
import type { DeviceState } from '@cardwright/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aCredential, aDevice, aFact, anIssuance, aPolicy, aTime } from '../../testing/store/samples.ts'
import { createTestDatabase, testMacs } from '../../testing/store/test-postgres.ts'
import { createGroup } from '../administration/groups.ts'
import { createPolicy, publishPolicy } from '../administration/policies.ts'
import { createUser } from '../administration/users.ts'
import type { Written } from '../administration/written.ts'
import { createPostgresStore } from '../postgres-store.ts'
import type { Db } from '../schema/index.ts'
import { createDatabase } from '../unit-of-work.ts'
import { deviceTimeline, listAudit, userTimeline } from './audit.ts'
import { certificateOf, devicesOfUser, getDeviceView, listDevices } from './devices.ts'
import { getGroupView, listGroups } from './groups.ts'
import { homeFigures } from './home.ts'
import { getIssuanceWithNames } from './issuances.ts'
import type { Page } from './page.ts'
import { getPolicyView, listPolicies, policyVersions } from './policies.ts'
import { searchEverything } from './search.ts'
import { getUserView, listUsers, type UserQuery } from './users.ts'

const names = ['Zoë Zimmer', 'ada Lovelace', 'Grace Hopper', 'Barbara 100%_sure', 'Hedy Lamarr', 'Ada Yonath']
const week = 7 * 86_400_000
let db: Db
const people: string[] = []
let staff = ''
let policyId = ''
let issuedId = ''
let failedId = ''
const by = { actor: { kind: 'operator', id: 'o', label: 'Root' } as const, at: aTime }
const done = <T>(written: Written<T>): T => {
  if (!written.ok) throw new Error(`Refused: ${written.code}`)
  return written.value
}

beforeAll(async () => {
  db = await createTestDatabase()
  const database = createDatabase(db, testMacs)
  const { content } = aPolicy()
  policyId = done(await createPolicy(database, { content, note: 'first' }, by)).id
  const next = { version: 1, content: { ...content, name: 'Standard 2' }, note: 'second', retired: false }
  done(await publishPolicy(database, policyId, next, by))
  staff = done(
    await createGroup(
      database,
      { name: 'Staff', description: '', assignments: { INITIAL: [policyId] }, layouts: {} },
      by,
    ),
  ).id
  for (const [i, displayName] of names.entries()) {
    const input = {
      loginName: `login${i}`,
      displayName,
      groupIds: i < 3 ? [staff] : [],
      ...(i === 0 && { email: 'zoe@example.org', department: 'Astronomy' }),
    }
    people.push(done(await createUser(database, input, { ...by, at: aTime + i })).id)
  }
  const store = createPostgresStore(database)
  const issued = aDevice({
    serial: '21234567',
    state: 'ISSUED',
    userId: people[0] ?? null,
    policyId,
    policyVersion: 1,
    issuedAt: aTime,
    expiresAt: aTime + week,
  })
  issuedId = issued.id
  await store.transaction(async tx => {
    await tx.devices.save(issued)
    const issuance = anIssuance(issued.id, { state: 'COMPLETED', lease: null })
    await tx.issuances.save(issuance)
    await tx.credentials.save(aCredential(issued.id, issuance.id))
    await tx.audit(aFact({ userId: people[0] ?? null, deviceId: issued.id, details: { slot: '9A' } }))
    const failed = aDevice({ serial: '3', state: 'PRODUCED', reason: 'FAILED', userId: people[1] ?? null })
    await tx.devices.save(failed)
    const failure = anIssuance(failed.id, {
      state: 'FAILED',
      userId: people[1] ?? null,
      policyId,
      policyVersion: 2,
      error: { code: 'CARD_REMOVED', step: 'generate-key', params: {}, at: aTime + 9 },
    })
    failedId = failure.id
    await tx.issuances.save(failure)
    for (let i = 0; i < 5; i++) await tx.devices.save(aDevice({ serial: `blank-${i}` }))
  })
})
afterAll(() => db.destroy())

/** Every page from the first to the last. */
const walk = async <Row>(
  list: (cursor?: string) => Promise<Page<Row>>,
): Promise<{ rows: Row[]; totals: Set<number> }> => {
  const rows: Row[] = []
  const totals = new Set<number>()
  let cursor: string | undefined
  do {
    const page = await list(cursor)
    rows.push(...page.rows)
    totals.add(page.total)
    cursor = page.next
    if (cursor !== undefined) expect(cursor.length).toBeLessThanOrEqual(200)
  } while (cursor !== undefined)
  return { rows, totals }
}

describe('users', () => {
  const list = (query: Partial<UserQuery>) => listUsers(db, 'ALL', { sort: 'displayName', limit: 50, ...query })

  test('rows are what the contract says', async () => {
    expect(vocabulary.pageOf(user).parse(await list({})).rows).toHaveLength(names.length)
    expect(user.parse(await getUserView(db, 'ALL', people[0] ?? ''))).toMatchObject({
      displayName: 'Zoë Zimmer',
      email: 'zoe@example.org',
      groups: [{ id: staff, name: 'Staff' }],
      deviceCount: 1,
    })
    expect(await getUserView(db, 'ALL', randomUUID())).toBeNull()
  })

  test.each(['displayName', '-displayName', 'createdAt', '-createdAt'] as const)(
    'pages by %s have every row once, in order, and one total',
    async sort => {
      const whole = (await list({ sort })).rows.map(u => u.id)
      const { rows, totals } = await walk(cursor => list({ sort, limit: 2, cursor }))
      expect(rows.map(u => u.id)).toEqual(whole)
      expect([...totals]).toEqual([names.length])
    },
  )

  test('sorting by name does not mind case', async () => {
    const shown = (await list({})).rows.map(u => u.displayName)
    expect(shown).toEqual([
      'ada Lovelace',
      'Ada Yonath',
      'Barbara 100%_sure',
      'Grace Hopper',
      'Hedy Lamarr',
      'Zoë Zimmer',
    ])
  })

  test.each([
    ['ada', ['ada Lovelace', 'Ada Yonath']],
    ['ADA yo', ['Ada Yonath']],
    ['zimmer ast', ['Zoë Zimmer']],
    ['@example', ['Zoë Zimmer']],
    ['ZOË', ['Zoë Zimmer']],
    ['opp', ['Grace Hopper']],
    ['l', ['ada Lovelace', 'Ada Yonath', 'Barbara 100%_sure', 'Grace Hopper', 'Hedy Lamarr', 'Zoë Zimmer']],
    ['ho', ['Grace Hopper']],
    ['op', []],
    ['0%_', ['Barbara 100%_sure']],
    ['%%%', []],
    ['a_a', []],
    ['\\\\\\', []],
    ["'; drop table users; --", []],
  ])('%s finds %j', async (q, found) => {
    expect((await list({ q })).rows.map(u => u.displayName)).toEqual(found)
  })

  test('by group and status', async () => {
    expect((await list({ group: staff })).total).toBe(3)
    expect((await list({ group: staff, q: 'ada' })).total).toBe(1)
    expect((await list({ status: 'DISABLED' })).total).toBe(0)
  })

  test.each(['x', '5', '5.x', `5.${'a'.repeat(36)}`, "5.' or 1=1"])('the cursor %s is refused', async cursor => {
    await expect(list({ cursor })).rejects.toMatchObject({ code: 'BAD_CURSOR' })
  })
})

describe('devices', () => {
  const shape = device.omit({ actions: true })
  const list = (query: object) => listDevices(db, 'ALL', { sort: 'serial', limit: 50, ...query })

  test('a row is what the contract says, with credentials, user and policy', async () => {
    const found = await getDeviceView(db, 'ALL', issuedId)
    expect(shape.parse(found?.view)).toMatchObject({
      user: { id: people[0], displayName: 'Zoë Zimmer' },
      policy: { id: policyId, version: 1, name: 'Standard' },
      credentials: [{ slot: '9A', state: 'ISSUED' }],
      openIssuanceId: null,
    })
    expect(await getDeviceView(db, 'ALL', randomUUID())).toBeNull()
    expect((await devicesOfUser(db, 'ALL', people[1] ?? '')).map(d => shape.parse(d.view).openIssuanceId)).toEqual([
      failedId,
    ])
  })

  test.each(['serial', '-serial', 'issuedAt', '-issuedAt', 'state'] as const)(
    'pages by %s have every row once, in order',
    async sort => {
      const whole = (await list({ sort })).rows.map(d => d.device.id)
      const { rows, totals } = await walk(cursor => list({ sort, limit: 2, cursor }))
      expect(rows.map(d => d.device.id)).toEqual(whole)
      expect([...totals]).toEqual([7])
    },
  )

  test('found by serial, by model and by the name of the user', async () => {
    const serials = async (q: string) => (await list({ q })).rows.map(d => d.device.serial)
    expect(await serials('2123')).toEqual(['21234567'])
    expect(await serials('zimmer')).toEqual(['21234567'])
    expect(await serials('plain-piv')).toHaveLength(7)
    expect(await serials('nothing')).toEqual([])
  })

  test('by state and user', async () => {
    const state: DeviceState = 'AVAILABLE'
    expect((await list({ state })).total).toBe(5)
    expect((await list({ user: people[0] })).total).toBe(1)
  })

  test('a certificate by its credential', async () => {
    const found = await getDeviceView(db, 'ALL', issuedId)
    expect(await certificateOf(db, found?.view.credentials[0]?.id ?? '')).toEqual(found?.credentials[0]?.certificate)
    expect(await certificateOf(db, randomUUID())).toBeNull()
  })
})

test('groups with their members counted', async () => {
  expect((await listGroups(db, 'ALL')).map(g => group.parse(g))).toMatchObject([
    { id: staff, memberCount: 3, assignments: { INITIAL: [policyId] } },
  ])
  expect(await getGroupView(db, 'ALL', randomUUID())).toBeNull()
})

test('policies: the newest in the list, all in the history, any by its number', async () => {
  expect((await listPolicies(db, 'ALL')).map(p => policy.parse(p))).toMatchObject([
    { id: policyId, version: 2, groups: [{ id: staff, name: 'Staff' }] },
  ])
  expect((await policyVersions(db, 'ALL', policyId)).map(p => p.version)).toEqual([2, 1])
  expect(await getPolicyView(db, 'ALL', policyId, 1)).toMatchObject({ note: 'first' })
  expect(await getPolicyView(db, 'ALL', policyId)).toMatchObject({ note: 'second' })
  expect(await getPolicyView(db, 'ALL', policyId, 3)).toBeNull()
})

describe('audit', () => {
  test('newest first, page by page', async () => {
    const { rows, totals } = await walk(cursor =>
      listAudit(db, { scope: 'ALL', operatorId: 'o' }, { limit: 4, cursor }),
    )
    expect(rows.map(r => r.sequence)).toEqual(rows.map((_, i) => rows.length - i))
    expect([...totals]).toEqual([rows.length])
  })

  test('by the beginning of an action, by words, by time', async () => {
    expect((await listAudit(db, { scope: 'ALL', operatorId: 'o' }, { limit: 50, action: 'user.' })).total).toBe(
      names.length,
    )
    expect(
      (await listAudit(db, { scope: 'ALL', operatorId: 'o' }, { limit: 50, q: 'grace' })).rows.map(r => r.objectLabel),
    ).toEqual(['Grace Hopper'])
    const from = new Date(aTime + 4).toISOString()
    const to = new Date(aTime + 5).toISOString()
    expect(
      (await listAudit(db, { scope: 'ALL', operatorId: 'o' }, { limit: 50, from, to })).rows.map(r => r.objectLabel),
    ).toEqual(['Hedy Lamarr'])
  })

  test('the stories of a user and of a device', async () => {
    const entries = await userTimeline(db, people[0] ?? '', { limit: 50 })
    expect(
      vocabulary
        .pageOf(timelineEntry)
        .parse(entries)
        .rows.map(e => e.action),
    ).toEqual(['device.issued', 'user.created'])
    expect((await deviceTimeline(db, 'ALL', issuedId, { limit: 50 })).rows).toMatchObject([{ details: { slot: '9A' } }])
  })
})

test('the figures of the home page', async () => {
  const figures = await homeFigures(db, 'ALL', aTime)
  expect(figures.devicesByState).toEqual({ AVAILABLE: 5, ISSUED: 1, PRODUCED: 1 })
  // 2026-01-01 is a Thursday.
  expect(figures.expiringByWeek.slice(0, 3)).toEqual([
    { week: '2025-12-29', count: 0 },
    { week: '2026-01-05', count: 1 },
    { week: '2026-01-12', count: 0 },
  ])
  expect(figures.expiringByWeek).toHaveLength(12)
  expect(figures.failures).toMatchObject([
    { issuanceId: failedId, userName: 'ada Lovelace', error: { code: 'CARD_REMOVED' } },
  ])
  expect(figures.openIssuances).toEqual([])
})

test('an issuance with the names that its view needs', async () => {
  expect(await getIssuanceWithNames(db, failedId)).toMatchObject({
    issuance: { id: failedId },
    userName: 'ada Lovelace',
    policy: { version: 2 },
  })
  expect(await getIssuanceWithNames(db, randomUUID())).toBeNull()
})

test('search finds users and devices; what is named exactly comes first', async () => {
  const hits = (await searchEverything(db, 'ALL', 'login4')).map(h => searchHit.parse(h))
  expect(hits[0]).toMatchObject({ kind: 'user', title: 'Hedy Lamarr' })
  expect((await searchEverything(db, 'ALL', '3')).filter(h => h.kind === 'device')[0]).toMatchObject({ title: '3' })
  expect(await searchEverything(db, 'ALL', '21234567')).toMatchObject([
    { kind: 'device', subtitle: 'Zoë Zimmer', state: 'ISSUED' },
  ])
})
