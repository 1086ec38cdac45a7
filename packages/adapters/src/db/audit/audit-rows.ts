import type { AuditRecord } from '@cardwright/core'
import type { Insertable, Selectable } from 'kysely'
import type { Tables } from '../schema/index.ts'
import { json, time } from '../values.ts'

export const auditRow = (record: AuditRecord, mac: Uint8Array): Insertable<Tables['audit']> => ({
  sequence: record.sequence,
  at: time(record.at),
  actor_kind: record.actor.kind,
  actor_id: record.actor.id,
  actor_label: record.actor.label,
  action: record.action,
  object_type: record.object.type,
  object_id: record.object.id,
  object_label: record.object.label,
  user_id: record.userId,
  device_id: record.deviceId,
  result: record.result,
  reason: record.reason,
  details: json(record.details),
  mac,
})

export const auditRecordOf = (row: Selectable<Tables['audit']>): AuditRecord => ({
  sequence: row.sequence,
  at: row.at,
  actor: { kind: row.actor_kind, id: row.actor_id, label: row.actor_label },
  action: row.action,
  object: { type: row.object_type, id: row.object_id, label: row.object_label },
  userId: row.user_id,
  deviceId: row.device_id,
  result: row.result,
  reason: row.reason,
  details: row.details,
})
