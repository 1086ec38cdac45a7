import type {
  CredentialState,
  DeliveryPlan,
  DeviceReason,
  DeviceState,
  Issuance,
  IssuanceError,
  IssuanceState,
  IssuanceType,
  KeyReference,
  OutboxMessage,
  PinDisplayMode,
  ReplacementReason,
  RevocationReason,
} from '@cardwright/core'
import type { Derived, Generated, Json, JsonOrNull, Time, TimeOrNull } from './columns.ts'

/** A key of an issuance as it stands in jsonb: bytes as base64. */
export type StoredKeyEvidence = { slot: string; algorithm: string; publicKeySpki: string }

export type DeviceTables = {
  devices: {
    id: string
    version: number
    identity: string
    serial: string
    model: string
    form: 'card' | 'key' | 'phone'
    virtual: boolean
    state: DeviceState
    reason: DeviceReason
    suspended: boolean
    temporary: boolean
    request_id: string | null
    invalid_by: string | null
    user_id: string | null
    policy_id: string | null
    policy_version: number | null
    card_uuid: string | null
    administration_key: JsonOrNull<KeyReference>
    pending_administration_key: JsonOrNull<KeyReference>
    key_version: number
    issued_at: TimeOrNull
    expires_at: TimeOrNull
    search: Derived<string>
  }
  issuances: {
    id: string
    version: number
    kind: Issuance['kind']
    type: IssuanceType
    request_id: string | null
    replaces: ReplacementReason | null
    state: IssuanceState
    attempt: number
    user_id: string | null
    device_id: string
    serial: string
    reader_id: string
    reader_name: string
    policy_id: string | null
    policy_version: number | null
    pin_mode: PinDisplayMode
    change_pin: boolean
    delivery: Json<DeliveryPlan>
    card_uuid: string
    credential_number: number
    expires_at: Time
    card_touched: boolean
    keys: Json<StoredKeyEvidence[]>
    intents: Json<Issuance['intents']>
    puk_tries: number
    steps: Json<Issuance['steps']>
    notes: Json<Issuance['notes']>
    error: JsonOrNull<IssuanceError>
    lease_owner: string | null
    lease_until: TimeOrNull
    round_trips: number
    started_by: Json<Issuance['startedBy']>
    started_at: Time
    ended_at: TimeOrNull
  }
  credentials: {
    id: string
    version: number
    device_id: string
    issuance_id: string
    slot: string
    profile: string
    algorithm: string
    state: CredentialState
    revocation_reason: RevocationReason | null
    authority_id: string
    serial_number: string
    subject: string
    issuer: string
    not_before: Time
    not_after: Time
    certificate: Uint8Array
    public_key_spki: Uint8Array
  }
  secrets: {
    device_id: string
    kind: 'PIN' | 'PUK'
    stage: 'PENDING' | 'CURRENT'
    issuance_id: string
    sealed: Uint8Array
  }
  outbox: {
    id: Generated<number>
    kind: OutboxMessage['kind']
    subject: string
    message: Json<OutboxMessage>
    attempts: Generated<number>
    not_before: TimeOrNull
    last_error: string | null
    done_at: TimeOrNull
    created_at: Derived<number>
  }
}
