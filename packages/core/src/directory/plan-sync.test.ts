import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { DirectoryUser } from '../ports/directory.ts'
import { directoryPresets } from './directory-settings.ts'
import { type KnownUser, planSync, type SyncPlan } from './plan-sync.ts'

const { attributes } = directoryPresets['active-directory']
const settings = { groups: [], disableLimitPercent: 20, attributes }

const there = (id: string, change: Partial<DirectoryUser> = {}): DirectoryUser => ({
  id,
  dn: `cn=${id}`,
  loginName: id,
  displayName: `Person ${id}`,
  givenName: null,
  familyName: null,
  email: null,
  upn: null,
  sid: null,
  employeeNumber: null,
  department: null,
  disabled: false,
  groupIds: [],
  ...change,
})
const here = (id: string, change: Partial<KnownUser> = {}): KnownUser => {
  const { disabled: _, dn, loginName, displayName, ...rest } = there(id)
  return {
    ...rest,
    id: `user-${id}`,
    loginName: loginName ?? '',
    displayName: displayName ?? '',
    version: 1,
    status: 'ACTIVE',
    directoryId: id,
    directoryDn: dn,
    isAdministrator: false,
    disabledBySync: false,
    ...change,
  }
}
const plan = (
  users: readonly DirectoryUser[],
  knownUsers: readonly KnownUser[],
  change: Partial<Parameters<typeof planSync>[0]> = {},
): SyncPlan => planSync({ users, knownUsers, groups: [], knownGroups: [], settings, newId: () => 'new', ...change })

test('who is new is created, with the name parts or the login name where no display name is', () => {
  const { create } = plan(
    [
      there('a', { displayName: null, givenName: 'Ann', familyName: 'Arch' }),
      there('b', { displayName: null, email: 'b@example.org' }),
    ],
    [],
  )
  expect(create.map(user => user.fields)).toMatchObject([
    { loginName: 'a', displayName: 'Ann Arch' },
    { loginName: 'b', displayName: 'b', email: 'b@example.org' },
  ])
})

test('a renamed and moved entry is the same person, and only what differs is told', () => {
  const { update, create } = plan([there('a', { loginName: 'anna', dn: 'cn=anna,ou=new' })], [here('a')])
  expect(create).toEqual([])
  expect(update).toMatchObject([
    {
      id: 'user-a',
      version: 1,
      differences: [
        { field: 'loginName', from: 'a', to: 'anna' },
        { field: 'dn', from: 'cn=a', to: 'cn=anna,ou=new' },
      ],
    },
  ])
})

test('an attribute that is not mapped leaves what is stored', () => {
  const unmapped = { ...settings, attributes: { ...attributes, department: '' } }
  expect(plan([there('a')], [here('a', { department: 'Sales' })], { settings: unmapped }).unchanged).toBe(1)
  expect(plan([there('a')], [here('a', { department: 'Sales' })]).update).toHaveLength(1)
})

test('who is gone or disabled there is disabled, once; a disabled stranger is not made', () => {
  const { disable, create, unchanged } = plan(
    [there('a', { disabled: true }), there('stranger', { disabled: true })],
    [here('a'), here('gone'), here('gone before', { status: 'DISABLED', disabledBySync: true })],
  )
  expect(disable.map(({ id, why }) => [id, why])).toEqual([
    ['user-a', 'DISABLED_THERE'],
    ['user-gone', 'GONE'],
  ])
  expect(create).toEqual([])
  expect(unchanged).toBe(2)
})

