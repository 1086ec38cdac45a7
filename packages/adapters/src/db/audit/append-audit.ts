import {
  type AuditFact,
  auditKeyName,
  headBytes,
  type Keys,
  recordBytes,
  sameMac,
  storableFact,
} from '@cardwright/core'
import { type Insertable, sql } from 'kysely'
import type { DbTransaction, Tables } from '../schema/index.ts'
import { isInstalled } from './audit-genesis.ts'
import { auditRow } from './audit-rows.ts'

/** Somebody wrote to the audit past Cardwright. Going on would seal the forged head and hide it. */
export class AuditTamperedError extends Error {
  readonly code = 'AUDIT_TAMPERED'
  constructor() {
    super(
      'The head of the audit chain was altered outside Cardwright, so no change can be recorded. ' +
        'Run "cardwright audit verify" and restore the database from a backup.',
    )
    this.name = 'AuditTamperedError'
  }
}

/**
 * Appends facts as the last act of a transaction. The head is locked from here (or from its start) to the commit, so
 * numbers follow the order of commits. Nobody waits for it while holding rows, so it is part of no deadlock.
 */
export const appendAudit = async (
  trx: DbTransaction,
  keys: Pick<Keys, 'mac'>,
  facts: readonly AuditFact[],
): Promise<void> => {
  if (facts.length === 0) return
  await sql`lock table audit_head in exclusive mode nowait`.execute(trx)
  const head = await trx.selectFrom('audit_head').selectAll().forUpdate().executeTakeFirst()
  if (!head) throw new AuditTamperedError()
  const expected = await keys.mac(auditKeyName, headBytes({ count: head.count, lastMac: head.last_mac }))
  if (!sameMac(expected, head.head_mac)) throw new AuditTamperedError()
  // The sealed head of the first day fits an emptied audit too, if somebody kept it.
  if (head.count === 0 && (await isInstalled(trx))) throw new AuditTamperedError()
  let count = head.count
  let lastMac = head.last_mac
  const rows: Insertable<Tables['audit']>[] = []
  for (const fact of facts) {
    count += 1
    const record = { ...storableFact(fact), sequence: count }
    lastMac = await keys.mac(auditKeyName, recordBytes(record, lastMac))
    rows.push(auditRow(record, lastMac))
  }
  await trx.insertInto('audit').values(rows).execute()
  const headMac = await keys.mac(auditKeyName, headBytes({ count, lastMac }))
  await trx.updateTable('audit_head').set({ count, last_mac: lastMac, head_mac: headMac }).execute()
}
