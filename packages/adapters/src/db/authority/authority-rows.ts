import type { Selectable } from 'kysely'
import type { AuthorityRecord, CertificateRecord, CertifiedKey } from '../../ca/index.ts'
import type { Tables } from '../schema/index.ts'
import { time, timeOrNull } from '../values.ts'

const serviceRow = ({ contentSigner, ocspResponder }: Pick<AuthorityRecord, 'contentSigner' | 'ocspResponder'>) => ({
  content_signer_certificate: contentSigner?.certificate ?? null,
  content_signer_key_handle: contentSigner?.keyHandle ?? null,
  ocsp_responder_certificate: ocspResponder?.certificate ?? null,
  ocsp_responder_key_handle: ocspResponder?.keyHandle ?? null,
})

const authorityRow = (id: string, { version, root, issuing, ...services }: AuthorityRecord) => ({
  id,
  version,
  root_certificate: root.certificate,
  root_key_handle: root.keyHandle,
  issuing_certificate: issuing.certificate,
  issuing_key_handle: issuing.keyHandle,
  ...serviceRow(services),
})

const keyOf = (certificate: Uint8Array | null, keyHandle: Uint8Array | null): CertifiedKey | null =>
  certificate && keyHandle ? { certificate, keyHandle } : null

const authorityOf = (row: Selectable<Tables['authorities']>): AuthorityRecord => ({
  version: row.version,
  root: { certificate: row.root_certificate, keyHandle: row.root_key_handle },
  issuing: { certificate: row.issuing_certificate, keyHandle: row.issuing_key_handle },
  contentSigner: keyOf(row.content_signer_certificate, row.content_signer_key_handle),
  ocspResponder: keyOf(row.ocsp_responder_certificate, row.ocsp_responder_key_handle),
})

const certificateRow = (authorityId: string, record: CertificateRecord) => ({
  authority_id: authorityId,
  idempotency_key: record.idempotencyKey,
  version: record.version,
  serial_number: record.serialNumber,
  public_key_spki: record.publicKeySpki,
  tbs: record.tbs,
  certificate: record.certificate,
  status: record.status,
  reason: record.reason,
  status_since: timeOrNull(record.statusSince),
  not_after: time(record.notAfter),
})

const certificateOf = (row: Selectable<Tables['authority_certificates']>): CertificateRecord => ({
  idempotencyKey: row.idempotency_key,
  version: row.version,
  serialNumber: row.serial_number,
  publicKeySpki: row.public_key_spki,
  tbs: row.tbs,
  certificate: row.certificate,
  status: row.status,
  reason: row.reason,
  statusSince: row.status_since,
  notAfter: row.not_after,
})

export { authorityOf, authorityRow, certificateOf, certificateRow, serviceRow }