test('the last active administrator is not disabled, and that is told; of several one stays', () => {
  const administrator = { isAdministrator: true }
  const { disable, conflicts, guard } = plan([], [here('a', administrator), here('b', administrator), here('c')])
  expect(disable.map(user => user.id)).toEqual(['user-a', 'user-c'])
  expect(conflicts).toEqual([{ dn: 'cn=b', loginName: 'b', why: 'LAST_ADMINISTRATOR' }])
  expect(guard.disabling).toBe(2)
  const disabled = here('b', { ...administrator, status: 'DISABLED' })
  expect(plan([], [here('a', administrator), disabled]).disable).toEqual([])
  const madeHere = here('b', { ...administrator, directoryId: null, directoryDn: null })
  expect(plan([], [here('a', administrator), madeHere])).toMatchObject({ disable: [{ id: 'user-a' }], conflicts: [] })
})

test('who comes back is enabled only if it was the sync that disabled', () => {
  const { update, unchanged } = plan(
    [there('a'), there('b')],
    [here('a', { status: 'DISABLED', disabledBySync: true }), here('b', { status: 'DISABLED' })],
  )
  expect(update.map(({ id, enable }) => [id, enable])).toEqual([['user-a', true]])
  expect(unchanged).toBe(1)
})

test('a user who was made here is never taken over, and never disabled', () => {
  const local = here('x', { id: 'local', loginName: 'Alice', directoryId: null, directoryDn: null })
  const { conflicts, create, update, disable } = plan([there('1', { loginName: 'alice' })], [local])
  expect(conflicts).toEqual([{ dn: 'cn=1', loginName: 'alice', why: 'LOGIN_NAME_TAKEN' }])
  expect([create, update, disable]).toEqual([[], [], []])
})

test('what cannot be decided is a conflict and changes nobody', () => {
  const { conflicts, create, update, disable } = plan(
    [
      there('1', { loginName: 'Twin' }),
      there('2', { loginName: 'twin' }),
      there('3', { loginName: null }),
      there('4', { upn: 'shared@example.org' }),
      there('5', { upn: 'SHARED@example.org' }),
      there('6', { upn: 'taken@example.org' }),
      there('7', { displayName: 'x'.repeat(121) }),
    ],
    [here('3'), here('9', { directoryId: null, upn: 'Taken@example.org' })],
  )
  expect(conflicts.map(({ dn, why }) => [dn, why])).toEqual([
    ['cn=1', 'AMBIGUOUS'],
    ['cn=2', 'AMBIGUOUS'],
    ['cn=3', 'LOGIN_NAME_MISSING'],
    ['cn=4', 'UPN_TAKEN'],
    ['cn=5', 'UPN_TAKEN'],
    ['cn=6', 'UPN_TAKEN'],
    ['cn=7', 'NAME_NOT_ALLOWED'],
  ])
  expect([create, update, disable]).toEqual([[], [], []])
})

test('a value that does not fit here is left out and told; the person is imported', () => {
  const odd = { email: 'not an address', sid: 'S-1-x', department: 'd'.repeat(121), givenName: 'tab\there', upn: 'a@b' }
  const { create, leftOut } = plan([there('a', odd)], [])
  const nothing = { email: null, sid: null, department: null, givenName: null, upn: 'a@b' }
  expect(create[0]?.fields).toMatchObject(nothing)
  expect(leftOut.map(({ field }) => field).sort()).toEqual(['department', 'email', 'givenName', 'sid'])
})

test.each([
  [0, false],
  [20, false],
  [21, true],
  [100, true],
])('%i of 100 gone: asks for confirmation is %s', (gone, exceeded) => {
  const known = Array.from({ length: 100 }, (_, i) => here(`${i}`))
  const { guard } = plan(
    known.slice(gone).map(user => there(user.directoryId ?? '')),
    known,
  )
  expect(guard).toEqual({ disabling: gone, of: 100, exceeded })
})

test('a directory that suddenly shows nobody disables nobody unasked, however few they are', () => {
  expect(plan([], [here('a')]).guard.exceeded).toBe(true)
  expect(plan([], []).guard.exceeded).toBe(false)
})

