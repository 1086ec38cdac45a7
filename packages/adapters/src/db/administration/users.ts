import type { PredefinedRole, UserWrite } from '@cardwright/contract'
import { refuse, type User } from '@cardwright/core'
import { newId } from '../new-id.ts'
import { userOf, userRow } from '../rows/users.ts'
import type { DbTransaction } from '../schema/index.ts'
import { userPort } from '../transaction/people.ts'
import type { Database } from '../unit-of-work.ts'
import {
  type AccessOrSystem,
  exceeds,
  groupsWithin,
  isBeyond,
  isInOtherGroups,
  refuseBeyondOperator,
  refuseLastAdministrator,
  roleToHave,
  wordOfRole,
} from './own-access.ts'
import { type By, factOf, refuseAccess, refuseWrite, type Written, whyNotChanged, write } from './written.ts'

const attributesOf = (input: UserWrite) => ({
  loginName: input.loginName,
  displayName: input.displayName,
  givenName: input.givenName ?? null,
  familyName: input.familyName ?? null,
  email: input.email ?? null,
  upn: input.upn ?? null,
  sid: input.sid ?? null,
  employeeNumber: input.employeeNumber ?? null,
  department: input.department ?? null,
  language: input.language ?? null,
  groupIds: [...new Set(input.groupIds)].sort(),
})

const isOwn = (id: string, access: AccessOrSystem): boolean => access !== 'SYSTEM' && access.operatorId === id

const objectOf = (user: User) => ({ type: 'user', id: user.id, label: user.displayName })

const putMemberships = async (trx: DbTransaction, userId: string, groupIds: readonly string[]): Promise<void> => {
  await trx.deleteFrom('memberships').where('user_id', '=', userId).execute()
  if (groupIds.length === 0) return
  await trx
    .insertInto('memberships')
    .values(groupIds.map(group_id => ({ user_id: userId, group_id })))
    .execute()
}

/**
 * `given` is for imports and the demo: ids that must be these, and a role from the start. For an operator it carries the
 * operator's access, whose groups the user must be in.
 */
export const createUser = (
  database: Database,
  input: UserWrite,
  by: By,
  given: {
    readonly id?: string
    readonly cardholderUuid?: string
    readonly role?: PredefinedRole
    readonly access?: AccessOrSystem
  } = {},
): Promise<Written<User>> =>
  write(database, async ({ trx, audit }) => {
    const user: User = {
      id: given.id ?? newId(by.at),
      version: 1,
      ...attributesOf({ ...input, groupIds: [...groupsWithin(input.groupIds, null, given.access ?? 'SYSTEM')] }),
      status: 'ACTIVE',
      role: given.role ?? null,
      cardholderUuid: given.cardholderUuid ?? newId(by.at),
      createdAt: by.at,
    }
    await trx.insertInto('users').values(userRow(user)).execute()
    await putMemberships(trx, user.id, user.groupIds)
    audit(factOf(by, 'user.created', objectOf(user), { role: user.role }))
    return user
  })

const changedFields = (before: User, after: User): string =>
  (Object.keys(after) as (keyof User)[])
    .filter(field => field !== 'version' && JSON.stringify(before[field]) !== JSON.stringify(after[field]))
    .join(', ')

const replace = async (trx: DbTransaction, wanted: User): Promise<User> => {
  const row = await trx
    .updateTable('users')
    .set(userRow({ ...wanted, version: wanted.version + 1 }))
    .where('id', '=', wanted.id)
    .where('version', '=', wanted.version)
    .returningAll()
    .executeTakeFirst()
  if (!row) return refuseWrite(await whyNotChanged(trx, 'users', wanted.id))
  return userOf(row, wanted.groupIds)
}

/** Compare-and-set on `version`. Disabling a user ends all sessions of that user at once. */
export const updateUser = (
  database: Database,
  id: string,
  input: UserWrite & { readonly version: number; readonly status: User['status'] },
  by: By,
  access: AccessOrSystem,
): Promise<Written<User>> =>
  write(database, async ({ trx, audit }) => {
    const before = (await userPort(trx).get(id)) ?? refuseWrite(refuse('NOT_FOUND'))
    await refuseBeyondOperator(trx, before, access)
    if (isOwn(id, access) && input.status !== before.status) refuseAccess('OWN_ACCESS')
    if (input.status === 'DISABLED') await refuseLastAdministrator(trx, before)
    const attributes = attributesOf({ ...input, groupIds: [...groupsWithin(input.groupIds, before, access)] })
    const wanted: User = { ...before, ...attributes, status: input.status, version: input.version }
    const user = await replace(trx, wanted)
    await putMemberships(trx, id, user.groupIds)
    if (user.status === 'DISABLED') await trx.deleteFrom('sessions').where('user_id', '=', id).execute()
    audit(factOf(by, 'user.changed', objectOf(user), { changed: changedFields(before, user), status: user.status }))
    return user
  })

/** Whoever made the link of the weaker role may know what was set with it: it must not open the stronger one. */
const removeSignIns = async (trx: DbTransaction, userId: string): Promise<void> => {
  await trx.deleteFrom('passwords').where('user_id', '=', userId).execute()
  await trx.deleteFrom('passkeys').where('user_id', '=', userId).execute()
}

/**
 * Makes a user an operator, gives another role, or (null) takes it away. Whatever sessions and links there were end;
 * unless the new role is a part of the old one, so do password and passkeys, which a new link sets anew.
 */
export const setRole = (
  database: Database,
  id: string,
  role: string | null,
  by: By,
  access: AccessOrSystem,
): Promise<Written<User>> =>
  write(database, async ({ trx, audit }) => {
    const before = (await userPort(trx).get(id)) ?? refuseWrite(refuse('NOT_FOUND'))
    if (isOwn(id, access)) refuseAccess('OWN_ACCESS')
    await refuseBeyondOperator(trx, before, access)
    if (role !== null && before.status !== 'ACTIVE') refuseWrite(refuse('USER_DISABLED'))
    const wanted = role === null ? null : await roleToHave(trx, role)
    if (wanted !== null && isBeyond(wanted, access)) refuseAccess('ROLE_BEYOND_OWN')
    if (wanted !== null && isInOtherGroups(before, access)) refuseAccess('OPERATOR_BEYOND_OWN')
    if (before.role === role) return before
    await refuseLastAdministrator(trx, before)
    const had = before.role === null ? null : await roleToHave(trx, before.role)
    const user = await replace(trx, { ...before, role })
    await trx.deleteFrom('sessions').where('user_id', '=', id).execute()
    if (wanted === null || had === null || exceeds(wanted, had)) await removeSignIns(trx, id)
    // A link that was made for the old role must not open the new one.
    await trx.deleteFrom('invitations').where('user_id', '=', id).where('used_at', 'is', null).execute()
    audit(
      factOf(by, 'user.role-changed', objectOf(user), {
        from: had && wordOfRole(had),
        to: wanted && wordOfRole(wanted),
      }),
    )
    return user
  })
