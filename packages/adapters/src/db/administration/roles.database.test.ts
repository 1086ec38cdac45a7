import { randomUUID } from 'node:crypto'
import { type Permission, permissions, predefinedRoles, role, rolePermissions } from '@cardwright/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { aTime } from '../../testing/store/samples.ts'
import { createTestDatabase, testMacs } from '../../testing/store/test-postgres.ts'
import { listAudit } from '../queries/audit.ts'
import { accessOfRole, getRole, listRoles } from '../queries/roles.ts'
import type { GroupScope } from '../queries/scope.ts'
import { getUserView } from '../queries/users.ts'
import type { Db } from '../schema/index.ts'
import { createDatabase, type Database } from '../unit-of-work.ts'
import { json } from '../values.ts'
import { createGroup } from './groups.ts'
import type { Access } from './own-access.ts'
import { createRole, deleteRole, updateRole } from './roles.ts'
import { createUser, setRole, updateUser } from './users.ts'
import type { Written } from './written.ts'

let db: Db
let database: Database
const groups: Record<'mine' | 'others', string> = { mine: '', others: '' }
beforeAll(async () => {
  db = await createTestDatabase()
  database = createDatabase(db, testMacs)
  for (const name of ['mine', 'others'] as const)
    groups[name] = done(await createGroup(database, { name, description: '', assignments: {}, layouts: {} }, by)).id
})
afterAll(() => db.destroy())

const by = { actor: { kind: 'operator', id: 'o', label: 'Root' } as const, at: aTime }
const done = <T>(written: Written<T>): T => {
  if (!written.ok) throw new Error(`Refused: ${JSON.stringify(written)}`)
  return written.value
}
const refused = (why: string) => ({ ok: false, code: 'ACCESS_REFUSED', why })
const newestRecord = async () => (await listAudit(db, { scope: 'ALL', operatorId: 'o' }, { limit: 1 })).rows[0]

let count = 0
const aUser = async (change: { groupIds?: string[]; role?: string } = {}) => {
  count++
  const input = { loginName: `user${count}`, displayName: `User ${count}`, groupIds: change.groupIds ?? [] }
  const user = done(await createUser(database, input, by))
  return change.role === undefined ? user : done(await setRole(database, user.id, change.role, by, 'SYSTEM'))
}
const invite = (id: string) =>
  db
    .insertInto('invitations')
    .values({
      id: randomUUID(),
      token_hash: Buffer.from(randomUUID()),
      user_id: id,
      created_by: 'o',
      created_at: '2026-01-01T00:00:00Z',
      expires_at: '2026-01-02T00:00:00Z',
      used_at: null,
    })
    .execute()
const linksOf = (id: string) => db.selectFrom('invitations').select('id').where('user_id', '=', id).execute()
const aRole = async (held: readonly Permission[], scope: 'ALL' | 'OWN_GROUPS' = 'ALL') => {
  count++
  const input = { name: `Role ${count}`, description: '', permissions: [...held], scope, duplicateOf: 'AUDITOR' }
  return done(await createRole(database, input, by, 'SYSTEM'))
}
const access = (held: readonly Permission[], scope: GroupScope = 'ALL', own: Partial<Access> = {}): Access => ({
  operatorId: randomUUID(),
  roleId: randomUUID(),
  permissions: new Set(held),
  scope,
  ...own,
})

