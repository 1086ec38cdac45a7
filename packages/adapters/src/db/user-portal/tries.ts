import type { LoginMethod } from '@cardwright/core'
import { sql } from 'kysely'
import type { Db } from '../schema/index.ts'
import { time, timeValue } from '../values.ts'

/** Tries at logging in to the User portal. Keys are MACs: neither names nor addresses are kept. */
export const tryStore = (db: Db) => ({
  /**
   * U-8: counts a try before its secret is looked at; false = locked, nothing is looked at. `limit` tries are let through
   * however many come side by side: one statement, so they are counted one after the other.
   */
  async count(key: string, method: LoginMethod, rule: { readonly now: number; readonly limit: number }) {
    const now = sql<number>`${time(rule.now)}::timestamptz`
    const answer = await sql<{ tries: number }>`
      insert into login_tries as t (key, method, tries, last_try_at) values (${key}, ${method}, 1, ${now})
      on conflict (key, method) do update set tries = t.tries + 1, last_try_at = ${now}
        where t.locked_at is null and t.tries < ${sql.lit(rule.limit)}
      returning tries`.execute(db)
    return answer.rows.length > 0
  },
  /** The secret was not looked at after all. */
  async uncount(key: string, method: LoginMethod): Promise<void> {
    await db
      .updateTable('login_tries')
      .set({ tries: sql<number>`greatest(tries - 1, 0)` })
      .where('key', '=', key)
      .where('method', '=', method)
      .execute()
  },
  /** After a wrong try: true if it was the one that locks. Only `reset` unlocks. */
  async lockAt(key: string, method: LoginMethod, rule: { readonly now: number; readonly limit: number }) {
    const { numUpdatedRows } = await db
      .updateTable('login_tries')
      .set({ locked_at: time(rule.now) })
      .where('key', '=', key)
      .where('method', '=', method)
      .where('locked_at', 'is', null)
      .where('tries', '>=', rule.limit)
      .executeTakeFirst()
    return numUpdatedRows > 0n
  },
  /** After a right one; a lock that came meanwhile stays. */
  async clear(key: string, method: LoginMethod): Promise<void> {
    await db
      .deleteFrom('login_tries')
      .where('key', '=', key)
      .where('method', '=', method)
      .where('locked_at', 'is', null)
      .execute()
  },
  /** A Help desk unlocks. */
  async reset(key: string, method: LoginMethod): Promise<void> {
    await db.deleteFrom('login_tries').where('key', '=', key).where('method', '=', method).execute()
  },
  /** `limit` of each method: a try whose server died in the middle left the counter full and no lock. */
  async locked(key: string, limit: (method: LoginMethod) => number) {
    const rows = await db.selectFrom('login_tries').selectAll().where('key', '=', key).orderBy('method').execute()
    return rows
      .filter(row => row.locked_at !== null || row.tries >= limit(row.method))
      .map(row => ({ method: row.method, since: row.locked_at ?? row.last_try_at }))
  },

  /** Tries of one network address in the window that is open for it, this one included. */
  async countSource(key: string, rule: { readonly now: number; readonly windowMs: number }) {
    const now = sql<number>`${time(rule.now)}::timestamptz`
    const over = sql<boolean>`s.since <= ${time(rule.now - rule.windowMs)}::timestamptz`
    const answer = await sql<{ tries: number; since: number }>`
      insert into source_tries as s (key, tries, since) values (${key}, 1, ${now})
      on conflict (key) do update set
        tries = case when ${over} then 1 else s.tries + 1 end,
        since = case when ${over} then ${now} else s.since end
      returning tries, since`.execute(db)
    return answer.rows[0] ?? { tries: 1, since: rule.now }
  },
  /** It was not a wrong one. */
  async uncountSource(key: string): Promise<void> {
    await db
      .updateTable('source_tries')
      .set({ tries: sql<number>`greatest(tries - 1, 0)` })
      .where('key', '=', key)
      .execute()
  },
})

const DAY = 24 * 60 * 60_000

/**
 * Locks stay, those of names that nobody has as well: a lock that ended by itself would tell them apart. Counters that
 * nobody went on with for half a year begin anew, windows of network addresses after a day.
 */
export const forgetOldTries = async (db: Db, now: number): Promise<void> => {
  await db
    .deleteFrom('login_tries')
    .where('last_try_at', '<', timeValue(now - 180 * DAY))
    .where('locked_at', 'is', null)
    .execute()
  await db
    .deleteFrom('source_tries')
    .where('since', '<', timeValue(now - DAY))
    .execute()
}
