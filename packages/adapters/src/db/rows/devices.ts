import type { Device } from '@cardwright/core'
import type { Selectable } from 'kysely'
import type { Tables } from '../schema/index.ts'
import { jsonOrNull, timeOrNull } from '../values.ts'

export const deviceOf = (row: Selectable<Tables['devices']>): Device => ({
  id: row.id,
  version: row.version,
  identity: row.identity,
  serial: row.serial,
  model: row.model,
  form: row.form,
  virtual: row.virtual,
  state: row.state,
  reason: row.reason,
  suspended: row.suspended,
  temporary: row.temporary,
  requestId: row.request_id,
  invalidBy: row.invalid_by,
  userId: row.user_id,
  policyId: row.policy_id,
  policyVersion: row.policy_version,
  cardUuid: row.card_uuid,
  administrationKey: row.administration_key,
  pendingAdministrationKey: row.pending_administration_key,
  keyVersion: row.key_version,
  issuedAt: row.issued_at,
  expiresAt: row.expires_at,
})

export const deviceRow = (device: Device) => ({
  id: device.id,
  version: device.version,
  identity: device.identity,
  serial: device.serial,
  model: device.model,
  form: device.form,
  virtual: device.virtual,
  state: device.state,
  reason: device.reason,
  suspended: device.suspended,
  temporary: device.temporary,
  request_id: device.requestId,
  invalid_by: device.invalidBy,
  user_id: device.userId,
  policy_id: device.policyId,
  policy_version: device.policyVersion,
  card_uuid: device.cardUuid,
  administration_key: jsonOrNull(device.administrationKey),
  pending_administration_key: jsonOrNull(device.pendingAdministrationKey),
  key_version: device.keyVersion,
  issued_at: timeOrNull(device.issuedAt),
  expires_at: timeOrNull(device.expiresAt),
})
