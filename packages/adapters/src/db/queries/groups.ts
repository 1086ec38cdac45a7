import type { Group } from '@cardwright/contract'
import type { IssuanceType } from '@cardwright/core'
import { type Selectable, sql } from 'kysely'
import { assignmentsOf } from '../rows/users.ts'
import type { Db, Tables } from '../schema/index.ts'
import { isUuid } from '../transaction/known-ids.ts'
import { type GroupScope, groupInScope } from './scope.ts'

type Assignment = { readonly issuance_type: IssuanceType; readonly id: string }
type Found = Selectable<Tables['groups']> & {
  readonly member_count: number
  readonly policies: Assignment[]
  readonly layouts: Assignment[]
}

/** In the order of `position`. */
const assigned = (table: 'assignments' | 'layout_assignments', column: 'policy_id' | 'layout_id') =>
  sql<Assignment[]>`(select coalesce(jsonb_agg(jsonb_build_object('issuance_type', a.issuance_type,
    'id', a.${sql.ref(column)}) order by a.position), '[]') from ${sql.table(table)} a where a.group_id = groups.id)`

const groups = (db: Db, scope: GroupScope) =>
  db
    .selectFrom('groups')
    .selectAll()
    .where(groupInScope(scope, sql.ref('groups.id')))
    .select([
      sql<number>`(select count(*) from memberships m where m.group_id = groups.id)`.as('member_count'),
      assigned('assignments', 'policy_id').as('policies'),
      assigned('layout_assignments', 'layout_id').as('layouts'),
    ])

const wireOf = (rows: readonly Assignment[]): Group['assignments'] =>
  Object.fromEntries(Object.entries(assignmentsOf(rows)).map(([type, ids]) => [type, [...(ids ?? [])]]))

const viewOf = (row: Found): Group => ({
  id: row.id,
  version: row.version,
  name: row.name,
  description: row.description,
  memberCount: row.member_count,
  assignments: wireOf(row.policies),
  layouts: wireOf(row.layouts),
})

export const listGroups = async (db: Db, scope: GroupScope): Promise<Group[]> =>
  (await groups(db, scope).orderBy(sql`lower(name)`).execute()).map(viewOf)

export const getGroupView = async (db: Db, scope: GroupScope, id: string): Promise<Group | null> => {
  if (!isUuid(id)) return null
  const row = await groups(db, scope).where('groups.id', '=', id).executeTakeFirst()
  return row ? viewOf(row) : null
}
