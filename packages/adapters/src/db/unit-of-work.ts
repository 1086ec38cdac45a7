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

const furtherAttempts = 40
/** Any number that no other use of advisory locks in the database has. */
const retryLock = 7_308_332_045_571n

/**
 * Repeatable read: the work sees one state of the database, and a row that somebody changed since cannot be changed. All
 * that write an audit record meet at the chain's head, so among themselves they are serial. A loser's whole work runs
 * again in a lane, one at a time over all servers and in the order of their coming, so that 64 losers of one race do not
 * race each other again and again.
 */
export const createDatabase = (db: Db, keys: Pick<Keys, 'mac'>): Database => {
  // Those who wait here wait without a connection; PostgreSQL's lock then queues the servers.
  let lane: Promise<unknown> = Promise.resolve()

  const once = <T>(on: Db, work: (scope: Scope) => Promise<T>): Promise<T> =>
    on
      .transaction()
      .setIsolationLevel('repeatable read')
      .execute(async trx => {
        const facts: AuditFact[] = []
        const result = await work({ trx, audit: fact => facts.push(fact) })
        await appendAudit(trx, keys, facts)
        return result
      })

  const again = <T>(work: (scope: Scope) => Promise<T>): Promise<T> =>
    db.connection().execute(async connection => {
      // Before the transaction begins: its snapshot must be younger than what the one before in the lane committed.
      await sql`select pg_advisory_lock(${sql.lit(retryLock)})`.execute(connection)
      try {
        for (let left = furtherAttempts; ; left--) {
          try {
            return await once(connection, work)
          } catch (error) {
            if (!mayRunAgain(error) || left <= 1) throw error
          }
        }
      } finally {
        // A connection that broke has given the lock back already.
        await sql`select pg_advisory_unlock(${sql.lit(retryLock)})`.execute(connection).catch(() => {})
      }
    })

  return {
    db,
    keys,
    async transaction(work) {
      try {
        return await once(db, work).catch(error => {
          if (!mayRunAgain(error)) throw error
          const turn = lane.then(() => again(work))
          lane = turn.catch(() => {})
          return turn
        })
      } catch (error) {
        throw toStoreError(error, 'storing a change')
      }
    },
  }
}
