import type { RevocationReason } from '@cardwright/core'
import type { CertificateRecord, CrlScope } from '../../ca/index.ts'
import type { Time, TimeOrNull } from './columns.ts'

export type AuthorityTables = {
  authorities: {
    id: string
    version: number
    root_certificate: Uint8Array
    root_key_handle: Uint8Array
    issuing_certificate: Uint8Array
    issuing_key_handle: Uint8Array
    content_signer_certificate: Uint8Array | null
    content_signer_key_handle: Uint8Array | null
    ocsp_responder_certificate: Uint8Array | null
    ocsp_responder_key_handle: Uint8Array | null
  }
  authority_certificates: {
    authority_id: string
    idempotency_key: string
    version: number
    serial_number: string | null
    public_key_spki: Uint8Array | null
    tbs: Uint8Array | null
    certificate: Uint8Array | null
    status: CertificateRecord['status']
    reason: RevocationReason | null
    status_since: TimeOrNull
    not_after: Time
  }
  authority_revisions: { authority_id: string; revision: number }
  authority_crls: {
    authority_id: string
    scope: CrlScope
    number: number
    revision: number
    der: Uint8Array
    this_update: Time
    next_update: Time
  }
}
