import type { ExpiryDays } from '@cardwright/core'
import { type RawBuilder, sql } from 'kysely'
import { newId } from './new-id.ts'
import type { Db } from './schema/index.ts'
import { putIntoOutbox } from './transaction/outbox.ts'
import { time } from './values.ts'

/** A device whose holder is to be told, by the mail of so many days before its end. */
export type Expiring = {
  readonly deviceId: string
  readonly userId: string
  readonly email: string
  readonly expiresAt: number
  readonly days: number
}

const integers = (numbers: readonly number[]): RawBuilder<unknown> =>
  sql`array[${sql.join(numbers.map(number => sql.lit(number)))}]::int[]`

/** What somebody is about to replace needs no mail, and what is not in use neither. A suspended device may come back. */
const inUse = sql`d.state = 'ISSUED' and u.status = 'ACTIVE' and not exists (select from requests r
  where r.device_id = d.id and r.type = 'REPLACEMENT' and r.state in ('PENDING_APPROVAL', 'APPROVED', 'EXECUTING', 'FAILED'))`

/**
 * Devices whose next mail is due and was not queued yet, by their ids after `after`. Of several that are due, as after some
 * days without a server, it is the nearest; one whose day was before the device was issued is none.
 */
export const dueExpiryMails = async (
  db: Db,
  {
    now,
    days,
    after,
    limit,
  }: { readonly now: number; readonly days: ExpiryDays; readonly after: string | null; readonly limit: number },
): Promise<readonly Expiring[]> => {
  const longest = Math.max(0, ...days.permanent, ...days.temporary)
  const at = sql`${time(now)}::timestamptz`
  const { rows } = await sql<Expiring>`
    select d.id as "deviceId", d.user_id as "userId", u.email, d.expires_at as "expiresAt", due.days
    from devices d join users u on u.id = d.user_id
      cross join lateral (select min(n) as days
        from unnest(case when d.temporary then ${integers(days.temporary)} else ${integers(days.permanent)} end) n
        where d.expires_at <= ${at} + n * interval '24 hours') due
    where ${inUse} and coalesce(u.email, '') <> ''
      and d.expires_at > ${at} and d.expires_at <= ${at} + ${sql.lit(longest)} * interval '24 hours'
      and d.issued_at < d.expires_at - due.days * interval '24 hours'
      and not exists (select from expiry_mails m
        where m.device_id = d.id and m.expires_at = d.expires_at and m.days <= due.days)
      ${after === null ? sql`` : sql`and d.id > ${after}::uuid`}
    order by d.id limit ${sql.lit(limit)}`.execute(db)
  return rows
}

/** With the wish to send it. False: another server was faster, and nothing was stored. */
export const queueExpiryMail = async (trx: Db, expiring: Expiring, at: number): Promise<boolean> => {
  const { deviceId, userId, expiresAt, days } = expiring
  const id = newId(at)
  const row = await trx
    .insertInto('expiry_mails')
    .values({
      id,
      device_id: deviceId,
      user_id: userId,
      expires_at: time(expiresAt),
      days,
      queued_at: time(at),
    })
    .onConflict(c => c.columns(['device_id', 'expires_at', 'days']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (row) await putIntoOutbox(trx, { kind: 'mail.expiry', mailId: id })
  return row !== undefined
}

export type ExpiryMail = {
  readonly id: string
  readonly userId: string
  readonly displayName: string
  readonly email: string | null
  readonly deviceId: string
  readonly serial: string
  readonly model: string
  readonly temporary: boolean
  readonly expiresAt: number
  readonly days: number
}

/** The mail as it would be sent now; null if the device has no need of it any more, or a nearer one was queued. */
export const getExpiryMail = async (db: Db, id: string): Promise<ExpiryMail | null> => {
  const { rows } = await sql<ExpiryMail>`
    select m.id, m.user_id as "userId", u.display_name as "displayName", u.email, m.device_id as "deviceId", d.serial,
      d.model, d.temporary, m.expires_at as "expiresAt", m.days
    from expiry_mails m join devices d on d.id = m.device_id join users u on u.id = m.user_id
    where m.id = ${id}::uuid and ${inUse} and d.user_id = m.user_id and d.expires_at = m.expires_at
      and not exists (select from expiry_mails n
        where n.device_id = m.device_id and n.expires_at = m.expires_at and n.days < m.days)`.execute(db)
  return rows[0] ?? null
}
