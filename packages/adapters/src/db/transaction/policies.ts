import {
  type DevicePolicy,
  defaultLifecycleSettings,
  defaultSecuritySettings,
  type Transaction,
} from '@cardwright/core'
import { newestOptions } from '../option-scripts.ts'
import { policyOf } from '../rows/policies.ts'
import type { Db } from '../schema/index.ts'
import { isUuid } from './known-ids.ts'

const newestVersions = (db: Db) =>
  db
    .selectFrom('device_policies')
    .innerJoin('device_policy_versions', join =>
      join
        .onRef('device_policy_versions.policy_id', '=', 'device_policies.id')
        .onRef('device_policy_versions.version', '=', 'device_policies.newest_version'),
    )
    .selectAll('device_policy_versions')

export const policyPort = (db: Db): Transaction['policies'] => ({
  async get(id, version) {
    if (!isUuid(id)) return null
    const row =
      version === undefined
        ? await newestVersions(db).where('device_policies.id', '=', id).executeTakeFirst()
        : await db
            .selectFrom('device_policy_versions')
            .selectAll()
            .where('policy_id', '=', id)
            .where('version', '=', version)
            .executeTakeFirst()
    return row ? policyOf(row) : null
  },
  async newest(ids) {
    const known = ids.filter(isUuid)
    if (known.length === 0) return []
    const rows = await newestVersions(db).where('device_policies.id', 'in', known).execute()
    return known.flatMap((id): DevicePolicy[] => {
      const row = rows.find(r => r.policy_id === id)
      return row ? [policyOf(row)] : []
    })
  },
})

export const settingsPort = (db: Db): Transaction['settings'] => ({
  async security() {
    const row = await db
      .selectFrom('security_settings')
      .select('settings')
      .orderBy('version', 'desc')
      .limit(1)
      .executeTakeFirst()
    // A setting that a later release adds is not in what an earlier one stored.
    return { ...defaultSecuritySettings, ...row?.settings }
  },
  async lifecycle() {
    const row = await db
      .selectFrom('lifecycle_settings')
      .select('settings')
      .orderBy('version', 'desc')
      .limit(1)
      .executeTakeFirst()
    return { ...defaultLifecycleSettings, ...row?.settings }
  },
  options: () => newestOptions(db),
  async publishedProfiles() {
    const row = await db
      .selectFrom('directory_settings')
      .select('settings')
      .orderBy('version', 'desc')
      .limit(1)
      .executeTakeFirst()
    return row?.settings?.publishProfiles ?? []
  },
  async organisation() {
    const row = await db.selectFrom('installation').select('value').where('key', '=', 'organisation').executeTakeFirst()
    return typeof row?.value === 'string' ? row.value : ''
  },
})
