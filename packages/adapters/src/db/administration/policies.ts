import type { DevicePolicy, PolicyContent } from '@cardwright/core'
import { newId } from '../new-id.ts'
import type { DbTransaction } from '../schema/index.ts'
import { policyPort } from '../transaction/policies.ts'
import type { Database } from '../unit-of-work.ts'
import { type ChangedContent, firstVersion, type NewContent, nextVersion, versionColumns } from './published-version.ts'
import { type By, factOf, type Written, write } from './written.ts'

const insertVersion = async (trx: DbTransaction, policy: DevicePolicy, by: By): Promise<void> => {
  const row = { policy_id: policy.id, ...versionColumns(policy, by.actor.id) }
  await trx.insertInto('device_policy_versions').values(row).execute()
}

const objectOf = (policy: DevicePolicy) => ({ type: 'policy', id: policy.id, label: policy.content.name })

export const createPolicy = (
  database: Database,
  input: NewContent<PolicyContent>,
  by: By,
  given: { readonly id?: string } = {},
): Promise<Written<DevicePolicy>> =>
  write(database, async ({ trx, audit }) => {
    const policy = firstVersion(given.id ?? newId(by.at), input, by)
    await trx.insertInto('device_policies').values({ id: policy.id, newest_version: 1 }).execute()
    await insertVersion(trx, policy, by)
    audit(factOf(by, 'policy.created', objectOf(policy), { version: 1, note: policy.note }))
    return policy
  })

/** A new version on top of the one that the editor saw; retiring is publishing with `retired`. */
export const publishPolicy = (
  database: Database,
  id: string,
  input: ChangedContent<PolicyContent>,
  by: By,
): Promise<Written<DevicePolicy>> =>
  write(database, async ({ trx, audit }) => {
    const policy = nextVersion(await policyPort(trx).get(id), input, by)
    // Two who publish at once meet here: the row is locked, and the later one's whole work runs again and sees the conflict.
    await trx.updateTable('device_policies').set({ newest_version: policy.version }).where('id', '=', id).execute()
    await insertVersion(trx, policy, by)
    const action = policy.retired ? 'policy.retired' : 'policy.published'
    audit(factOf(by, action, objectOf(policy), { version: policy.version, note: policy.note }))
    return policy
  })