describe('roles', () => {
  test('the predefined ones come first, in order, and permit what the contract says', async () => {
    const rows = await listRoles(db)
    expect(rows.map(r => role.parse(r).id).slice(0, 6)).toEqual([...predefinedRoles])
    for (const id of predefinedRoles)
      expect(await accessOfRole(db, id)).toMatchObject({ permissions: rolePermissions[id], scope: 'ALL' })
    expect(await accessOfRole(db, randomUUID())).toBeNull()
  })

  test('what is stored for a predefined role cannot widen it, and what this release does not know permits nothing', async () => {
    const widened = db
      .updateTable('roles')
      .set({ permissions: json(permissions) })
      .where('id', '=', 'AUDITOR')
    await expect(widened.execute()).rejects.toMatchObject({ code: '23514' })
    const { id } = await aRole(['user.read'])
    await db
      .updateTable('roles')
      .set({ permissions: json(['user.read', 'user.rule-the-world']) })
      .where('id', '=', id)
      .execute()
    expect((await getRole(db, id))?.permissions).toEqual(['user.read'])
  })

  test('a predefined role is neither changed nor deleted, only duplicated', async () => {
    const change = { version: 1, name: 'X', description: '', permissions: [], scope: 'ALL' as const }
    const predefined = refused('ROLE_PREDEFINED')
    expect(await updateRole(database, 'AUDITOR', change, by, access(permissions))).toMatchObject(predefined)
    expect(await deleteRole(database, 'AUDITOR', 1, by, access(permissions))).toMatchObject(predefined)
    const copy = { duplicateOf: 'AUDITOR', name: 'Auditor of my groups', description: '' }
    const made = done(await createRole(database, copy, by, access(permissions)))
    expect(made).toMatchObject({ version: 1, predefined: false, scope: 'ALL', holders: 0 })
    expect([...made.permissions].sort()).toEqual([...rolePermissions.AUDITOR].sort())
    expect(await newestRecord()).toMatchObject({ action: 'role.created', details: { duplicateOf: 'Auditor' } })
    expect(await createRole(database, { ...copy, name: 'auditor' }, by, access(permissions))).toMatchObject({
      code: 'FIELD_REFUSED',
      field: 'name',
      why: 'TAKEN',
    })
  })

  test('a change says what was added and removed; an old version is refused and tells who was faster', async () => {
    const { id, name } = await aRole(['user.read', 'device.read'])
    const change = { version: 1, name, description: '', permissions: ['user.read', 'audit.read'] as Permission[] }
    const changed = done(await updateRole(database, id, { ...change, scope: 'OWN_GROUPS' }, by, access(permissions)))
    expect(changed).toMatchObject({ version: 2, permissions: ['user.read', 'audit.read'], scope: 'OWN_GROUPS' })
    expect(await newestRecord()).toMatchObject({
      action: 'role.changed',
      details: { added: 'audit.read', removed: 'device.read', scope: 'ALL → OWN_GROUPS' },
    })
    expect(await updateRole(database, id, { ...change, scope: 'ALL' }, by, access(permissions))).toMatchObject({
      code: 'VERSION_CONFLICT',
      params: { by: 'Root' },
    })
    expect(await deleteRole(database, id, 1, by, access(permissions))).toMatchObject({ code: 'VERSION_CONFLICT' })
  })

  test('a role that somebody has is not deleted', async () => {
    const { id } = await aRole(['user.read'])
    const holder = await aUser({ role: id })
    const everything = access(permissions)
    expect(await deleteRole(database, id, 1, by, everything)).toMatchObject({
      ...refused('ROLE_IN_USE'),
      params: { count: 1 },
    })
    done(await setRole(database, holder.id, null, by, everything))
    done(await deleteRole(database, id, 1, by, everything))
    expect(await getRole(db, id)).toBeNull()
    expect(await newestRecord()).toMatchObject({ action: 'role.deleted', details: { removed: 'user.read' } })
    expect(await setRole(database, holder.id, id, by, everything)).toMatchObject({ field: 'role', why: 'UNKNOWN' })
  })
})

