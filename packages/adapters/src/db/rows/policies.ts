import { type DevicePolicy, type PolicyContent, policyDefaults } from '@cardwright/core'
import type { Selectable } from 'kysely'
import type { Tables } from '../schema/index.ts'

type Row = Selectable<Tables['device_policy_versions']>

/** What a later release added to policies is not in what an earlier one published, and a version never changes. */
export const contentOf = ({ content }: Pick<Row, 'content'>): PolicyContent => ({ ...policyDefaults, ...content })

export const policyOf = (row: Row): DevicePolicy => ({
  id: row.policy_id,
  version: row.version,
  content: contentOf(row),
  publishedAt: row.published_at,
  publishedBy: row.published_by,
  note: row.note,
  retired: row.retired,
})
