import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aCredential, aDevice, aFact, anIssuance, aPolicy, aTime } from '../../testing/store/samples.ts'
import { createTestDatabase, testMacs } from '../../testing/store/test-postgres.ts'
import { createGroup } from '../administration/groups.ts'
import { createPolicy } from '../administration/policies.ts'
import { createUser } from '../administration/users.ts'
import type { Written } from '../administration/written.ts'
import { createPostgresStore } from '../postgres-store.ts'
import type { Db } from '../schema/index.ts'
import { createDatabase } from '../unit-of-work.ts'
import { deviceTimeline, listAudit } from './audit.ts'
import { devicesOfUser, getDeviceView, listDevices } from './devices.ts'
import { getGroupView, listGroups } from './groups.ts'
import { homeFigures } from './home.ts'
import { getPolicyView, listPolicies } from './policies.ts'
import { type GroupScope, isInScope } from './scope.ts'
import { searchEverything } from './search.ts'
import { getUserView, listUsers } from './users.ts'

let db: Db
const groups: Record<string, string> = {}
/** One user in each of the named groups, in two of them, in none. */
const users: Record<'a' | 'b' | 'ab' | 'none', string> = { a: '', b: '', ab: '', none: '' }
const devices: Record<string, string> = {}
let passedOn = ''
const a = (): GroupScope => ({ groupIds: [groups.a ?? ''] })
const nobody: GroupScope = { groupIds: [] }
const by = { actor: { kind: 'operator', id: 'root', label: 'Root' } as const, at: aTime }
const done = <T>(written: Written<T>): T => {
  if (!written.ok) throw new Error(`Refused: ${written.code}`)
  return written.value
}

beforeAll(async () => {
  db = await createTestDatabase()
  const database = createDatabase(db, testMacs)
  const store = createPostgresStore(database)
  const { id: policyId } = done(await createPolicy(database, { content: aPolicy().content, note: '' }, by))
  for (const name of ['a', 'b'])
    groups[name] = done(
      await createGroup(database, { name, description: '', assignments: { INITIAL: [policyId] }, layouts: {} }, by),
    ).id
  for (const name of ['a', 'b', 'ab', 'none'] as const) {
    const groupIds = name === 'none' ? [] : [...name].map(letter => groups[letter] ?? '')
    users[name] = done(await createUser(database, { loginName: `${name}.person`, displayName: name, groupIds }, by)).id
    const device = aDevice({ serial: `serial-${name}`, state: 'ISSUED', userId: users[name], expiresAt: aTime + 9 })
    const failed = aDevice({ serial: `failed-${name}`, state: 'PRODUCED', reason: 'FAILED', userId: users[name] })
    devices[name] = device.id
    await store.transaction(async tx => {
      await tx.devices.save(device)
      await tx.devices.save(failed)
      const issuance = anIssuance(device.id, { state: 'COMPLETED', lease: null, userId: users[name] })
      await tx.issuances.save(issuance)
      await tx.issuances.save(anIssuance(failed.id, { state: 'FAILED', lease: null, userId: users[name] }))
      await tx.credentials.save(aCredential(device.id, issuance.id))
      await tx.audit(aFact({ userId: users[name], deviceId: device.id, details: { name } }))
    })
  }
  // Was b's, is a's: what b had on it is still b's.
  const device = aDevice({ serial: 'passed-on', state: 'ISSUED', userId: users.a })
  passedOn = device.id
  const blank = aDevice({ serial: 'serial-blank' })
  devices.blank = blank.id
  await store.transaction(async tx => {
    await tx.devices.save(device)
    await tx.devices.save(blank)
    for (const name of ['b', 'a'] as const) {
      const issuance = anIssuance(device.id, { state: 'COMPLETED', lease: null, userId: users[name] })
      await tx.issuances.save(issuance)
      await tx.credentials.save(aCredential(device.id, issuance.id, { subject: `CN=${name}` }))
      await tx.audit(aFact({ userId: users[name], deviceId: device.id, details: { name } }))
    }
    await tx.audit(aFact({ deviceId: device.id, details: { name: 'nobody' } }))
    await tx.audit(aFact({ deviceId: blank.id, details: { name: 'blank' } }))
    const own = { kind: 'operator', id: 'me', label: 'Me' } as const
    await tx.audit(aFact({ userId: users.b, actor: own, details: { name: 'my own act' } }))
  })
})
afterAll(() => db.destroy())

const page = { limit: 100 }

