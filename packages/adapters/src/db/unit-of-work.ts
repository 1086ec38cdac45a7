import type { AuditFact, Keys } from '@cardwright/core'
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

const furtherAttempts = 20

/**
 * Repeatable read: the work sees one state of the database, and a row that somebody changed since cannot be changed. All
 * that write an audit record meet at the chain's head, so among themselves they are serial. A loser's whole work runs
 * again in a lane, one at a time, so that 64 losers of one race do not race each other again and again.
 */
export const createDatabase = (db: Db, keys: Pick<Keys, 'mac'>): Database => {
  let lane: Promise<unknown> = Promise.resolve()

  const once = <T>(work: (scope: Scope) => Promise<T>): Promise<T> =>
    db
      .transaction()
      .setIsolationLevel('repeatable read')
      .execute(async trx => {
        const facts: AuditFact[] = []
        const result = await work({ trx, audit: fact => facts.push(fact) })
        await appendAudit(trx, keys, facts)
        return result
      })

  const again = async <T>(work: (scope: Scope) => Promise<T>): Promise<T> => {
    for (let left = furtherAttempts; ; left--) {
      try {
        return await once(work)
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
        return await once(work).catch(error => {
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
