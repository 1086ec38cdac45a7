import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../schema/index.ts'
import { isUuid } from '../transaction/known-ids.ts'

/** Whom somebody sees: everybody, or users who are in one of these groups and what is theirs. */
export type GroupScope = 'ALL' | { readonly groupIds: readonly string[] }

const everything = sql<boolean>`true`

/** Of a column with a user's id. What is nobody's is in no scope but ALL; see `deviceInScope`. */
export const userInScope = (scope: GroupScope, user: RawBuilder<unknown>): RawBuilder<boolean> => {
  if (scope === 'ALL') return everything
  if (scope.groupIds.length === 0) return sql<boolean>`false`
  return sql<boolean>`exists (select from memberships own where own.user_id = ${user}
    and own.group_id in (${sql.join(scope.groupIds)}))`
}

/** Of the column with the user of a device, an issuance or a credential: nobody's devices are there to be issued. */
export const ownerInScope = (scope: GroupScope, user: RawBuilder<unknown>): RawBuilder<boolean> =>
  scope === 'ALL' ? everything : sql<boolean>`(${user} is null or ${userInScope(scope, user)})`

export const groupInScope = (scope: GroupScope, group: RawBuilder<unknown>): RawBuilder<boolean> => {
  if (scope === 'ALL') return everything
  return scope.groupIds.length === 0 ? sql<boolean>`false` : sql<boolean>`${group} in (${sql.join(scope.groupIds)})`
}

/** The audit keeps ids as text, and those of users and devices that are gone as well. */
const usersInScope = (scope: GroupScope): RawBuilder<unknown> =>
  sql`(select u.id::text from users u where ${userInScope(scope, sql.ref('u.id'))})`

/** Of a row of the audit: nobody's, or about a user in scope. */
export const recordOwnerInScope = (scope: GroupScope): RawBuilder<boolean> =>
  scope === 'ALL' ? everything : sql<boolean>`(audit.user_id is null or audit.user_id in ${usersInScope(scope)})`

/** Of a row of the audit: about users and devices in scope, or an act of the operator's own. */
export const recordInScope = (scope: GroupScope, operatorId: string): RawBuilder<boolean> =>
  scope === 'ALL'
    ? everything
    : sql<boolean>`(audit.actor_id = ${operatorId} or audit.user_id in ${usersInScope(scope)}
      or (audit.user_id is null and audit.device_id in
        (select d.id::text from devices d where ${ownerInScope(scope, sql.ref('d.user_id'))})))`

export type ScopedObject =
  | 'user'
  | 'group'
  | 'device'
  | 'credential'
  | 'issuance'
  | 'request'
  | 'print-job'
  | 'delivery'

const ownerOf: Readonly<Record<Exclude<ScopedObject, 'user' | 'group'>, (id: string) => RawBuilder<unknown>>> = {
  device: id => sql`select user_id from devices where id = ${id}`,
  // As it was issued: the device may be somebody else's by now.
  credential: id =>
    sql`select i.user_id from credentials c join issuances i on i.id = c.issuance_id where c.id = ${id}`,
  // A recycle is nobody's; what it is about is the device.
  issuance:
    id => sql`select coalesce(i.user_id, d.user_id) as user_id from issuances i join devices d on d.id = i.device_id
    where i.id = ${id}`,
  request: id => sql`select user_id from requests where id = ${id}`,
  // Whose card it was when it was printed, for the same reason.
  'print-job': id => sql`select user_id from print_jobs where id = ${id}`,
  delivery: id => sql`select user_id from deliveries where id = ${id}`,
}

/** Whether an object is there for somebody with this scope. What does not exist is not. */
export const isInScope = async (db: Db, scope: GroupScope, object: ScopedObject, id: string): Promise<boolean> => {
  if (!isUuid(id)) return false
  const found =
    object === 'user'
      ? sql`select from users where id = ${id} and ${userInScope(scope, sql.ref('users.id'))}`
      : object === 'group'
        ? sql`select from groups where id = ${id} and ${groupInScope(scope, sql.ref('groups.id'))}`
        : sql`select from (${ownerOf[object](id)}) found where ${ownerInScope(scope, sql.ref('found.user_id'))}`
  return (await found.execute(db)).rows.length > 0
}
