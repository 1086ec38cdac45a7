import type { OptionScript } from '@cardwright/core'
import type { Time } from './columns.ts'

export type OptionTables = {
  /** One row a version; the newest of a name counts. Version 1 is the script as installed, and has no row. */
  option_scripts: {
    name: OptionScript
    version: number
    text: string
    note: string
    saved_at: Time
    saved_by: string
    saved_by_id: string
  }
  /** A mail to the holder `days` days before `expires_at`; once written, it is never queued again. */
  expiry_mails: {
    id: string
    device_id: string
    expires_at: Time
    days: number
    user_id: string
    queued_at: Time
  }
}
