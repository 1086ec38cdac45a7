import type { Actor, AuditFact } from '@cardwright/core'
import type { Generated, Json, Time } from './columns.ts'

export type AuditTables = {
  audit: {
    sequence: number
    at: Time
    actor_kind: Actor['kind']
    actor_id: string
    actor_label: string
    action: string
    object_type: string
    object_id: string
    object_label: string
    user_id: string | null
    device_id: string | null
    result: AuditFact['result']
    reason: string | null
    details: Json<AuditFact['details']>
    mac: Uint8Array
  }
  audit_head: { single: Generated<boolean>; count: number; last_mac: Uint8Array; head_mac: Uint8Array }
}
