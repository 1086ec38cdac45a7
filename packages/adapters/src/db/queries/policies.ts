import type { Policy } from '@cardwright/contract'
import { type Selectable, sql } from 'kysely'
import { contentOf } from '../rows/policies.ts'
import type { Db, Tables } from '../schema/index.ts'
import { isUuid } from '../transaction/known-ids.ts'
import { time } from '../values.ts'
import { type GroupScope, groupInScope } from './scope.ts'

type Found = Selectable<Tables['device_policy_versions']> & { readonly groups: { id: string; name: string }[] }

/** Policies are everybody's; the groups beside them only those in scope. */
const versions = (db: Db, scope: GroupScope) =>
  db
    .selectFrom('device_policy_versions')
    .innerJoin('device_policies', 'device_policies.id', 'device_policy_versions.policy_id')
    .selectAll('device_policy_versions')
    .select(
      sql<
        Found['groups']
      >`(select coalesce(jsonb_agg(jsonb_build_object('id', g.id, 'name', g.name) order by g.name), '[]')
        from groups g where exists (select from assignments a where a.group_id = g.id
        and a.policy_id = device_policy_versions.policy_id) and ${groupInScope(scope, sql.ref('g.id'))})`.as('groups'),
    )

const viewOf = (row: Found): Policy => ({
  id: row.policy_id,
  version: row.version,
  // What the core promises never to change, the wire describes as arrays that may.
  content: structuredClone(contentOf(row)) as Policy['content'],
  publishedAt: time(row.published_at),
  publishedBy: row.published_by,
  note: row.note,
  retired: row.retired,
  groups: row.groups,
})

/** The newest version of each, retired ones last. */
export const listPolicies = async (db: Db, scope: GroupScope): Promise<Policy[]> => {
  const rows = await versions(db, scope)
    .whereRef('device_policy_versions.version', '=', 'device_policies.newest_version')
    .orderBy('device_policy_versions.retired')
    .orderBy(sql`lower(content->>'name')`)
    .execute()
  return rows.map(viewOf)
}

/** Without a version, the newest. */
export const getPolicyView = async (
  db: Db,
  scope: GroupScope,
  id: string,
  version?: number,
): Promise<Policy | null> => {
  if (!isUuid(id)) return null
  const of = versions(db, scope).where('device_policy_versions.policy_id', '=', id)
  const row = await (version === undefined
    ? of.whereRef('device_policy_versions.version', '=', 'device_policies.newest_version')
    : of.where('device_policy_versions.version', '=', version)
  ).executeTakeFirst()
  return row ? viewOf(row) : null
}

/** Newest first. */
export const policyVersions = async (db: Db, scope: GroupScope, id: string): Promise<Policy[]> => {
  if (!isUuid(id)) return []
  const rows = await versions(db, scope)
    .where('device_policy_versions.policy_id', '=', id)
    .orderBy('device_policy_versions.version', 'desc')
    .execute()
  return rows.map(viewOf)
}
