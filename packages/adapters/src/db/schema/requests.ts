import type {
  Actor,
  LifecycleSettings,
  ReplacementKind,
  ReplacementReason,
  RequestState,
  RequestType,
  Undo,
  Workflow,
} from '@cardwright/core'
import type { Json, JsonOrNull, Time, TimeOrNull } from './columns.ts'

export type RequestTables = {
  requests: {
    id: string
    version: number
    type: RequestType
    state: RequestState
    user_id: string
    device_id: string | null
    reason: ReplacementReason | null
    kind: ReplacementKind | null
    workflow: Workflow | null
    undo: JsonOrNull<Undo>
    policy_id: string | null
    new_device_id: string | null
    issuance_id: string | null
    note: string
    requested_by: Json<Actor>
    requested_at: Time
    decided_by: JsonOrNull<Actor>
    decided_at: TimeOrNull
    decision_note: string
    changed_by: Json<Actor>
    changed_at: Time
    expires_at: TimeOrNull
    ended_at: TimeOrNull
  }
  lifecycle_settings: {
    version: number
    settings: Json<LifecycleSettings>
    changed_at: Time
    changed_by: string
    changed_by_id: string
  }
}
