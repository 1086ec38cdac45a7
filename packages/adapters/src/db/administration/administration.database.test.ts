import { randomUUID } from 'node:crypto'
import { defaultSecuritySettings } from '@cardwright/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aPolicy, aTime } from '../../testing/store/samples.ts'
import { createTestDatabase, testMacs } from '../../testing/store/test-postgres.ts'
import { listAudit } from '../queries/audit.ts'
import { getUserView } from '../queries/users.ts'
import type { Db } from '../schema/index.ts'
import { createDatabase, type Database } from '../unit-of-work.ts'
import { createGroup, updateGroup } from './groups.ts'
import { claimInstallationFact, installationFact, setInstallationFact } from './installation.ts'
import { createPolicy, publishPolicy } from './policies.ts'
import { getSecuritySettings, putSecuritySettings } from './security-settings.ts'
import { createUser, setRole, updateUser } from './users.ts'
import type { Written } from './written.ts'

let db: Db
let database: Database
beforeAll(async () => {
  db = await createTestDatabase()
  database = createDatabase(db, testMacs)
})
afterAll(() => db.destroy())

const by = (label: string, at = aTime) => ({ actor: { kind: 'operator', id: `id-${label}`, label } as const, at })
const done = <T>(written: Written<T>): T => {
  if (!written.ok) throw new Error(`Refused: ${written.code}`)
  return written.value
}
const person = (loginName: string) => ({ loginName, displayName: `Person ${loginName}`, groupIds: [] as string[] })
const newestRecord = async () => (await listAudit(db, { scope: 'ALL', operatorId: 'o' }, { limit: 1 })).rows[0]

describe('users', () => {
  test('creating one is recorded with who did it', async () => {
    const group = done(
      await createGroup(database, { name: 'G1', description: '', assignments: {}, layouts: {} }, by('Root')),
    )
    const user = done(await createUser(database, { ...person('u1'), groupIds: [group.id] }, by('Root')))
    expect(await getUserView(db, 'ALL', user.id)).toMatchObject({ version: 1, groups: [{ id: group.id, name: 'G1' }] })
    expect(await newestRecord()).toMatchObject({ action: 'user.created', actor: 'Root', objectId: user.id })
  })

  test('a login name is taken whatever its case; nothing is stored and nothing recorded', async () => {
    done(await createUser(database, person('Taken'), by('Root')))
    const before = await newestRecord()
    expect(await createUser(database, person('tAKEN'), by('Root'))).toEqual({
      ok: false,
      code: 'FIELD_REFUSED',
      field: 'loginName',
      why: 'TAKEN',
    })
    expect(await newestRecord()).toEqual(before)
  })

  test('a UPN belongs to one person: Kerberos could not tell two apart', async () => {
    done(await createUser(database, { ...person('upn1'), upn: 'ada@corp.example' }, by('Root')))
    const second = await createUser(database, { ...person('upn2'), upn: 'ADA@corp.example' }, by('Root'))
    expect(second).toMatchObject({ ok: false, field: 'upn', why: 'TAKEN' })
  })

  test('a group that does not exist is refused by its field', async () => {
    const written = await createUser(database, { ...person('u2'), groupIds: [randomUUID()] }, by('Root'))
    expect(written).toMatchObject({ ok: false, field: 'groupIds', why: 'UNKNOWN' })
  })

  test('a change on an old version is refused and tells who was faster and when', async () => {
    const user = done(await createUser(database, person('u3'), by('Root')))
    const change = { ...person('u3'), version: 1, status: 'ACTIVE' } as const
    done(await updateUser(database, user.id, { ...change, displayName: 'First' }, by('Grace', aTime + 5), 'SYSTEM'))
    const late = await updateUser(database, user.id, { ...change, displayName: 'Second' }, by('Ada'), 'SYSTEM')
    expect(late).toEqual({
      ok: false,
      code: 'VERSION_CONFLICT',
      params: { by: 'Grace', at: '2026-01-01T00:00:00.005Z' },
    })
    expect(await getUserView(db, 'ALL', user.id)).toMatchObject({ version: 2, displayName: 'First' })
    expect(await newestRecord()).toMatchObject({ action: 'user.changed', details: { changed: 'displayName' } })
  })

  test('nobody is NOT_FOUND', async () => {
    const change = { ...person('x'), version: 1, status: 'ACTIVE' } as const
    expect(await updateUser(database, randomUUID(), change, by('Root'), 'SYSTEM')).toMatchObject({ code: 'NOT_FOUND' })
    expect(await setRole(database, 'nobody', 'AUDITOR', by('Root'), 'SYSTEM')).toMatchObject({ code: 'NOT_FOUND' })
  })

  test('a disabled user, or one with another role, has no session left', async () => {
    const user = done(await createUser(database, person('u4'), by('Root'), { role: 'HELP_DESK' }))
    const session = async () => {
      await db
        .insertInto('sessions')
        .values({
          id: randomUUID(),
          token_hash: Buffer.from(randomUUID()),
          user_id: user.id,
          created_at: '2026-01-01T00:00:00Z',
          last_seen_at: '2026-01-01T00:00:00Z',
          expires_at: '2026-01-01T10:00:00Z',
        })
        .execute()
    }
    const left = async () =>
      (await db.selectFrom('sessions').where('user_id', '=', user.id).select('id').execute()).length
    await session()
    const promoted = done(await setRole(database, user.id, 'AUDITOR', by('Root'), 'SYSTEM'))
    expect([promoted.role, promoted.version, await left()]).toEqual(['AUDITOR', 2, 0])
    expect(await newestRecord()).toMatchObject({
      action: 'user.role-changed',
      details: { from: 'HELP_DESK', to: 'AUDITOR' },
    })
    await session()
    done(await updateUser(database, user.id, { ...person('u4'), version: 2, status: 'DISABLED' }, by('Root'), 'SYSTEM'))
    expect(await left()).toBe(0)
  })
})

