import type { OutboxMessage } from '@cardwright/core'
import { sql } from 'kysely'
import type { Db } from './schema/index.ts'
import { time, timeValue } from './values.ts'

export type OutboxEntry = { readonly id: number; readonly message: OutboxMessage; readonly attempts: number }

/**
 * Takes messages to carry out: the oldest of each subject, so that a hold is never overtaken by the resume after it. They
 * are this worker's until `now + leaseMs`; whoever has not finished by then may see them carried out again.
 */
export const claimOutbox = async (
  db: Db,
  { now, leaseMs, limit }: { readonly now: number; readonly leaseMs: number; readonly limit: number },
): Promise<OutboxEntry[]> => {
  const answer = await sql<OutboxEntry>`
    update outbox set attempts = attempts + 1, not_before = ${time(now + leaseMs)}::timestamptz
    where id in (
      select o.id from outbox o
      where o.done_at is null and (o.not_before is null or o.not_before <= ${time(now)}::timestamptz)
        and not exists (select from outbox earlier
          where earlier.subject = o.subject and earlier.done_at is null and earlier.id < o.id)
      order by o.id limit ${sql.lit(limit)} for update skip locked)
    returning id, message, attempts`.execute(db)
  return answer.rows.sort((a, b) => a.id - b.id)
}

export const finishOutbox = async (db: Db, id: number, at: number): Promise<void> => {
  await db
    .updateTable('outbox')
    .set({ done_at: time(at), last_error: null })
    .where('id', '=', id)
    .execute()
}

/** `error` is a code, not a message: it is shown to operators. */
export const postponeOutbox = async (db: Db, id: number, until: number, error: string): Promise<void> => {
  await db
    .updateTable('outbox')
    .set({ not_before: time(until), last_error: error })
    .where('id', '=', id)
    .execute()
}

/** What was carried out before `before` is told by the audit; here it only takes room. */
export const forgetDoneOutbox = async (db: Db, before: number): Promise<void> => {
  await db.deleteFrom('outbox').where('done_at', '<', timeValue(before)).execute()
}
