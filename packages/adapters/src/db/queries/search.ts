import { type Kysely, sql } from 'kysely'
import type { Db, Tables } from '../schema/index.ts'
import { matches } from './match.ts'
import { type GroupScope, ownerInScope, userInScope } from './scope.ts'

export type SearchHit = {
  readonly kind: 'user' | 'device'
  readonly id: string
  readonly title: string
  readonly subtitle: string
  readonly state?: string
}

const most = 8

const users = (db: Kysely<Tables>, scope: GroupScope) =>
  db
    .selectFrom('users')
    .select(['id', 'display_name', 'login_name', 'status'])
    .where(userInScope(scope, sql.ref('users.id')))
    .orderBy('sort_name')
    .orderBy('id')

const devices = (db: Kysely<Tables>, scope: GroupScope) =>
  db
    .selectFrom('devices')
    .select(['id', 'serial', 'model', 'state'])
    .select(sql<string | null>`(select u.display_name from users u where u.id = devices.user_id)`.as('user_name'))
    .where(ownerInScope(scope, sql.ref('devices.user_id')))
    .orderBy('serial')
    .orderBy('id')

/** What is exactly named comes first: a whole login name, a whole serial number. */
const exactFirst = <Row extends { readonly id: string }>(exact: readonly Row[], others: readonly Row[]): Row[] =>
  [...exact, ...others.filter(row => exact.every(e => e.id !== row.id))].slice(0, most)

/** Users and devices by any words of theirs; at most eight of each. */
export const searchEverything = async (db: Db, scope: GroupScope, q: string): Promise<SearchHit[]> => {
  const exactUsers = await users(db, scope).where(sql`lower(login_name)`, '=', sql`lower(${q})`).execute()
  const otherUsers = await users(db, scope).where(matches(sql`search`, q)).limit(most).execute()
  const exactDevices = await devices(db, scope).where('serial', '=', q).limit(most).execute()
  const otherDevices = await devices(db, scope).where(matches(sql`search`, q)).limit(most).execute()
  return [
    ...exactFirst(exactUsers, otherUsers).map(
      (row): SearchHit => ({
        kind: 'user',
        id: row.id,
        title: row.display_name,
        subtitle: row.login_name,
        state: row.status,
      }),
    ),
    ...exactFirst(exactDevices, otherDevices).map(
      (row): SearchHit => ({
        kind: 'device',
        id: row.id,
        title: row.serial,
        subtitle: row.user_name ?? row.model,
        state: row.state,
      }),
    ),
  ]
}
