import type { Credential as CredentialView, Device as DeviceView } from '@cardwright/contract'
import type { Credential } from '@cardwright/core'
import { time, timeOrNull } from '../values.ts'
import type { FoundDevice } from './devices.ts'

export const credentialView = (credential: Credential): CredentialView => ({
  id: credential.id,
  slot: credential.slot,
  profile: credential.profile as CredentialView['profile'],
  algorithm: credential.algorithm as CredentialView['algorithm'],
  state: credential.state,
  serialNumber: credential.serialNumber,
  subject: credential.subject,
  issuer: credential.issuer,
  notBefore: time(credential.notBefore),
  notAfter: time(credential.notAfter),
  ...(credential.revocationReason === null ? {} : { revocationReason: credential.revocationReason }),
})

export const deviceView = (row: FoundDevice, credentials: CredentialView[]): Omit<DeviceView, 'actions'> => ({
  id: row.id,
  version: row.version,
  serial: row.serial,
  model: row.model,
  form: row.form,
  virtual: row.virtual,
  state: row.state,
  reason: row.reason,
  suspended: row.suspended,
  temporary: row.temporary,
  openRequestId: row.open_request_id,
  user: row.user_id === null ? null : { id: row.user_id, displayName: row.user_name ?? '' },
  policy:
    row.policy_id === null || row.policy_version === null
      ? null
      : { id: row.policy_id, version: row.policy_version, name: row.policy_name ?? '' },
  cardUuid: row.card_uuid,
  expiresAt: timeOrNull(row.expires_at),
  issuedAt: timeOrNull(row.issued_at),
  credentials,
  printed: row.printed && { jobId: row.printed.jobId, at: time(row.printed.at) },
  openIssuanceId: row.open_issuance_id,
})
