import type { User } from '@cardwright/contract'
import { type Selectable, sql } from 'kysely'
import type { Db, Tables } from '../schema/index.ts'
import { isUuid } from '../transaction/known-ids.ts'
import { time } from '../values.ts'
import { matches } from './match.ts'
import { type Page, pageFrom, readIdCursor, readSort } from './page.ts'
import { type GroupScope, groupInScope, userInScope } from './scope.ts'

export type UserQuery = {
  readonly q?: string | undefined
  readonly group?: string | undefined
  readonly status?: 'ACTIVE' | 'DISABLED' | undefined
  readonly role?: string | undefined
  readonly sort: 'displayName' | '-displayName' | 'createdAt' | '-createdAt'
  readonly cursor?: string | undefined
  readonly limit: number
}

type Found = Selectable<Tables['users']> & {
  readonly groups: { readonly id: string; readonly name: string }[]
  readonly device_count: number
  readonly role_name: string | null
  readonly photo_at: number | null
}

const optional = <Name extends string>(name: Name, value: string | null): Partial<Record<Name, string>> =>
  value === null ? {} : ({ [name]: value } as Record<Name, string>)

const viewOf = (row: Found): User => ({
  id: row.id,
  version: row.version,
  loginName: row.login_name,
  displayName: row.display_name,
  ...optional('givenName', row.given_name),
  ...optional('familyName', row.family_name),
  ...optional('email', row.email),
  ...optional('upn', row.upn),
  ...optional('sid', row.sid),
  ...optional('employeeNumber', row.employee_number),
  ...optional('department', row.department),
  ...optional('language', row.language),
  status: row.status,
  role: row.role === null ? null : { id: row.role, name: row.role_name ?? '' },
  groupIds: row.groups.map(g => g.id),
  groups: row.groups,
  photoAt: row.photo_at === null ? null : time(row.photo_at),
  deviceCount: row.device_count,
  createdAt: time(row.created_at),
})

const users = (db: Db, scope: GroupScope) =>
  db
    .selectFrom('users')
    .selectAll()
    .select([
      sql<
        Found['groups']
      >`(select coalesce(jsonb_agg(jsonb_build_object('id', g.id, 'name', g.name) order by g.name), '[]')
        from memberships m join groups g on g.id = m.group_id where m.user_id = users.id and ${groupInScope(scope, sql.ref('g.id'))})`.as(
        'groups',
      ),
      sql<string | null>`(select r.name from roles r where r.id = users.role)`.as('role_name'),
      sql<number | null>`(select p.changed_at from photos p where p.user_id = users.id)`.as('photo_at'),
      sql<number>`(select count(*) from devices d where d.user_id = users.id and d.state <> 'TERMINATED')`.as(
        'device_count',
      ),
    ])

const wanted = (scope: GroupScope, query: UserQuery) => {
  const conditions = [userInScope(scope, sql.ref('users.id'))]
  if (query.q) conditions.push(matches(sql`users.search`, query.q))
  if (query.status) conditions.push(sql<boolean>`users.status = ${query.status}`)
  if (query.role) conditions.push(sql<boolean>`users.role = ${query.role}`)
  if (query.group) {
    conditions.push(
      sql<boolean>`exists (select from memberships m where m.user_id = users.id and m.group_id = ${query.group})`,
    )
  }
  return sql<boolean>`${sql.join(conditions, sql` and `)}`
}

const sortColumns = { displayName: sql.ref('users.sort_name'), createdAt: sql.ref('users.created_at') }

export const listUsers = async (db: Db, scope: GroupScope, query: UserQuery): Promise<Page<User>> => {
  const cursor = readIdCursor(query.cursor)
  const { name, descending } = readSort<keyof typeof sortColumns>(query.sort)
  const column = sortColumns[name]
  const direction = descending ? 'desc' : 'asc'
  let found = users(db, scope)
    .where(wanted(scope, query))
    .orderBy(column, direction)
    .orderBy('users.id', direction)
    .limit(query.limit + 1)
  if (cursor) {
    const beyond = descending ? sql`<` : sql`>`
    found = found.where(
      sql<boolean>`(${column}, users.id) ${beyond} ((select ${column} from users where id = ${cursor.after}), ${cursor.after}::uuid)`,
    )
  }
  const rows = await found.execute()
  const total = cursor?.total ?? (await countUsers(db, scope, query))
  return pageFrom(rows, query.limit, total, row => row.id, viewOf)
}

const countUsers = async (db: Db, scope: GroupScope, query: UserQuery): Promise<number> => {
  const { n } = await db
    .selectFrom('users')
    .select(sql<number>`count(*)`.as('n'))
    .where(wanted(scope, query))
    .executeTakeFirstOrThrow()
  return n
}

export const getUserView = async (db: Db, scope: GroupScope, id: string): Promise<User | null> => {
  if (!isUuid(id)) return null
  const row = await users(db, scope)
    .where('users.id', '=', id)
    .where(userInScope(scope, sql.ref('users.id')))
    .executeTakeFirst()
  return row ? viewOf(row) : null
}
