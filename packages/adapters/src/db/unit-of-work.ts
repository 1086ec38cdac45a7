import type { AuditFact, Keys } from '@cardwright/core'
import { sql } from 'kysely'
import { appendAudit } from './audit/append-audit.ts'
import { mayRunAgain, toStoreError } from './errors.ts'
import type { Db, DbTransaction } from './schema/index.ts'

export type Scope = {
  readonly trx: DbTransaction
  /** Written when the work is done, in the same transaction. */
  audit(fact: AuditFact): void
}

/** The database together with the key of its audit. Every write of Cardwright goes through `transaction`. */
export type Database = {
  readonly db: Db
  readonly keys: Pick<Keys, 'mac'>
  transaction<T>(work: (scope: Scope) => Promise<T>): Promise<T>
}

/** In the lane a work can lose only to one without an audit record on the same row; twice is rare, ten times a fault. */
const attemptsInLane = 10

/**
 * Repeatable read: the work sees one state of the database, and a row that somebody changed since cannot be changed. All
 * that write an audit record meet at the chain's head, so among themselves they are serial. The first attempt takes the
 * head last and does not wait for it: whoever held it would have made this snapshot stale. Who loses runs again with the
 * head locked first, before the snapshot, and cannot lose it again; PostgreSQL queues those over all servers.
 */
export const createDatabase = (db: Db, keys: Pick<Keys, 'mac'>): Database => {
  // Those of this server who lost wait here, without a connection.
  let lane: Promise<unknown> = Promise.resolve()

  const attempt = <T>(work: (scope: Scope) => Promise<T>, headFirst: boolean): Promise<T> =>
    db
      .transaction()
      .setIsolationLevel('repeatable read')
      .execute(async trx => {
        // LOCK TABLE takes no snapshot (PostgreSQL, LOCK, Notes); any query would.
        if (headFirst) await sql`lock table audit_head in exclusive mode`.execute(trx)
        const facts: AuditFact[] = []
        const result = await work({ trx, audit: fact => facts.push(fact) })
        await appendAudit(trx, keys, facts)
        return result
      })

  const inLane = async <T>(work: (scope: Scope) => Promise<T>): Promise<T> => {
    for (let left = attemptsInLane; ; left--) {
      try {
        return await attempt(work, true)
      } catch (error) {
        if (!mayRunAgain(error) || left <= 1) throw error
      }
    }
  }

  return {
    db,
    keys,
    async transaction(work) {
      try {
        return await attempt(work, false).catch(error => {
          if (!mayRunAgain(error)) throw error
          const turn = lane.then(() => inLane(work))
          lane = turn.catch(() => {})
          return turn
        })
      } catch (error) {
        throw toStoreError(error, 'storing a change')
      }
    },
  }
}