describe('with a scope of groups', () => {
  test('users who share a group are listed, counted and found, and no group out of scope is named beside them', async () => {
    const list = await listUsers(db, a(), { sort: 'displayName', ...page })
    expect([list.rows.map(u => u.displayName), list.total]).toEqual([['a', 'ab'], 2])
    expect(list.rows.flatMap(u => u.groups.map(g => g.name))).toEqual(['a', 'a'])
    expect((await listUsers(db, nobody, { sort: 'displayName', ...page })).total).toBe(0)
    expect(await getUserView(db, a(), users.ab)).toMatchObject({ displayName: 'ab' })
    for (const id of [users.b, users.none]) expect(await getUserView(db, a(), id)).toBeNull()
    expect((await listGroups(db, a())).map(g => g.name)).toEqual(['a'])
    expect(await getGroupView(db, a(), groups.b ?? '')).toBeNull()
    const [policy] = await listPolicies(db, a())
    expect(policy?.groups.map(g => g.name)).toEqual(['a'])
    expect((await getPolicyView(db, nobody, policy?.id ?? ''))?.groups).toEqual([])
  })

  test('pages have the same rows and total as the whole list', async () => {
    const query = { sort: 'serial', limit: 2 } as const
    const rows = []
    const totals = []
    let cursor: string | undefined
    do {
      const next = await listDevices(db, a(), { ...query, cursor })
      rows.push(...next.rows.map(r => r.view.serial))
      totals.push(next.total)
      cursor = next.next
    } while (cursor !== undefined)
    expect(rows).toEqual(['failed-a', 'failed-ab', 'passed-on', 'serial-a', 'serial-ab', 'serial-blank'])
    expect(new Set(totals)).toEqual(new Set([6]))
  })

  test("devices of users in scope and nobody's are seen; certificates that a former holder had are not", async () => {
    expect(await getDeviceView(db, a(), devices.b ?? '')).toBeNull()
    expect(await getDeviceView(db, nobody, devices.blank ?? '')).not.toBeNull()
    expect(await devicesOfUser(db, a(), users.b)).toEqual([])
    const subjects = async (scope: GroupScope) =>
      (await getDeviceView(db, scope, passedOn))?.view.credentials.map(c => c.subject).sort()
    expect(await subjects(a())).toEqual(['CN=a'])
    expect(await subjects('ALL')).toEqual(['CN=a', 'CN=b'])
    const timeline = async (scope: GroupScope) =>
      (await deviceTimeline(db, scope, passedOn, page)).rows.map(r => r.details.name)
    expect(await timeline(a())).toEqual(['nobody', 'a'])
    expect(await timeline('ALL')).toEqual(['nobody', 'a', 'b'])
  })

  test('a search finds nothing outside, not even by its exact name', async () => {
    const titles = async (q: string) => (await searchEverything(db, a(), q)).map(hit => hit.title)
    expect(await titles('person')).toEqual(['a', 'ab'])
    expect(await titles('serial')).toEqual(['serial-a', 'serial-ab', 'serial-blank'])
    expect(await titles('b.person')).toEqual(['ab'])
    for (const exact of ['none.person', 'serial-none']) expect(await titles(exact)).toEqual([])
  })

  test('the home page counts what is in scope', async () => {
    const own = await homeFigures(db, a(), aTime)
    expect(own.devicesByState).toEqual({ ISSUED: 3, PRODUCED: 2, AVAILABLE: 1 })
    expect(own.failures.map(f => f.userName).sort()).toEqual(['a', 'ab'])
    expect(own.expiringByWeek.reduce((sum, w) => sum + w.count, 0)).toBe(2)
    const all = await homeFigures(db, 'ALL', aTime)
    expect(all.devicesByState).toEqual({ ISSUED: 5, PRODUCED: 4, AVAILABLE: 1 })
    expect(all.expiringByWeek.reduce((sum, w) => sum + w.count, 0)).toBe(4)
  })

  test('the audit shows what is about users and devices in scope, and what the operator did', async () => {
    const names = async (scope: GroupScope, operatorId: string) => {
      const { rows, total } = await listAudit(db, { scope, operatorId }, { ...page, action: 'device.' })
      expect(total).toBe(rows.length)
      return rows.map(r => r.details.name)
    }
    expect(await names(a(), 'me')).toEqual(['my own act', 'blank', 'nobody', 'a', 'ab', 'a'])
    expect(await names(a(), 'somebody')).toEqual(['blank', 'nobody', 'a', 'ab', 'a'])
    const whole = await listAudit(db, { scope: a(), operatorId: 'somebody' }, page)
    expect(whole.rows.map(r => r.action).filter(action => /^(group|policy)/.test(action))).toEqual([])
  })

  test('what does not exist, or is no id, is in no scope', async () => {
    for (const object of ['user', 'group', 'device', 'credential', 'issuance', 'request'] as const)
      for (const id of [randomUUID(), 'x']) expect(await isInScope(db, a(), object, id)).toBe(false)
  })
})
