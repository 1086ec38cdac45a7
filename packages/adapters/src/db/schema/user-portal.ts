import type { LoginMethod, UserPortalSettings } from '@cardwright/core'
import type { Generated, Json, Time, TimeOrNull } from './columns.ts'

export type UserPortalTables = {
  user_portal_settings: {
    version: number
    settings: Json<UserPortalSettings>
    changed_at: Time
    changed_by: string
    changed_by_id: string
  }
  security_questions: { id: string; version: number; text: string; retired: boolean; created_at: Time }
  security_answers: { user_id: string; question_id: string; position: number; hash: string; set_at: Time }
  security_answers_due: { user_id: string; since: Time }
  initial_passwords: {
    id: string
    user_id: string
    device_id: string
    selector: string
    hash: string
    created_at: Time
    expires_at: Time
    used_at: TimeOrNull
    ended: Generated<boolean>
  }
  user_visits: {
    id: string
    token_hash: Uint8Array
    user_id: string | null
    service: 'ISSUANCE' | 'WITHOUT_DEVICE' | 'DEVICE' | null
    device_id: string | null
    created_at: Time
    last_seen_at: Time
    expires_at: Time
  }
  /** `key` is a MAC: of the user's id, or of a name that nobody has. */
  login_tries: { key: string; method: LoginMethod; tries: number; last_try_at: Time; locked_at: TimeOrNull }
  /** `key` is a MAC of the network address. */
  source_tries: { key: string; tries: number; since: Time }
}