describe('groups', () => {
  test('policies are assigned in their order, by issuance type', async () => {
    const [a, b] = [aPolicy(), aPolicy()]
    for (const policy of [a, b]) done(await createPolicy(database, policy, by('Root'), { id: policy.id }))
    const group = done(
      await createGroup(
        database,
        { name: 'G2', description: '', assignments: { INITIAL: [b.id, a.id] }, layouts: {} },
        by('Root'),
      ),
    )
    const changed = done(
      await updateGroup(
        database,
        group.id,
        { version: 1, name: 'G2', description: 'x', assignments: { UPDATE: [a.id] }, layouts: {} },
        by('Root'),
      ),
    )
    expect(changed).toMatchObject({ version: 2, assignments: { UPDATE: [a.id] } })
    const late = await updateGroup(
      database,
      group.id,
      { version: 1, name: 'G2', description: '', assignments: {}, layouts: {} },
      by('Ada'),
    )
    expect(late).toMatchObject({ code: 'VERSION_CONFLICT', params: { by: 'Root' } })
  })

  test('two groups of one name, and a policy that does not exist, are refused by field', async () => {
    done(await createGroup(database, { name: 'Same', description: '', assignments: {}, layouts: {} }, by('Root')))
    const same = await createGroup(
      database,
      { name: 'same', description: '', assignments: {}, layouts: {} },
      by('Root'),
    )
    expect(same).toMatchObject({ field: 'name', why: 'TAKEN' })
    const unknown = { name: 'Other', description: '', assignments: { INITIAL: [randomUUID()] }, layouts: {} }
    expect(await createGroup(database, unknown, by('Root'))).toMatchObject({ field: 'assignments', why: 'UNKNOWN' })
  })
})

describe('policies', () => {
  test('publishing makes a version; the one before stays; an old base is a conflict', async () => {
    const { content } = aPolicy()
    const first = done(await createPolicy(database, { content, note: 'first' }, by('Root')))
    const input = { version: 1, content: { ...content, name: 'Second' }, note: 'renamed', retired: false }
    const second = done(await publishPolicy(database, first.id, input, by('Grace', aTime + 1000)))
    expect(second).toMatchObject({ version: 2, publishedBy: 'Grace', note: 'renamed' })
    expect(await publishPolicy(database, first.id, input, by('Ada'))).toEqual({
      ok: false,
      code: 'VERSION_CONFLICT',
      params: { by: 'Grace', at: '2026-01-01T00:00:01.000Z' },
    })
    expect(await newestRecord()).toMatchObject({ action: 'policy.published', objectLabel: 'Second' })
  })

  test('a published version cannot be changed in the database either', async () => {
    const { content } = aPolicy()
    const policy = done(await createPolicy(database, { content, note: '' }, by('Root')))
    const change = db.updateTable('device_policy_versions').set({ note: 'x' }).where('policy_id', '=', policy.id)
    await expect(change.execute()).rejects.toMatchObject({ code: '42501' })
  })
})

describe('security settings', () => {
  test('begin as version 1 with the defaults; each change is a version with its author', async () => {
    expect(await getSecuritySettings(db)).toEqual({
      version: 1,
      settings: defaultSecuritySettings,
      changedAt: null,
      changedBy: null,
    })
    const settings = { ...defaultSecuritySettings, pinDisplayMode: 'NOT_DISPLAYED', idleMinutes: 15 } as const
    done(await putSecuritySettings(database, { version: 1, settings }, by('Grace')))
    expect(await getSecuritySettings(db)).toEqual({ version: 2, settings, changedAt: aTime, changedBy: 'Grace' })
    expect(await newestRecord()).toMatchObject({
      action: 'settings.changed',
      details: { version: 2, pinDisplayMode: 'DISGUISED → NOT_DISPLAYED', idleMinutes: '30 → 15' },
    })
    expect(await putSecuritySettings(database, { version: 1, settings }, by('Ada'))).toMatchObject({
      code: 'VERSION_CONFLICT',
      params: { by: 'Grace' },
    })
    expect((await db.selectFrom('security_settings').select('version').execute()).map(s => s.version)).toEqual([2])
  })
})

test('a fact of the installation is claimed once', async () => {
  expect(await installationFact(db, 'demo')).toBeUndefined()
  expect(await claimInstallationFact(db, 'demo', { seeded: true })).toBe(true)
  expect(await claimInstallationFact(db, 'demo', { seeded: false })).toBe(false)
  await setInstallationFact(db, 'organisation', 'Example')
  await setInstallationFact(db, 'organisation', 'Example Ltd')
  expect([await installationFact(db, 'demo'), await installationFact(db, 'organisation')]).toEqual([
    { seeded: true },
    'Example Ltd',
  ])
})
