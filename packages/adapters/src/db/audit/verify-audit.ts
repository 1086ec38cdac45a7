import { auditKeyName, headBytes, type Keys, noPreviousMac, recordBytes, sameMac } from '@cardwright/core'
import type { Db } from '../schema/index.ts'
import { isInstalled } from './audit-genesis.ts'
import { auditRecordOf } from './audit-rows.ts'

export type AuditFinding = 'RECORD_MISSING' | 'RECORD_ALTERED' | 'TAIL_MISSING' | 'RECORD_ADDED' | 'HEAD_ALTERED'

export type AuditVerdict = {
  readonly intact: boolean
  /** How many records were found good, from the first on. */
  readonly records: number
  readonly firstBroken: number | null
  readonly finding: AuditFinding | null
}

const batchSize = 2000

/**
 * Reads the whole chain as it stands at one moment, in batches, while work goes on. Finds any changed, missing, added or
 * reordered record, a cut-off tail too, and names the first broken number. What it cannot find from inside the
 * database: that everything was put back to an older state, head included; keep the count elsewhere against that.
 */
export const verifyAudit = (db: Db, keys: Pick<Keys, 'mac'>): Promise<AuditVerdict> =>
  db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async trx => {
      const head = await trx.selectFrom('audit_head').selectAll().executeTakeFirst()
      let good = 0
      let lastMac = noPreviousMac
      const broken = (finding: AuditFinding): AuditVerdict => ({
        intact: false,
        records: good,
        firstBroken: good + 1,
        finding,
      })
      for (;;) {
        const batch = await trx
          .selectFrom('audit')
          .selectAll()
          .where('sequence', '>', good)
          .orderBy('sequence')
          .limit(batchSize)
          .execute()
        for (const row of batch) {
          if (row.sequence !== good + 1) return broken('RECORD_MISSING')
          const expected = await keys.mac(auditKeyName, recordBytes(auditRecordOf(row), lastMac))
          if (!sameMac(expected, row.mac)) return broken('RECORD_ALTERED')
          if (head && row.sequence > head.count) return broken('RECORD_ADDED')
          good = row.sequence
          lastMac = row.mac
        }
        if (batch.length < batchSize) break
      }
      if (!head) return broken('HEAD_ALTERED')
      if (head.count > good) return broken('TAIL_MISSING')
      if (head.count === 0) {
        // An installation with people in it has records: their creation was one.
        const somebody = await trx.selectFrom('users').select('id').limit(1).executeTakeFirst()
        if (somebody || (await isInstalled(trx))) return broken('TAIL_MISSING')
      }
      const headMac = await keys.mac(auditKeyName, headBytes({ count: head.count, lastMac: head.last_mac }))
      if (!sameMac(headMac, head.head_mac) || !sameMac(lastMac, head.last_mac)) return broken('HEAD_ALTERED')
      return { intact: true, records: good, firstBroken: null, finding: null }
    })
