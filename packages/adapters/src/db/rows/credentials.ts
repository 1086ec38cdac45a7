import type { Credential } from '@cardwright/core'
import type { Selectable } from 'kysely'
import type { Tables } from '../schema/index.ts'
import { time } from '../values.ts'

export const credentialOf = (row: Selectable<Tables['credentials']>): Credential => ({
  id: row.id,
  version: row.version,
  deviceId: row.device_id,
  issuanceId: row.issuance_id,
  slot: row.slot,
  profile: row.profile,
  algorithm: row.algorithm,
  state: row.state,
  revocationReason: row.revocation_reason,
  authorityId: row.authority_id,
  serialNumber: row.serial_number,
  subject: row.subject,
  issuer: row.issuer,
  notBefore: row.not_before,
  notAfter: row.not_after,
  certificate: row.certificate,
  publicKeySpki: row.public_key_spki,
})

export const credentialRow = (credential: Credential) => ({
  id: credential.id,
  version: credential.version,
  device_id: credential.deviceId,
  issuance_id: credential.issuanceId,
  slot: credential.slot,
  profile: credential.profile,
  algorithm: credential.algorithm,
  state: credential.state,
  revocation_reason: credential.revocationReason,
  authority_id: credential.authorityId,
  serial_number: credential.serialNumber,
  subject: credential.subject,
  issuer: credential.issuer,
  not_before: time(credential.notBefore),
  not_after: time(credential.notAfter),
  certificate: credential.certificate,
  public_key_spki: credential.publicKeySpki,
})