describe('nobody widens their own access', () => {
  const held: Permission[] = ['user.read', 'user.write', 'role.read', 'role.write', 'operator.write']
  const scoped = () => access(held, { groupIds: [groups.mine] })
  const beyond = refused('ROLE_BEYOND_OWN')
  const write = { name: 'Mine', description: '', scope: 'ALL' as const }

  test('no role is made or changed to permit what one may not, or to see more groups', async () => {
    const more = { ...write, permissions: [...held, 'audit.read'] as Permission[] }
    expect(await createRole(database, { ...more, duplicateOf: 'AUDITOR' }, by, access(held))).toMatchObject(beyond)
    expect(
      await createRole(database, { name: 'A', description: '', duplicateOf: 'AUDITOR' }, by, access(held)),
    ).toMatchObject(beyond)
    const wide = { ...write, permissions: held, duplicateOf: 'AUDITOR' }
    expect(await createRole(database, wide, by, scoped())).toMatchObject(beyond)
    const mine = await aRole(held)
    expect(await updateRole(database, mine.id, { ...more, version: 1 }, by, access(held))).toMatchObject(beyond)
    expect(
      await updateRole(database, mine.id, { ...wide, scope: 'OWN_GROUPS', version: 1 }, by, scoped()),
    ).toMatchObject(beyond)
    // Taking away from a role that permits more is a hand in others' access as well.
    const theirs = await aRole(['audit.read'])
    expect(
      await updateRole(database, theirs.id, { ...write, permissions: [], version: 1 }, by, access(held)),
    ).toMatchObject(beyond)
    expect(await deleteRole(database, theirs.id, 1, by, access(held))).toMatchObject(beyond)
    expect(await getRole(db, theirs.id)).toMatchObject({ version: 1, permissions: ['audit.read'] })
  })

  test('the role that one has is not changed or deleted, even to permit less', async () => {
    const own = await aRole(held)
    const me = access(held, 'ALL', { roleId: own.id })
    const change = { ...write, permissions: [], version: 1 }
    expect(await updateRole(database, own.id, change, by, me)).toMatchObject(refused('OWN_ROLE'))
    expect(await deleteRole(database, own.id, 1, by, me)).toMatchObject(refused('OWN_ROLE'))
  })

  test('nobody gives or takes their own role, or changes their own status', async () => {
    const { id } = await aUser({ role: 'ADMINISTRATOR' })
    await aUser({ role: 'ADMINISTRATOR' })
    const me = access(permissions, 'ALL', { operatorId: id })
    const own = refused('OWN_ACCESS')
    expect(await setRole(database, id, 'AUDITOR', by, me)).toMatchObject(own)
    expect(await setRole(database, id, null, by, me)).toMatchObject(own)
    const { loginName, displayName, version } = await aViewOf(id)
    const edit = { loginName, displayName, groupIds: [], version }
    expect(await updateUser(database, id, { ...edit, status: 'DISABLED' }, by, me)).toMatchObject(own)
    done(await updateUser(database, id, { ...edit, status: 'ACTIVE' }, by, me))
  })

  test('no role is given that permits more or sees more, and nobody is touched who has such a role', async () => {
    const user = await aUser()
    expect(await setRole(database, user.id, 'ADMINISTRATOR', by, access(held))).toMatchObject(beyond)
    const wide = await aRole(['user.read'])
    const narrow = await aRole(['user.read'], 'OWN_GROUPS')
    expect(await setRole(database, user.id, wide.id, by, scoped())).toMatchObject(beyond)
    done(await setRole(database, user.id, narrow.id, by, scoped()))
    const officer = await aUser({ role: 'SECURITY_OFFICER', groupIds: [groups.mine] })
    const operator = refused('OPERATOR_BEYOND_OWN')
    for (const role of ['SECURITY_OFFICER', narrow.id, null])
      expect(await setRole(database, officer.id, role, by, access(held))).toMatchObject(operator)
    for (const status of ['ACTIVE', 'DISABLED'] as const) {
      const edit = { loginName: 'mine-now', displayName: 'Mine', groupIds: [], version: 2, status }
      expect(await updateUser(database, officer.id, edit, by, access(held))).toMatchObject(operator)
    }
    expect(await getUserView(db, 'ALL', officer.id)).toMatchObject({ version: 2, role: { name: 'Security officer' } })
  })

  test('a link that was made for an earlier role opens nothing any more', async () => {
    const { id } = await aUser({ role: 'AUDITOR' })
    await invite(id)
    done(await setRole(database, id, 'ADMINISTRATOR', by, access(permissions)))
    expect(await linksOf(id)).toEqual([])
  })

  test('nor does one that was made before the role permitted more; to permit less ends none', async () => {
    const weak = await aRole(['user.read', 'device.read'], 'OWN_GROUPS')
    const { id } = await aUser({ role: weak.id })
    await invite(id)
    const change = { name: weak.name, description: '', permissions: ['user.read'] as Permission[] }
    done(await updateRole(database, weak.id, { ...change, scope: 'OWN_GROUPS', version: 1 }, by, access(permissions)))
    expect(await linksOf(id)).toHaveLength(1)
    done(await updateRole(database, weak.id, { ...change, scope: 'ALL', version: 2 }, by, access(permissions)))
    expect(await linksOf(id)).toEqual([])
  })

  test.each([
    ['ADMINISTRATOR', 'gone'],
    [null, 'gone'],
    ['VALIDATION_OFFICER', 'gone'],
    ['own', 'kept'],
  ] as const)('password and passkeys of an auditor who becomes %s are %s', async (next, fate) => {
    const part = await aRole(['user.read', 'audit.read'], 'OWN_GROUPS')
    const { id } = await aUser({ role: 'AUDITOR' })
    const at = '2026-01-01T00:00:00Z'
    await db.insertInto('passwords').values({ user_id: id, hash: 'h', changed_at: at }).execute()
    await db
      .insertInto('passkeys')
      .values({
        ...{ credential_id: randomUUID(), user_id: id, public_key: Buffer.from('k'), sign_count: 0, transports: '[]' },
        ...{ name: 'Passkey', created_at: at, last_used_at: null },
      })
      .execute()
    done(await setRole(database, id, next === 'own' ? part.id : next, by, access(permissions)))
    for (const table of ['passwords', 'passkeys'] as const) {
      const rows = await db.selectFrom(table).select('user_id').where('user_id', '=', id).execute()
      expect(rows).toHaveLength(fate === 'kept' ? 1 : 0)
    }
  })

  describe('with own groups only', () => {
    const edit = async (id: string, groupIds: string[], me: Access) => {
      const { loginName, displayName, version } = await aViewOf(id)
      return updateUser(database, id, { loginName, displayName, groupIds, version, status: 'ACTIVE' }, by, me)
    }

    test('users are put into own groups only, and into one at least', async () => {
      const make = (groupIds: string[]) => {
        count++
        const input = { loginName: `scoped${count}`, displayName: 'Scoped', groupIds }
        return createUser(database, input, by, { access: scoped() })
      }
      const outOfScope = refused('GROUP_OUT_OF_SCOPE')
      for (const wrong of [[], [groups.others], [groups.mine, groups.others], [randomUUID()]])
        expect(await make(wrong)).toMatchObject(outOfScope)
      const { id } = done(await make([groups.mine]))
      expect(await edit(id, [groups.mine, groups.others], scoped())).toMatchObject(outOfScope)
      expect(await edit(id, [], scoped())).toMatchObject(outOfScope)
    })

    test('groups that one does not see stay as they are', async () => {
      const { id } = await aUser({ groupIds: [groups.mine, groups.others] })
      const scope = { groupIds: [groups.mine] }
      expect(await getUserView(db, scope, id)).toMatchObject({ groupIds: [groups.mine] })
      done(await edit(id, [groups.mine], access(held, scope)))
      expect([...(await aViewOf(id)).groupIds].sort()).toEqual([groups.mine, groups.others].sort())
    })

    test('nobody signs in as somebody who sees groups that one does not see oneself', async () => {
      const role = await aRole(['user.read'], 'OWN_GROUPS')
      const both = [groups.mine, groups.others]
      const operator = refused('OPERATOR_BEYOND_OWN')
      const [user, colleague] = [await aUser({ groupIds: both }), await aUser({ groupIds: both, role: role.id })]
      for (const { id } of [user, colleague])
        expect(await setRole(database, id, role.id, by, scoped())).toMatchObject(operator)
      expect(await setRole(database, colleague.id, null, by, scoped())).toMatchObject(operator)
      const { id } = await aUser({ groupIds: [groups.mine] })
      done(await setRole(database, id, role.id, by, scoped()))
    })

    test('a role that somebody outside has is not changed', async () => {
      const role = await aRole(['user.read'], 'OWN_GROUPS')
      const change = { name: role.name, description: '', scope: 'OWN_GROUPS' as const, permissions: held }
      await aUser({ groupIds: [groups.mine], role: role.id })
      const version = (await getRole(db, role.id))?.version ?? 0
      done(await updateRole(database, role.id, { ...change, version }, by, scoped()))
      const later = { ...change, permissions: [], version: version + 1 }
      for (const groupIds of [[groups.mine, groups.others], []]) {
        const { id } = await aUser({ groupIds, role: role.id })
        expect(await updateRole(database, role.id, later, by, scoped())).toMatchObject(refused('OPERATOR_BEYOND_OWN'))
        done(await setRole(database, id, null, by, 'SYSTEM'))
      }
      done(await updateRole(database, role.id, later, by, scoped()))
    })

    test('nobody leaves or joins groups of their own choice', async () => {
      const { id } = await aUser({ groupIds: [groups.mine, groups.others] })
      const me = access(held, { groupIds: [groups.mine, groups.others] }, { operatorId: id })
      expect(await edit(id, [groups.mine], me)).toMatchObject(refused('OWN_GROUPS'))
      const other = done(
        await createGroup(database, { name: randomUUID(), description: '', assignments: {}, layouts: {} }, by),
      )
      expect(await edit(id, [groups.mine, groups.others, other.id], me)).toMatchObject(refused('GROUP_OUT_OF_SCOPE'))
      done(await edit(id, [groups.others, groups.mine], me))
    })
  })
})

