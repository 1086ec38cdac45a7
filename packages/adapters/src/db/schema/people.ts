import type { RoleScope } from '@cardwright/contract'
import type { IssuanceType, PolicyContent, SecuritySettings } from '@cardwright/core'
import type { Derived, Json, JsonOrNull, Time } from './columns.ts'

export type PeopleTables = {
  users: {
    id: string
    version: number
    login_name: string
    display_name: string
    given_name: string | null
    family_name: string | null
    email: string | null
    upn: string | null
    sid: string | null
    employee_number: string | null
    department: string | null
    language: string | null
    status: 'ACTIVE' | 'DISABLED'
    role: string | null
    cardholder_uuid: string
    created_at: Time
    sort_name: Derived<string>
    search: Derived<string>
  }
  roles: {
    id: string
    version: number
    name: string
    description: string
    predefined: boolean
    /** Null for predefined ones: theirs are those of the contract. */
    permissions: JsonOrNull<string[]>
    scope: RoleScope
  }
  groups: { id: string; version: number; name: string; description: string }
  memberships: { user_id: string; group_id: string }
  assignments: { group_id: string; issuance_type: IssuanceType; policy_id: string; position: number }
  device_policies: { id: string; newest_version: number }
  device_policy_versions: {
    policy_id: string
    version: number
    content: Json<PolicyContent>
    published_at: Time
    published_by: string
    published_by_id: string
    note: string
    retired: boolean
  }
  security_settings: {
    version: number
    settings: Json<SecuritySettings>
    changed_at: Time
    changed_by: string
    changed_by_id: string
  }
  installation: { key: string; value: Json<unknown> }
}
