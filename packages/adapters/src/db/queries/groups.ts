import type { Group } from '@cardwright/contract'
import { type Selectable, sql } from 'kysely'
import { assignmentsOf } from '../rows/users.ts'
import type { Db, Tables } from '../schema/index.ts'
import { isUuid } from '../transaction/known-ids.ts'
import { type GroupScope, groupInScope } from './scope.ts'

type Found = Selectable<Tables['groups']> & {
  readonly member_count: number
  readonly assigned: { readonly issuance_type: Tables['assignments']['issuance_type']; readonly policy_id: string }[]
}

const groups = (db: Db, scope: GroupScope) =>
  db
    .selectFrom('groups')
    .selectAll()
    .where(groupInScope(scope, sql.ref('groups.id')))
    .select([
      sql<number>`(select count(*) from memberships m where m.group_id = groups.id)`.as('member_count'),
      sql<Found['assigned']>`(select coalesce(jsonb_agg(jsonb_build_object('issuance_type', a.issuance_type,
        'policy_id', a.policy_id) order by a.position), '[]') from assignments a where a.group_id = groups.id)`.as(
        'assigned',
      ),
    ])

const viewOf = (row: Found): Group => ({
  id: row.id,
  version: row.version,
  name: row.name,
  description: row.description,
  memberCount: row.member_count,
  assignments: Object.fromEntries(
    Object.entries(assignmentsOf(row.assigned)).map(([type, ids]) => [type, [...(ids ?? [])]]),
  ),
  layouts: {},
})

export const listGroups = async (db: Db, scope: GroupScope): Promise<Group[]> =>
  (await groups(db, scope).orderBy(sql`lower(name)`).execute()).map(viewOf)

export const getGroupView = async (db: Db, scope: GroupScope, id: string): Promise<Group | null> => {
  if (!isUuid(id)) return null
  const row = await groups(db, scope).where('groups.id', '=', id).executeTakeFirst()
  return row ? viewOf(row) : null
}
