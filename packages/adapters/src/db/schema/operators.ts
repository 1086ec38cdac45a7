import type { Json, JsonOrNull, Time, TimeOrNull } from './columns.ts'

export type OperatorTables = {
  sessions: {
    id: string
    token_hash: Uint8Array
    user_id: string
    created_at: Time
    last_seen_at: Time
    expires_at: Time
  }
  passwords: { user_id: string; hash: string; changed_at: Time }
  passkeys: {
    credential_id: string
    user_id: string
    public_key: Uint8Array
    sign_count: number
    transports: Json<string[]>
    name: string
    created_at: Time
    last_used_at: TimeOrNull
  }
  passkey_ceremonies: {
    id: string
    kind: 'sign-in' | 'register'
    challenge: string
    user_id: string | null
    expires_at: Time
  }
  invitations: {
    id: string
    token_hash: Uint8Array
    user_id: string
    created_by: string
    created_at: Time
    expires_at: Time
    used_at: TimeOrNull
  }
  login_attempts: { key: string; failures: number; last_failure_at: Time; locked_until: TimeOrNull }
  idempotency_keys: {
    key: string
    operator_id: string
    route: string
    request_hash: Uint8Array
    status: 'RUNNING' | 'DONE'
    http_status: number | null
    answer: JsonOrNull<unknown>
    expires_at: Time
    claim: string | null
    lease_until: TimeOrNull
  }
}
