import type { ChangeCertificateStatus, Clock, RevocationReason } from '@cardwright/core'
import type { AuthorityStore, CertificateRecord, CertificateStatus } from './authority-store.ts'
import { contended, refused } from './refused.ts'

const ATTEMPTS = 20

/** From → change → to. null = it is so already; a missing entry is refused: a revoked certificate has no way back. */
const CHANGES: Readonly<
  Record<CertificateStatus, Partial<Record<ChangeCertificateStatus['change'], CertificateStatus | null>>>
> = {
  GOOD: { hold: 'ON_HOLD', resume: null, revoke: 'REVOKED' },
  ON_HOLD: { hold: null, resume: 'GOOD', revoke: 'REVOKED' },
  REVOKED: { revoke: null },
}

/** The record after the change, or null when it is so already. */
export function afterChange(
  record: CertificateRecord,
  change: ChangeCertificateStatus['change'],
  reason: RevocationReason,
  now: number,
): CertificateRecord | null {
  const status = CHANGES[record.status][change]
  if (status === undefined) throw refused(`Certificate ${record.serialNumber} is revoked, that cannot be undone`)
  if (status === null) return null
  if (status === 'GOOD') return { ...record, status, reason: null, statusSince: null }
  if (status === 'ON_HOLD') return { ...record, status, reason: 'certificateHold', statusSince: now }
  if (reason === 'certificateHold') throw refused('certificateHold is no reason to revoke, it is for putting on hold')
  return { ...record, status, reason, statusSince: now }
}

export async function changeStatus(
  store: AuthorityStore,
  clock: Clock,
  { serialNumber, change, reason }: ChangeCertificateStatus,
): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const [record] = await store.findSerialNumbers([serialNumber.toUpperCase()])
    if (!record) throw refused(`No certificate ${serialNumber} was issued here`)
    const next = afterChange(record, change, reason, clock())
    if (!next || (await store.save(next))) return
  }
  throw contended()
}

/** What is left in place of a certificate that was never asked for: the next request with this name is refused. */
const tombstone = (idempotencyKey: string, reason: RevocationReason, now: number): CertificateRecord => ({
  idempotencyKey,
  version: 1,
  serialNumber: null,
  publicKeySpki: null,
  tbs: null,
  certificate: null,
  status: 'REVOKED',
  reason,
  statusSince: now,
  notAfter: 0,
})

/**
 * Afterwards there is no valid certificate of that name and never will be, whether the request for it got lost, is late or is
 * being signed this moment: the record is revoked before its signature can become evidence.
 */
export async function abandon(
  store: AuthorityStore,
  clock: Clock,
  { idempotencyKey, reason }: { readonly idempotencyKey: string; readonly reason: RevocationReason },
): Promise<void> {
  // A hold can be taken back, giving up cannot.
  const final = reason === 'certificateHold' ? 'cessationOfOperation' : reason
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const record = await store.intend(tombstone(idempotencyKey, final, clock()))
    const next = afterChange(record, 'revoke', final, clock())
    if (!next || (await store.save(next))) return
  }
  throw contended()
}
