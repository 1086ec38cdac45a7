import type { Group, Transaction } from '@cardwright/core'
import { sql } from 'kysely'
import { assignmentsOf, userOf } from '../rows/users.ts'
import type { Db } from '../schema/index.ts'
import { isUuid } from './known-ids.ts'

export const userPort = (db: Db): Transaction['users'] => ({
  async get(id) {
    if (!isUuid(id)) return null
    const row = await db
      .selectFrom('users')
      .selectAll()
      .select(
        sql<string[]>`(select coalesce(jsonb_agg(m.group_id order by m.group_id), '[]') from memberships m
          where m.user_id = users.id)`.as('group_ids'),
      )
      .where('id', '=', id)
      .executeTakeFirst()
    return row ? userOf(row, row.group_ids) : null
  },
})

export const groupPort = (db: Db): Transaction['groups'] => ({
  async ofUser(userId) {
    if (!isUuid(userId)) return []
    const groups = await db
      .selectFrom('groups')
      .innerJoin('memberships', 'memberships.group_id', 'groups.id')
      .selectAll('groups')
      .where('memberships.user_id', '=', userId)
      .orderBy('groups.name')
      .execute()
    if (groups.length === 0) return []
    const ids = groups.map(g => g.id)
    const policies = await db
      .selectFrom('assignments')
      .select(['group_id', 'issuance_type', 'policy_id as id'])
      .where('group_id', 'in', ids)
      .orderBy('position')
      .execute()
    const layouts = await db
      .selectFrom('layout_assignments')
      .select(['group_id', 'issuance_type', 'layout_id as id'])
      .where('group_id', 'in', ids)
      .orderBy('position')
      .execute()
    return groups.map(
      (g): Group => ({
        ...g,
        assignments: assignmentsOf(policies.filter(a => a.group_id === g.id)),
        layouts: assignmentsOf(layouts.filter(a => a.group_id === g.id)),
      }),
    )
  },
})
