import type { DirectorySettings } from '@cardwright/core'
import type { Generated, JsonOrNull, Time, TimeOrNull } from './columns.ts'

export type DirectoryRunCounts = {
  readonly created: number
  readonly updated: number
  readonly disabled: number
  readonly unchanged: number
  readonly conflicts: number
  readonly skipped: number
}

export type DirectoryTables = {
  directory_settings: {
    version: number
    settings: JsonOrNull<DirectorySettings>
    changed_at: Time
    changed_by: string
    changed_by_id: string
  }
  directory_password: { single: Generated<boolean>; sealed: Uint8Array }
  directory_users: { user_id: string; directory_id: string; dn: string; disabled_version: number | null }
  directory_groups: { group_id: string; directory_id: string }
  directory_runs: {
    id: string
    started_at: Time
    ended_at: TimeOrNull
    started_by: string
    started_by_id: string
    scheduled: boolean
    outcome: 'RUNNING' | 'DONE' | 'CONFIRMATION_NEEDED' | 'FAILED'
    error: string | null
    counts: JsonOrNull<DirectoryRunCounts>
  }
}
