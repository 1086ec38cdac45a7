import type { PrintJob } from '@cardwright/core'
import type { Selectable } from 'kysely'
import type { Tables } from '../schema/index.ts'
import { json, jsonOrNull, time, timeOrNull } from '../values.ts'

export const printJobOf = (row: Selectable<Tables['print_jobs']>): PrintJob => ({
  id: row.id,
  version: row.version,
  deviceId: row.device_id,
  serial: row.serial,
  userId: row.user_id,
  layout: { id: row.layout_id, version: row.layout_version, name: row.layout_name },
  printer: { id: row.printer_id, name: row.printer_name },
  state: row.state,
  fault: row.fault,
  print: row.print,
  cancelledBy: row.cancelled_by,
  lease:
    row.lease_owner === null || row.lease_until === null ? null : { owner: row.lease_owner, until: row.lease_until },
  startedBy: row.started_by,
  startedAt: row.started_at,
  endedAt: row.ended_at,
})

export const printJobRow = (job: PrintJob) => ({
  id: job.id,
  version: job.version,
  device_id: job.deviceId,
  serial: job.serial,
  user_id: job.userId,
  layout_id: job.layout.id,
  layout_version: job.layout.version,
  layout_name: job.layout.name,
  printer_id: job.printer.id,
  printer_name: job.printer.name,
  state: job.state,
  fault: jsonOrNull(job.fault),
  print: job.print,
  cancelled_by: jsonOrNull(job.cancelledBy),
  lease_owner: job.lease?.owner ?? null,
  lease_until: timeOrNull(job.lease?.until ?? null),
  started_by: json(job.startedBy),
  started_at: time(job.startedAt),
  ended_at: timeOrNull(job.endedAt),
})
