import { type DirectorySettings, type DirectoryUser, directoryPresets, planSync } from '@cardwright/core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { memoryUser } from '../../testing/directory/memory-directory.ts'
import { aTime } from '../../testing/store/samples.ts'
import { createTestDatabase, testMacs } from '../../testing/store/test-postgres.ts'
import { newId } from '../new-id.ts'
import { listAudit } from '../queries/audit.ts'
import { directoryIdOf, knownGroups, knownUsers } from '../queries/directory.ts'
import { getUserView } from '../queries/users.ts'
import type { Db } from '../schema/index.ts'
import { createDatabase, type Database } from '../unit-of-work.ts'
import { getDirectorySettings, putDirectorySettings } from './directory-settings.ts'
import { type Applied, applyGroupPlan, applySyncSteps } from './directory-sync.ts'
import { createGroup } from './groups.ts'
import { createUser, setRole, updateUser } from './users.ts'
import type { Written } from './written.ts'

let db: Db
let database: Database
beforeAll(async () => {
  db = await createTestDatabase()
  database = createDatabase(db, testMacs)
}, 60_000)
afterAll(() => db.destroy())

const by = { actor: { kind: 'operator', id: 'id-root', label: 'Root' } as const, at: aTime }
const done = <T>(written: Written<T>): T => {
  if (!written.ok) throw new Error(`Refused: ${written.code}`)
  return written.value
}
const settings: DirectorySettings = {
  urls: ['ldaps://directory.example.org'],
  tls: 'LDAPS',
  caCertificates: '',
  bindDn: 'cn=cardwright,dc=example,dc=org',
  userBase: 'dc=example,dc=org',
  groupBase: 'dc=example,dc=org',
  ...directoryPresets.rfc2307,
  pageSize: 100,
  groups: [],
  syncIntervalMinutes: 0,
  disableLimitPercent: 20,
  publishProfiles: [],
}
const sealed = Uint8Array.of(1, 2, 3)

test('the settings are versioned; the audit names what changed and not to what', async () => {
  expect(await getDirectorySettings(db)).toMatchObject({ version: 1, settings: null, sealedPassword: null })
  done(await putDirectorySettings(database, { version: 1, settings, sealedPassword: sealed }, by))
  const changed = { ...settings, pageSize: 200, userFilter: '(uid=*)' }
  done(await putDirectorySettings(database, { version: 2, settings: changed, sealedPassword: undefined }, by))
  expect(await getDirectorySettings(db)).toMatchObject({ version: 3, settings: changed, sealedPassword: sealed })
  const [newest] = (await listAudit(db, { scope: 'ALL', operatorId: 'o' }, { limit: 1 })).rows
  expect(newest).toMatchObject({ action: 'directory.settings-changed' })
  expect(newest?.details).toEqual({ version: 3, changed: 'userFilter, pageSize' })
  const late = await putDirectorySettings(database, { version: 2, settings, sealedPassword: undefined }, by)
  expect(late).toMatchObject({ ok: false, code: 'VERSION_CONFLICT' })
})

test.each([
  ['another server', { urls: ['ldaps://evil.example.org'] }],
  ['another authority', { caCertificates: 'PEM of somebody else' }],
  ['another account', { bindDn: 'cn=other' }],
])('the stored password is not sent on to %s', async (_, change) => {
  const { version } = await getDirectorySettings(db)
  const elsewhere = { version, settings: { ...settings, ...change } }
  expect(await putDirectorySettings(database, { ...elsewhere, sealedPassword: undefined }, by)).toMatchObject({
    code: 'FIELD_REFUSED',
    field: 'bindPassword',
    why: 'NEEDED',
  })
})

test('without a directory there is no password left', async () => {
  const { version } = await getDirectorySettings(db)
  done(await putDirectorySettings(database, { version, settings: null, sealedPassword: undefined }, by))
  expect(await getDirectorySettings(db)).toMatchObject({ settings: null, sealedPassword: null })
  expect(await db.selectFrom('directory_password').selectAll().execute()).toEqual([])
})

let people: DirectoryUser[] = []
beforeEach(() => {
  people = []
})
const groups = [{ id: 'staff-there', dn: 'cn=staff', name: 'staff' }]
const wanted = { ...settings, groups: [{ directoryGroup: 'staff-there', name: 'Staff' }] }

const planned = async () =>
  planSync({
    users: people,
    groups,
    knownUsers: await knownUsers(db),
    knownGroups: await knownGroups(db),
    settings: wanted,
    newId: () => newId(aTime),
  })
const apply = async (plan: Awaited<ReturnType<typeof planned>>): Promise<Applied> => {
  await applyGroupPlan(database, plan.groups, by)
  return applySyncSteps(
    database,
    [
      ...plan.create.map(user => ({ kind: 'create' as const, user })),
      ...plan.update.map(user => ({ kind: 'update' as const, user })),
      ...plan.disable.map(user => ({ kind: 'disable' as const, user })),
    ],
    by,
  )
}
const idOf = async (loginName: string) => {
  const found = (await knownUsers(db)).find(user => user.loginName === loginName)
  if (!found) throw new Error(`no ${loginName}`)
  return found.id
}

