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
  {
    now,
    leaseMs,
    limit,
    kinds,
  }: {
    readonly now: number
    readonly leaseMs: number
    readonly limit: number
    /** Only these; without, all. */
    readonly kinds?: readonly OutboxMessage['kind'][]
  },
): Promise<OutboxEntry[]> => {
  const wanted = kinds ? sql`and o.kind in (${sql.join(kinds)})` : sql``
  const answer = await sql<OutboxEntry>`
    update outbox set attempts = attempts + 1, not_before = ${time(now + leaseMs)}::timestamptz
    where id in (
      select o.id from outbox o
      where o.done_at is null and (o.not_before is null or o.not_before <= ${time(now)}::timestamptz) ${wanted}
        and not exists (select from outbox earlier
          where earlier.subject = o.subject and earlier.done_at is null and earlier.id < o.id)
      order by o.id limit ${sql.lit(limit)} for update skip locked)
    returning id, message, attempts`.execute(db)
  return answer.rows.sort((a, b) => a.id - b.id)
}

/** Each claim counts an attempt, so the number tells whose it is: a claim that ran out is nobody's business any more. */
type Claim = Pick<OutboxEntry, 'id' | 'attempts'>

const ofClaim = ({ id, attempts }: Claim) => sql<boolean>`id = ${id} and attempts = ${attempts} and done_at is null`

/**
 * Asked right before a message is carried out: false if another worker has claimed it since. An old `hold` carried out
 * late would undo the `resume` that came after it.
 */
export const renewOutbox = async (db: Db, claim: Claim, until: number): Promise<boolean> => {
  const { numUpdatedRows } = await db
    .updateTable('outbox')
    .set({ not_before: time(until) })
    .where(ofClaim(claim))
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export const finishOutbox = async (db: Db, claim: Claim, at: number): Promise<void> => {
  await db
    .updateTable('outbox')
    .set({ done_at: time(at), last_error: null })
    .where(ofClaim(claim))
    .execute()
}

/** `error` is a code, not a message: it is shown to operators. */
export const postponeOutbox = async (db: Db, claim: Claim, until: number, error: string): Promise<void> => {
  await db
    .updateTable('outbox')
    .set({ not_before: time(until), last_error: error })
    .where(ofClaim(claim))
    .execute()
}

/** What was carried out before `before` is told by the audit; here it only takes room. */
export const forgetDoneOutbox = async (db: Db, before: number): Promise<void> => {
  await db.deleteFrom('outbox').where('done_at', '<', timeValue(before)).execute()
}
