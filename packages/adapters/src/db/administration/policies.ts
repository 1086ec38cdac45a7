import { type DevicePolicy, type PolicyContent, refuse } from '@cardwright/core'
import { newId } from '../new-id.ts'
import type { DbTransaction } from '../schema/index.ts'
import { policyPort } from '../transaction/policies.ts'
import type { Database } from '../unit-of-work.ts'
import { json, time } from '../values.ts'
import { type By, conflict, factOf, refuseWrite, type Written, write } from './written.ts'

const insertVersion = async (trx: DbTransaction, policy: DevicePolicy, by: By): Promise<void> => {
  await trx
    .insertInto('device_policy_versions')
    .values({
      policy_id: policy.id,
      version: policy.version,
      content: json(policy.content),
      published_at: time(policy.publishedAt),
      published_by: policy.publishedBy,
      published_by_id: by.actor.id,
      note: policy.note,
      retired: policy.retired,
    })
    .execute()
}

const objectOf = (policy: DevicePolicy) => ({ type: 'policy', id: policy.id, label: policy.content.name })

export const createPolicy = (
  database: Database,
  input: { readonly content: PolicyContent; readonly note: string },
  by: By,
  given: { readonly id?: string } = {},
): Promise<Written<DevicePolicy>> =>
  write(database, async ({ trx, audit }) => {
    const policy: DevicePolicy = {
      id: given.id ?? newId(by.at),
      version: 1,
      content: input.content,
      publishedAt: by.at,
      publishedBy: by.actor.label,
      note: input.note,
      retired: false,
    }
    await trx.insertInto('device_policies').values({ id: policy.id, newest_version: 1 }).execute()
    await insertVersion(trx, policy, by)
    audit(factOf(by, 'policy.created', objectOf(policy), { version: 1, note: policy.note }))
    return policy
  })

/** A new version on top of the one that the editor saw; retiring is publishing with `retired`. */
export const publishPolicy = (
  database: Database,
  id: string,
  input: {
    readonly version: number
    readonly content: PolicyContent
    readonly note: string
    readonly retired: boolean
  },
  by: By,
): Promise<Written<DevicePolicy>> =>
  write(database, async ({ trx, audit }) => {
    const newest = (await policyPort(trx).get(id)) ?? refuseWrite(refuse('NOT_FOUND'))
    if (newest.version !== input.version) refuseWrite(conflict(newest.publishedBy, newest.publishedAt))
    const policy: DevicePolicy = {
      id,
      version: newest.version + 1,
      content: input.content,
      publishedAt: by.at,
      publishedBy: by.actor.label,
      note: input.note,
      retired: input.retired,
    }
    // Two who publish at once meet here: the row is locked, and the later one's whole work runs again and sees the conflict.
    await trx.updateTable('device_policies').set({ newest_version: policy.version }).where('id', '=', id).execute()
    await insertVersion(trx, policy, by)
    const action = policy.retired ? 'policy.retired' : 'policy.published'
    audit(factOf(by, action, objectOf(policy), { version: policy.version, note: policy.note }))
    return policy
  })
