import type { Permission, Role, Session } from '@cardwright/contract'
import type { TextKey } from '../texts/t.ts'

export type Access = Pick<Role, 'permissions' | 'scope'>
/** What the operator in front of the page has. */
export type Own = Pick<Session, 'permissions' | 'scope'>

/** What a role permits and the operator does not have: nobody can widen access beyond their own (REQUIREMENTS §1 Roles). */
export const beyondOwn = ({ permissions }: Pick<Access, 'permissions'>, own: Own): Permission[] =>
  permissions.filter(permission => !own.permissions.includes(permission))

export const mayGiveScope = (scope: Access['scope'], own: Own): boolean => own.scope === 'ALL' || scope === 'OWN_GROUPS'

/** Whether the operator may give this role to somebody. */
export const mayGive = (role: Access, own: Own): boolean =>
  beyondOwn(role, own).length === 0 && mayGiveScope(role.scope, own)

/** As much of a role as the operator may give: what a duplicate starts with. */
export const withinOwn = ({ permissions, scope }: Access, own: Own): Access => ({
  permissions: permissions.filter(permission => own.permissions.includes(permission)),
  scope: mayGiveScope(scope, own) ? scope : 'OWN_GROUPS',
})

/** Why a role is shown and not edited; null = it can be edited. The first that applies is said. */
export const whyReadOnly = (
  role: Access & Pick<Role, 'id' | 'predefined'>,
  own: Own & { readonly roleId: string },
): TextKey | null => {
  if (role.id === own.roleId) return 'role.readOnly.own'
  if (role.predefined) return 'role.readOnly.predefined'
  if (!own.permissions.includes('role.write')) return 'role.readOnly.permission'
  return mayGive(role, own) ? null : 'role.readOnly.beyond'
}

export type AccessDifference = {
  /** Permitted by the second and not by the first. */
  readonly more: readonly Permission[]
  readonly less: readonly Permission[]
  readonly scopeChanged: boolean
}

export const accessDifference = (from: Access, to: Access): AccessDifference => ({
  more: to.permissions.filter(permission => !from.permissions.includes(permission)),
  less: from.permissions.filter(permission => !to.permissions.includes(permission)),
  scopeChanged: from.scope !== to.scope,
})

const distance = (from: Access, to: Access): number => {
  const { more, less, scopeChanged } = accessDifference(from, to)
  return more.length + less.length + (scopeChanged ? 1 : 0)
}

/** Which role it was duplicated from is not kept, so it is compared with the predefined one that is most like it. */
export const mostAlike = (role: Access, among: readonly Role[]): Role | undefined =>
  among.filter(other => other.predefined).sort((a, b) => distance(a, role) - distance(b, role))[0]
