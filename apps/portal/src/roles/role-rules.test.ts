import { permissions, predefinedRoles, type Role, rolePermissions } from '@cardwright/contract'
import { expect, test } from 'vitest'
import { accessDifference, beyondOwn, mayGive, mostAlike, whyReadOnly, withinOwn } from './role-rules.ts'

const predefined = predefinedRoles.map(
  (id): Role => ({
    id,
    version: 1,
    name: id,
    description: '',
    predefined: true,
    permissions: [...rolePermissions[id]],
    scope: 'ALL',
    holders: 0,
  }),
)
const roleOf = (id: string): Role => {
  const found = predefined.find(role => role.id === id)
  if (!found) throw new Error(id)
  return found
}
const own = (id: string, scope: Role['scope'] = 'ALL') => ({ permissions: roleOf(id).permissions, scope, roleId: id })
const helpDesk = roleOf('HELP_DESK')
const custom = { ...helpDesk, id: '5ac0ff1e-0000-4000-8000-000000000001', predefined: false }

test('REQUIREMENTS §1: nobody can give what they do not have', () => {
  expect(predefined.filter(role => mayGive(role, own('ADMINISTRATOR')))).toHaveLength(predefined.length)
  expect(mayGive(helpDesk, own('ISSUANCE_OFFICER'))).toBe(false)
  expect(beyondOwn(helpDesk, own('ISSUANCE_OFFICER'))).toEqual(['user.verify', 'user.reset-login', 'device.terminate'])
})

test('REQUIREMENTS §1: an operator for the own groups gives roles for the own groups only', () => {
  expect(mayGive(helpDesk, own('HELP_DESK', 'OWN_GROUPS'))).toBe(false)
  expect(mayGive({ ...helpDesk, scope: 'OWN_GROUPS' }, own('HELP_DESK', 'OWN_GROUPS'))).toBe(true)
  expect(withinOwn(helpDesk, own('HELP_DESK', 'OWN_GROUPS')).scope).toBe('OWN_GROUPS')
})

test('a duplicate starts with what may be given, and then may be given', () => {
  const start = withinOwn(roleOf('ADMINISTRATOR'), own('AUDITOR'))
  expect(start.permissions).toEqual(permissions.filter(p => rolePermissions.AUDITOR.includes(p)))
  expect(mayGive(start, own('AUDITOR'))).toBe(true)
})

test.each([
  ['the own role', custom, { ...own('ADMINISTRATOR'), roleId: custom.id }, 'role.readOnly.own'],
  ['a predefined role', helpDesk, own('ADMINISTRATOR'), 'role.readOnly.predefined'],
  ['without role.write', custom, own('AUDITOR'), 'role.readOnly.permission'],
  [
    'more than one’s own',
    { ...custom, permissions: [...permissions] },
    { ...own('AUDITOR'), permissions: [...rolePermissions.AUDITOR, 'role.write' as const] },
    'role.readOnly.beyond',
  ],
  ['another one, by who may', custom, own('ADMINISTRATOR'), null],
])('read only: %s', (_, role, by, why) => {
  expect(whyReadOnly(role, by)).toBe(why)
})

test('differences name what came and what went', () => {
  expect(accessDifference(helpDesk, helpDesk)).toEqual({ more: [], less: [], scopeChanged: false })
  const after = { permissions: [...helpDesk.permissions.slice(1), 'audit.read' as const], scope: 'OWN_GROUPS' as const }
  expect(accessDifference(helpDesk, after)).toEqual({ more: ['audit.read'], less: ['user.read'], scopeChanged: true })
})

test('a duplicate with little changed is compared with its original', () => {
  for (const role of predefined) {
    expect(mostAlike({ ...role, permissions: role.permissions.slice(0, -1) }, predefined)?.id).toBe(role.id)
  }
})
