import type { Assigned, CardLayout, DevicePolicy, Group, IssuanceType, User } from '@cardwright/core'
import { versionColumns } from '../../db/administration/published-version.ts'
import { auditRecordOf } from '../../db/audit/audit-rows.ts'
import { createPostgresStore } from '../../db/postgres-store.ts'
import { userRow } from '../../db/rows/users.ts'
import type { Db } from '../../db/schema/index.ts'
import type { Database } from '../../db/unit-of-work.ts'
import { time } from '../../db/values.ts'
import { aTime } from './samples.ts'
import type { StoreHarness } from './store-contract.ts'

export const addUserRow = async (db: Db, user: User): Promise<void> => {
  await db.insertInto('users').values(userRow(user)).execute()
  for (const group_id of user.groupIds)
    await db.insertInto('memberships').values({ user_id: user.id, group_id }).execute()
}

const assignedRows = (assigned: Assigned) =>
  (Object.keys(assigned) as IssuanceType[]).flatMap(issuance_type =>
    (assigned[issuance_type] ?? []).map((id, position) => ({ issuance_type, id, position })),
  )

export const addGroupRow = async (db: Db, { assignments, layouts, ...group }: Group): Promise<void> => {
  await db.insertInto('groups').values(group).execute()
  for (const { issuance_type, id: policy_id, position } of assignedRows(assignments))
    await db.insertInto('assignments').values({ group_id: group.id, issuance_type, policy_id, position }).execute()
  for (const { issuance_type, id: layout_id, position } of assignedRows(layouts))
    await db
      .insertInto('layout_assignments')
      .values({ group_id: group.id, issuance_type, layout_id, position })
      .execute()
}

export const addPolicyRow = async (db: Db, policy: DevicePolicy): Promise<void> => {
  await db
    .insertInto('device_policies')
    .values({ id: policy.id, newest_version: policy.version })
    .onConflict(c => c.column('id').doUpdateSet({ newest_version: policy.version }))
    .execute()
  await db
    .insertInto('device_policy_versions')
    .values({ policy_id: policy.id, ...versionColumns(policy, 'o-1') })
    .execute()
}

const addLayoutRow = async (db: Db, layout: CardLayout): Promise<void> => {
  await db
    .insertInto('card_layouts')
    .values({ id: layout.id, newest_version: layout.version })
    .onConflict(c => c.column('id').doUpdateSet({ newest_version: layout.version }))
    .execute()
  await db
    .insertInto('card_layout_versions')
    .values({ layout_id: layout.id, ...versionColumns(layout, 'o-1') })
    .execute()
}

const addPhotoRow = async (db: Db, user_id: string, picture: Uint8Array): Promise<void> => {
  await db
    .insertInto('photos')
    .values({ user_id, picture: Buffer.from(picture), changed_at: time(aTime) })
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
    addLayout: layout => addLayoutRow(db, layout),
    addPhoto: (userId, picture) => addPhotoRow(db, userId, picture),
    auditTrail: async () => (await db.selectFrom('audit').selectAll().orderBy('sequence').execute()).map(auditRecordOf),
    outbox: async () =>
      (await db.selectFrom('outbox').select('message').orderBy('id').execute()).map(row => row.message),
    close,
  }
}
