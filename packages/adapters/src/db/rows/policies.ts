import type { DevicePolicy } from '@cardwright/core'
import type { Selectable } from 'kysely'
import type { Tables } from '../schema/index.ts'

export const policyOf = (row: Selectable<Tables['device_policy_versions']>): DevicePolicy => ({
  id: row.policy_id,
  version: row.version,
  content: row.content,
  publishedAt: row.published_at,
  publishedBy: row.published_by,
  note: row.note,
  retired: row.retired,
})
