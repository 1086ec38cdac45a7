import { sql } from 'kysely'
import type { Db } from '../schema/index.ts'
import { time } from '../values.ts'

export const attemptStore = (db: Db) => ({
  /**
   * Counts a try before its password is looked at. `limit` tries are looked at, the next one locks for `lockMs`; when the
   * lock has ended, counting starts anew. One statement, so tries side by side are counted one after the other.
   */
  async count(
    key: string,
    rule: { readonly now: number; readonly limit: number; readonly lockMs: number },
  ): Promise<{ readonly lockedUntil: number | null }> {
    const now = sql<number>`${time(rule.now)}::timestamptz`
    const lock = sql<number>`${time(rule.now + rule.lockMs)}::timestamptz`
    const answer = await sql<{ locked_until: number | null }>`
      insert into login_attempts as a (key, failures, last_failure_at, locked_until) values (${key}, 1, ${now}, null)
      on conflict (key) do update set
        last_failure_at = ${now},
        failures = case when a.locked_until > ${now} then a.failures
                        when a.locked_until is not null then 1
                        else a.failures + 1 end,
        locked_until = case when a.locked_until > ${now} then a.locked_until
                            when a.locked_until is not null then null
                            when a.failures + 1 > ${sql.lit(rule.limit)} then ${lock}
                            else null end
      returning locked_until`.execute(db)
    return { lockedUntil: answer.rows[0]?.locked_until ?? null }
  },
  async clear(key: string): Promise<void> {
    await db.deleteFrom('login_attempts').where('key', '=', key).execute()
  },
})
