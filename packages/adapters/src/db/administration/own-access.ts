import { isPredefinedRole, type Permission, type Role } from '@cardwright/contract'
import type { User } from '@cardwright/core'
import { accessOfRole } from '../queries/roles.ts'
import type { GroupScope } from '../queries/scope.ts'
import type { DbTransaction } from '../schema/index.ts'
import { refuseAccess, refuseWrite } from './written.ts'

/** What an operator has who changes what others may do: nobody gives, or takes over, more than that. */
export type Access = {
  readonly operatorId: string
  readonly roleId: string
  readonly permissions: ReadonlySet<Permission>
  readonly scope: GroupScope
}
/** `SYSTEM`: the first start and the demo, which no operator asked for. */
export type AccessOrSystem = Access | 'SYSTEM'

export type Reach = Pick<Role, 'permissions' | 'scope'>

/** As the audit names a role: a predefined one by its id, whatever the language of who reads it. */
export const wordOfRole = ({ id, name }: Pick<Role, 'id' | 'name'>): string => (isPredefinedRole(id) ? id : name)

/** Permits something that the other one does not, or sees more. */
export const exceeds = (reach: Reach, other: Reach): boolean =>
  reach.permissions.some(p => !other.permissions.includes(p)) || (reach.scope === 'ALL' && other.scope !== 'ALL')

export const isBeyond = (reach: Reach, access: AccessOrSystem): boolean =>
  access !== 'SYSTEM' &&
  exceeds(reach, { permissions: [...access.permissions], scope: access.scope === 'ALL' ? 'ALL' : 'OWN_GROUPS' })

/** With a role this user sees, or would see, groups that the caller does not. */
export const isInOtherGroups = ({ groupIds }: Pick<User, 'groupIds'>, access: AccessOrSystem): boolean => {
  if (access === 'SYSTEM' || access.scope === 'ALL') return false
  const own = new Set(access.scope.groupIds)
  return groupIds.some(id => !own.has(id))
}

export const roleToHave = async (
  trx: DbTransaction,
  id: string,
): Promise<Pick<Role, 'id' | 'name' | 'permissions' | 'scope'>> =>
  (await accessOfRole(trx, id)) ?? refuseWrite({ ok: false, code: 'FIELD_REFUSED', field: 'role', why: 'UNKNOWN' })

/** A one-time link for somebody who may do more, or that person's account changed, would be a way to do more oneself. */
export const refuseBeyondOperator = async (trx: DbTransaction, user: User, access: AccessOrSystem): Promise<void> => {
  if (user.role === null || access === 'SYSTEM' || user.id === access.operatorId) return
  if (isInOtherGroups(user, access) || isBeyond(await roleToHave(trx, user.role), access))
    refuseAccess('OPERATOR_BEYOND_OWN')
}

/**
 * The groups that a user has after a change by somebody who sees own groups only: groups out of scope are not shown, so
 * they stay as they are, and at least one in scope must be left.
 */
export const groupsWithin = (
  wanted: readonly string[],
  before: Pick<User, 'id' | 'groupIds'> | null,
  access: AccessOrSystem,
): readonly string[] => {
  if (access === 'SYSTEM' || access.scope === 'ALL') return wanted
  const own = new Set(access.scope.groupIds)
  const had = before?.groupIds ?? []
  const kept = had.filter(id => !own.has(id))
  const given = wanted.filter(id => own.has(id))
  if (before?.id === access.operatorId && given.length !== had.length - kept.length) refuseAccess('OWN_GROUPS')
  if (before?.id === access.operatorId && given.some(id => !had.includes(id))) refuseAccess('OWN_GROUPS')
  if (given.length === 0 || wanted.some(id => !own.has(id) && !had.includes(id))) refuseAccess('GROUP_OUT_OF_SCOPE')
  return [...kept, ...given].sort()
}

/** Without one nobody could mend what was done. Asked in the transaction that takes the role or the account away. */
export const isLastAdministrator = async (trx: DbTransaction, user: User): Promise<boolean> => {
  if (user.role !== 'ADMINISTRATOR' || user.status !== 'ACTIVE') return false
  const other = await trx
    .selectFrom('users')
    .select('id')
    .where('role', '=', 'ADMINISTRATOR')
    .where('status', '=', 'ACTIVE')
    .where('id', '<>', user.id)
    .executeTakeFirst()
  return other === undefined
}

export const refuseLastAdministrator = async (trx: DbTransaction, user: User): Promise<void> => {
  if (await isLastAdministrator(trx, user)) refuseAccess('LAST_ADMINISTRATOR')
}