test('a user is imported, changed, disabled and enabled again; the same plan twice does nothing', async () => {
  const ann = memoryUser('ann', { email: 'ann@example.org', groupIds: ['staff-there'] })
  people = [ann]
  const first = await planned()
  expect(await apply(first)).toMatchObject({ created: 1 })
  const id = await idOf('ann')
  expect(await directoryIdOf(db, id)).toBe(ann.id)
  expect(await getUserView(db, 'ALL', id)).toMatchObject({ email: 'ann@example.org', groups: [{ name: 'Staff' }] })
  expect((await planned()).unchanged).toBe(1)
  expect(
    await applySyncSteps(
      database,
      first.create.map(user => ({ kind: 'create', user })),
      by,
    ),
  ).toMatchObject({
    created: 0,
    skipped: 1,
  })

  people = [{ ...ann, loginName: 'anna', dn: 'uid=anna', groupIds: [] }]
  expect(await apply(await planned())).toMatchObject({ updated: 1 })
  expect(await getUserView(db, 'ALL', id)).toMatchObject({ loginName: 'anna', groups: [] })

  people = []
  expect(await apply(await planned())).toMatchObject({ disabled: 1 })
  expect(await getUserView(db, 'ALL', id)).toMatchObject({ status: 'DISABLED' })
  expect((await planned()).disable).toEqual([])

  people = [{ ...ann, loginName: 'anna', dn: 'uid=anna', groupIds: [] }]
  expect(await apply(await planned())).toMatchObject({ updated: 1 })
  expect(await getUserView(db, 'ALL', id)).toMatchObject({ status: 'ACTIVE' })
  const actions = (await listAudit(db, { scope: 'ALL', operatorId: 'o' }, { limit: 20 })).rows
    .filter(row => row.objectId === id)
    .map(row => row.action)
  expect(actions).toEqual(['user.updated', 'user.disabled', 'user.updated', 'user.imported'])
})

test('whom an operator disabled, or touched after the sync did, the sync does not enable', async () => {
  const ben = memoryUser('ben')
  people = [ben]
  await apply(await planned())
  const id = await idOf('ben')
  people = []
  await apply(await planned())
  const { version } = (await knownUsers(db)).find(user => user.id === id) ?? { version: 0 }
  const edit = { loginName: 'ben', displayName: 'Ben', groupIds: [], status: 'DISABLED' as const, version }
  done(await updateUser(database, id, edit, by, 'SYSTEM'))
  people = [{ ...ben, displayName: 'Ben' }]
  expect((await planned()).update).toEqual([])
})

test('what somebody changed between plan and sync is skipped', async () => {
  people = [memoryUser('cid'), memoryUser('dan')]
  const plan = await planned()
  done(await createUser(database, { loginName: 'CID', displayName: 'Local', groupIds: [] }, by))
  expect(await apply(plan)).toMatchObject({ created: 1, skipped: 1 })
  people = people.map(user => ({ ...user, displayName: 'Changed there' }))
  const update = await planned()
  expect(update.conflicts).toMatchObject([{ loginName: 'cid', why: 'LOGIN_NAME_TAKEN' }])
  const id = await idOf('dan')
  const edit = { loginName: 'dan', displayName: 'Changed here', groupIds: [], status: 'ACTIVE' as const, version: 1 }
  done(await updateUser(database, id, edit, by, 'SYSTEM'))
  expect(await apply({ ...update, disable: [] })).toMatchObject({ updated: 0, skipped: 1 })
  expect(await getUserView(db, 'ALL', id)).toMatchObject({ displayName: 'Changed here' })
})

test('the last administrator is not disabled, whatever the directory says', async () => {
  const [one, other] = [memoryUser('adm1'), memoryUser('adm2')]
  people = [one, other]
  await apply(await planned())
  for (const name of ['adm1', 'adm2']) done(await setRole(database, await idOf(name), 'ADMINISTRATOR', by, 'SYSTEM'))
  people = []
  const plan = await planned()
  const [going, ...others] = plan.disable.filter(user => user.loginName.startsWith('adm'))
  expect(others).toEqual([])
  expect(plan.conflicts).toMatchObject([{ why: 'LAST_ADMINISTRATOR' }])
  // Whom the plan spared may be the only one by the time it is carried out.
  const spared = (await knownUsers(db)).find(user => user.loginName === plan.conflicts[0]?.loginName)
  const users = [going, spared && { ...spared, why: 'GONE' as const }].filter(user => user !== undefined)
  const steps = users.map(user => ({ kind: 'disable' as const, user }))
  expect(await applySyncSteps(database, steps, by)).toMatchObject({ disabled: 1, skipped: 1 })
})

test('a group that is here already is taken by its name and keeps its own members', async () => {
  const others = [...groups, { id: 'other-there', dn: 'cn=other', name: 'other' }]
  const own = done(await createGroup(database, { name: 'Other', description: '', assignments: {}, layouts: {} }, by))
  const member = done(await createUser(database, { loginName: 'local', displayName: 'L', groupIds: [own.id] }, by))
  const plan = planSync({
    users: [],
    groups: others,
    knownUsers: await knownUsers(db),
    knownGroups: await knownGroups(db),
    settings: { ...settings, groups: [{ directoryGroup: 'other-there', name: 'other' }] },
    newId: () => newId(aTime),
  })
  await applyGroupPlan(database, plan.groups, by)
  expect(await knownGroups(db)).toContainEqual({ id: own.id, name: 'Other', directoryId: 'other-there' })
  expect(await getUserView(db, 'ALL', member.id)).toMatchObject({ groups: [{ name: 'Other' }] })
})
