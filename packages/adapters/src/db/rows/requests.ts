import type { DeviceRequest, Replacement } from '@cardwright/core'
import type { Selectable } from 'kysely'
import type { Tables } from '../schema/index.ts'
import { json, jsonOrNull, time, timeOrNull } from '../values.ts'

type Row = Selectable<Tables['requests']>

const replacementOf = ({ reason, kind, workflow, undo }: Row): Replacement | null =>
  reason && kind && workflow && undo ? { reason, kind, workflow, undo } : null

export const requestOf = (row: Row): DeviceRequest => ({
  id: row.id,
  version: row.version,
  type: row.type,
  state: row.state,
  userId: row.user_id,
  deviceId: row.device_id,
  replacement: replacementOf(row),
  policyId: row.policy_id,
  newDeviceId: row.new_device_id,
  issuanceId: row.issuance_id,
  note: row.note,
  requestedBy: row.requested_by,
  requestedAt: row.requested_at,
  decidedBy: row.decided_by,
  decidedAt: row.decided_at,
  decisionNote: row.decision_note,
  changedBy: row.changed_by,
  changedAt: row.changed_at,
  expiresAt: row.expires_at,
  endedAt: row.ended_at,
})

export const requestRow = (request: DeviceRequest) => ({
  id: request.id,
  version: request.version,
  type: request.type,
  state: request.state,
  user_id: request.userId,
  device_id: request.deviceId,
  reason: request.replacement?.reason ?? null,
  kind: request.replacement?.kind ?? null,
  workflow: request.replacement?.workflow ?? null,
  undo: jsonOrNull(request.replacement?.undo ?? null),
  policy_id: request.policyId,
  new_device_id: request.newDeviceId,
  issuance_id: request.issuanceId,
  note: request.note,
  requested_by: json(request.requestedBy),
  requested_at: time(request.requestedAt),
  decided_by: jsonOrNull(request.decidedBy),
  decided_at: timeOrNull(request.decidedAt),
  decision_note: request.decisionNote,
  changed_by: json(request.changedBy),
  changed_at: time(request.changedAt),
  expires_at: timeOrNull(request.expiresAt),
  ended_at: timeOrNull(request.endedAt),
})
