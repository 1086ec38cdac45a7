import type { DeliveryChannel, DeliveryState, LetterSettings, MailSettings } from '@cardwright/core'
import type { Generated, Json, Time, TimeOrNull } from './columns.ts'

export type MailTables = {
  mail_settings: {
    version: number
    settings: Json<MailSettings>
    changed_at: Time
    changed_by: string
    changed_by_id: string
  }
  letter_settings: {
    version: number
    settings: Json<LetterSettings>
    changed_at: Time
    changed_by: string
    changed_by_id: string
  }
  mail_password: { single: Generated<boolean>; sealed: Uint8Array }
  deliveries: {
    id: string
    user_id: string
    device_id: string
    kind: 'initial-password' | 'pin' | 'puk'
    channel: Generated<DeliveryChannel>
    state: Generated<DeliveryState>
    issuance_id: string | null
    copy: Generated<number>
    handed_at: TimeOrNull
    recipient: string
    message_id: string | null
    sealed: Uint8Array | null
    created_at: Time
    valid_until: Time
    delivered_at: TimeOrNull
    failed_at: TimeOrNull
    attempts: Generated<number>
    last_error: string | null
  }
}
