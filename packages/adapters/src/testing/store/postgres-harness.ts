import type { DevicePolicy, Group, User } from '@cardwright/core'
import { auditRecordOf } from '../../db/audit/audit-rows.ts'
import { createPostgresStore } from '../../db/postgres-store.ts'
import { userRow } from '../../db/rows/users.ts'
import type { Db } from '../../db/schema/index.ts'
import type { Database } from '../../db/unit-of-work.ts'
import { json, time } from '../../db/values.ts'
import type { StoreHarness } from './store-contract.ts'

export const addUserRow = async (db: Db, user: User): Promise<void> => {
  await db.insertInto('users').values(userRow(user)).execute()
  for (const group_id of user.groupIds)
    await db.insertInto('memberships').values({ user_id: user.id, group_id }).execute()
}

export const addGroupRow = async (db: Db, { assignments, ...group }: Group): Promise<void> => {
  await db.insertInto('groups').values(group).execute()
  for (const issuance_type of Object.keys(assignments) as (keyof typeof assignments)[]) {
    for (const [position, policy_id] of (assignments[issuance_type] ?? []).entries()) {
      await db.insertInto('assignments').values({ group_id: group.id, issuance_type, policy_id, position }).execute()
    }
  }
}

export const addPolicyRow = async (db: Db, policy: DevicePolicy): Promise<void> => {
  await db
    .insertInto('device_policies')
    .values({ id: policy.id, newest_version: policy.version })
    .onConflict(c => c.column('id').doUpdateSet({ newest_version: policy.version }))
    .execute()
  await db
    .insertInto('device_policy_versions')
    .values({
      policy_id: policy.id,
      version: policy.version,
      content: json(policy.content),
      published_at: time(policy.publishedAt),
      published_by: policy.publishedBy,
      published_by_id: 'o-1',
      note: policy.note,
      retired: policy.retired,
    })
    .execute()
}

/** The harness of the contract suite over a migrated, empty database; `other` may be a second pool on the same one. */
export const postgresHarness = (one: Database, other: Database, close: () => Promise<void>): StoreHarness => {
  const store = createPostgresStore(one)
  const { db } = one
  return {
    store,
    other: other === one ? store : createPostgresStore(other),
    addUser: user => addUserRow(db, user),
    addGroup: group => addGroupRow(db, group),
    addPolicy: policy => addPolicyRow(db, policy),
    auditTrail: async () => (await db.selectFrom('audit').selectAll().orderBy('sequence').execute()).map(auditRecordOf),
    outbox: async () =>
      (await db.selectFrom('outbox').select('message').orderBy('id').execute()).map(row => row.message),
    close,
  }
}