test('linked groups follow the directory, all others stay', () => {
  const groups = [
    { id: 'd1', dn: 'cn=d1', name: 'Staff there' },
    { id: 'd2', dn: 'cn=d2', name: 'Other' },
  ]
  const knownGroups = [
    { id: 'g1', name: 'Renamed here', directoryId: 'd1' },
    { id: 'g2', name: 'staff', directoryId: null },
    { id: 'g3', name: 'By hand', directoryId: null },
  ]
  const wanted = [
    { directoryGroup: 'd1', name: 'Staff' },
    { directoryGroup: 'd2', name: 'Others' },
    { directoryGroup: 'd3', name: 'Nobody' },
  ]
  const result = plan([there('a', { groupIds: ['d2', 'd9'] })], [here('a', { groupIds: ['g1', 'g3'] })], {
    groups,
    knownGroups,
    settings: { ...settings, groups: wanted },
  })
  expect(result.groups).toMatchObject({
    create: [{ id: 'new', name: 'Others', directoryId: 'd2' }],
    link: [],
    missing: [{ directoryGroup: 'd3', name: 'Nobody' }],
  })
  expect(result.update[0]?.fields.groupIds).toEqual(['g3', 'new'])
  expect(result.update[0]?.differences).toEqual([
    { field: 'groups', from: 'By hand, Renamed here', to: 'By hand, Others' },
  ])
})

const id = fc.constantFrom('a', 'b', 'c', 'd', 'e')
const name = fc.constantFrom('n1', 'N1', 'n2', 'n3', 'n4', 'n5')
const upn = name.map(local => `${local}@example.org`)
const anyUser = fc
  .record({ id, loginName: fc.option(name), disabled: fc.boolean(), upn: fc.option(upn), email: fc.option(name) })
  .map(({ id, ...change }) => there(id, change))
const anyKnown = fc
  .record({
    directoryId: fc.option(id),
    loginName: name,
    status: fc.constantFrom('ACTIVE' as const, 'DISABLED' as const),
    disabledBySync: fc.boolean(),
  })
  .map(change => change)
const anyKnowns = fc
  .uniqueArray(anyKnown, { selector: user => user.loginName.toLowerCase() })
  .map(users => users.map((change, i) => here(`${i}`, { ...change, id: `user-${i}` })))
  .filter(users => {
    const ids = users.flatMap(user => user.directoryId ?? [])
    return new Set(ids).size === ids.length
  })

test('whatever both sides hold: every plan can be stored, nobody is planned twice, and a second sync has nothing new to do', () => {
  fc.assert(
    fc.property(fc.array(anyUser), anyKnowns, (users, known) => {
      const first = plan(users, known)
      const touched = [...first.update, ...first.disable].map(user => user.id)
      expect(new Set(touched).size).toBe(touched.length)
      const after: KnownUser[] = known.map(user => {
        const update = first.update.find(other => other.id === user.id)
        const disable = first.disable.some(other => other.id === user.id)
        if (disable) return { ...user, status: 'DISABLED', disabledBySync: true }
        if (!update) return user
        const status = update.enable ? 'ACTIVE' : user.status
        return { ...user, ...update.fields, directoryDn: update.dn, status }
      })
      for (const { directoryId, dn, fields } of first.create)
        after.push(here(directoryId, { ...fields, directoryDn: dn }))
      // The unique indexes of the database: users_login_name, users_upn, users_directory_id.
      for (const values of [
        after.map(user => user.loginName.toLowerCase()),
        after.flatMap(user => user.upn?.toLowerCase() ?? []),
        after.flatMap(user => user.directoryId ?? []),
      ])
        expect(new Set(values).size).toBe(values.length)
      expect(after.filter(user => user.directoryId === null)).toEqual(known.filter(user => user.directoryId === null))
      const second = plan(users, after)
      expect(second.disable).toEqual([])
      // Except that a name which was given up in the first sync may be taken in the second.
      const waiting = first.conflicts.map(conflict => conflict.dn)
      for (const { dn } of [...second.create, ...second.update]) expect(waiting).toContain(dn)
    }),
    { numRuns: 1000 },
  )
})