const aViewOf = async (id: string) => {
  const view = await getUserView(db, 'ALL', id)
  if (view === null) throw new Error('no such user')
  return view
}

describe('the last administrator', () => {
  beforeEach(async () => {
    await db.updateTable('users').set({ role: null }).where('role', '=', 'ADMINISTRATOR').execute()
  })
  const disable = async (id: string) => {
    const { loginName, displayName, version } = await aViewOf(id)
    return updateUser(database, id, { loginName, displayName, groupIds: [], version, status: 'DISABLED' }, by, 'SYSTEM')
  }

  test('is not disabled and keeps the role; one of two may go; a disabled one does not count', async () => {
    const last = refused('LAST_ADMINISTRATOR')
    const [one, other] = [await aUser({ role: 'ADMINISTRATOR' }), await aUser({ role: 'ADMINISTRATOR' })]
    done(await disable(one.id))
    expect(await disable(other.id)).toMatchObject(last)
    for (const role of ['AUDITOR', null])
      expect(await setRole(database, other.id, role, by, 'SYSTEM')).toMatchObject(last)
    done(await setRole(database, one.id, null, by, 'SYSTEM'))
    done(await setRole(database, other.id, 'ADMINISTRATOR', by, 'SYSTEM'))
    expect(await getUserView(db, 'ALL', other.id)).toMatchObject({ status: 'ACTIVE', role: { id: 'ADMINISTRATOR' } })
  })
})
