import type { Actor, PrintFault, PrintJobState } from '@cardwright/core'
import type { Json, JsonOrNull, Time, TimeOrNull } from './columns.ts'

export type PrintingTables = {
  printers: {
    id: string
    version: number
    name: string
    uri: string
    purpose: 'CARD' | 'LETTER'
    ca_certificates: string
  }
  printer_groups: { printer_id: string; group_id: string }
  print_jobs: {
    id: string
    version: number
    device_id: string
    serial: string
    user_id: string
    layout_id: string
    layout_version: number
    layout_name: string
    printer_id: string
    printer_name: string
    state: PrintJobState
    fault: JsonOrNull<PrintFault>
    print: number
    cancelled_by: JsonOrNull<Actor>
    lease_owner: string | null
    lease_until: TimeOrNull
    started_by: Json<Actor>
    started_at: Time
    ended_at: TimeOrNull
  }
  print_pictures: { job_id: string; front: Uint8Array; back: Uint8Array | null }
}
