import { type QueryCreator, sql } from 'kysely'
import type { AuthorityStore, CertificateRecord } from '../../ca/index.ts'
import type { Db, Tables } from '../schema/index.ts'
import { timeValue } from '../values.ts'
import { certificateOf, certificateRow } from './authority-rows.ts'

type Records = Pick<AuthorityStore, 'intend' | 'save' | 'find' | 'findSerialNumbers' | 'revision' | 'revoked'>

type Status = CertificateRecord['status']
type WithSaved = QueryCreator<Tables & { saved: { was: Status; status: Status } }>

/** Counts one change if what was saved is, or was, on the CRL. */
const raiseRevision = (d: WithSaved, authorityId: string) =>
  d
    .insertInto('authority_revisions')
    .columns(['authority_id', 'revision'])
    .expression(
      d
        .selectFrom('saved')
        .select([sql<string>`${authorityId}::text`.as('authority_id'), sql<number>`1`.as('revision')])
        .where(eb => eb.or([eb('was', '<>', 'GOOD'), eb('status', '<>', 'GOOD')])),
    )
    .onConflict(c => c.column('authority_id').doUpdateSet({ revision: sql`authority_revisions.revision + 1` }))

/**
 * A write and the count of changes to the CRL are one statement: one round trip for each certificate, and no CRL can be made
 * of the count without the change.
 */
export const certificateRecords = (db: Db, authorityId: string): Records => {
  const own = () => db.selectFrom('authority_certificates').selectAll().where('authority_id', '=', authorityId)

  const find = async (idempotencyKey: string): Promise<CertificateRecord | null> => {
    const row = await own().where('idempotency_key', '=', idempotencyKey).executeTakeFirst()
    return row ? certificateOf(row) : null
  }

  return {
    find,
    async intend(record) {
      const answer = await db
        .with('saved', d =>
          d
            .insertInto('authority_certificates')
            .values(certificateRow(authorityId, record))
            .onConflict(c => c.columns(['authority_id', 'idempotency_key']).doNothing())
            .returning(['status as was', 'status']),
        )
        .with('counted', d => raiseRevision(d, authorityId))
        .selectFrom('saved')
        .select('status')
        .executeTakeFirst()
      if (answer) return record
      const stored = await find(record.idempotencyKey)
      if (!stored) throw new Error('A certificate record that was there a moment ago is gone')
      return stored
    },
    async save(record) {
      const { authority_id: _, idempotency_key: key, ...columns } = certificateRow(authorityId, record)
      const answer = await db
        .with('before', d =>
          d
            .selectFrom('authority_certificates')
            .select('status')
            .where('authority_id', '=', authorityId)
            .where('idempotency_key', '=', key)
            .where('version', '=', record.version)
            .forUpdate(),
        )
        .with('saved', d =>
          d
            .updateTable('authority_certificates as c')
            .from('before')
            .set({ ...columns, version: record.version + 1 })
            .where('c.authority_id', '=', authorityId)
            .where('c.idempotency_key', '=', key)
            .returning(['before.status as was', 'c.status']),
        )
        .with('counted', d => raiseRevision(d, authorityId))
        .selectFrom('saved')
        .select('status')
        .executeTakeFirst()
      return answer !== undefined
    },
    async findSerialNumbers(serialNumbers) {
      if (serialNumbers.length === 0) return []
      const rows = await own().where('serial_number', 'in', serialNumbers).execute()
      return rows.map(certificateOf)
    },
    async revision() {
      const row = await db
        .selectFrom('authority_revisions')
        .select('revision')
        .where('authority_id', '=', authorityId)
        .executeTakeFirst()
      return row?.revision ?? 0
    },
    async revoked(expiringFrom) {
      const rows = await own()
        .clearSelect()
        .select(['serial_number', 'reason', 'status_since'])
        .where('status', '<>', 'GOOD')
        .where('serial_number', 'is not', null)
        .where('not_after', '>=', timeValue(expiringFrom))
        .execute()
      return rows.map(row => ({ serialNumber: row.serial_number, reason: row.reason, statusSince: row.status_since }))
    },
  }
}
