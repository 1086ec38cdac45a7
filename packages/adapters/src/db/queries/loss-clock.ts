import type { LossReport } from '@cardwright/contract'
import { sql } from 'kysely'
import type { Db } from '../schema/index.ts'
import { time } from '../values.ts'
import { type GroupScope, ownerInScope } from './scope.ts'

const HOUR = 3_600_000
/** FIPS 201-3 §2.9.1: a lost PIV card's certificates are revoked within 18 hours of the notification. */
const revocationHours = 18
/** A device that ended without a request, or whose request ended longer ago, is looked at by itself. */
const lookBackDays = 30

type Row = {
  readonly request_id: string | null
  readonly user_id: string | null
  readonly user_name: string | null
  readonly device_id: string
  readonly serial: string
  readonly reason: LossReport['reason']
  readonly reported_at: number
  readonly not_revoked: number
  readonly on_hold: number
}

/**
 * Loss reports some of whose certificates the CA has not revoked yet, the oldest first: of replacements that are open or
 * were executed, with the devices that the lost one stood in for, and of devices that were terminated as lost. A report
 * that was taken back is none. What the CA knows is what the outbox has told it: a change that still waits there has not
 * happened. An expired certificate needs no revocation.
 */
export const lossClock = async (db: Db, scope: GroupScope, now: number): Promise<LossReport[]> => {
  const at = sql`${time(now)}::timestamptz`
  const { rows } = await sql<Row>`
  with reports as (
    select id as request_id, user_id, device_id, reason, requested_at as reported_at, undo
    from requests where reason in ('LOST', 'STOLEN') and (state in ('PENDING_APPROVAL', 'APPROVED', 'EXECUTING', 'FAILED')
      or (state = 'COMPLETED' and ended_at > ${at} - ${sql.lit(lookBackDays)} * interval '1 day'))
  ), chains as (
    select request_id, device_id as part from reports
    union select request_id, before.device_id from reports,
      jsonb_array_elements_text(undo -> 'behind') as behind (id) join requests before on before.id = behind.id::uuid
  ), unfinished as (
    select d.id from devices d where d.state = 'TERMINATED' and d.reason in ('LOST', 'STOLEN')
      and exists (select from credentials c where c.device_id = d.id and c.state <> 'REVOKED')
    union select c.device_id from outbox o join credentials c
      on c.authority_id = o.message ->> 'authorityId' and c.serial_number = o.message ->> 'serialNumber'
      where o.done_at is null and o.kind = 'certificate.change-status'
  ), alone as (
    select d.id, d.user_id, d.reason, report.id as request_id, coalesce(report.requested_at,
      (select a.at from audit a where a.device_id = d.id::text and a.action = 'device.terminated'
        order by a.sequence desc limit 1), ${at}) as reported_at
    from unfinished join devices d using (id) left join lateral (
      select r.id, r.requested_at from requests r where r.device_id = d.id and r.reason in ('LOST', 'STOLEN')
        and r.requested_at >= coalesce(d.issued_at, '-infinity') order by r.requested_at desc limit 1) report on true
    where d.state = 'TERMINATED' and d.reason in ('LOST', 'STOLEN') and d.id not in (select part from chains)
  ), parts as (
    select request_id, user_id, device_id, reason, reported_at, part from reports join chains using (request_id)
    union all select request_id, user_id, id, reason, reported_at, id from alone
  )
  select p.request_id, p.user_id, u.display_name as user_name, p.device_id, shown.serial, p.reason, p.reported_at,
    count(*) as not_revoked,
    count(*) filter (where case when waiting.untold then told.change = 'hold' else c.state = 'ON_HOLD' end) as on_hold
  from parts p
    join devices shown on shown.id = p.device_id
    left join users u on u.id = p.user_id
    join devices d on d.id = p.part and d.state in ('INVALID', 'TERMINATED')
    join credentials c on c.device_id = d.id and c.not_after > ${at}
    cross join lateral (select c.authority_id || '/serial/' || c.serial_number as name) subject
    cross join lateral (select exists (
      select from outbox o where o.subject = subject.name and o.done_at is null) as untold) waiting
    left join lateral (select o.message ->> 'change' as change from outbox o
      where o.subject = subject.name and o.done_at is not null order by o.id desc limit 1) told on true
  where (c.state <> 'REVOKED' or waiting.untold) and ${ownerInScope(scope, sql.ref('p.user_id'))}
  group by p.request_id, p.user_id, u.display_name, p.device_id, shown.serial, p.reason, p.reported_at
  order by p.reported_at, p.device_id`.execute(db)
  return rows.map(row => ({
    requestId: row.request_id,
    userId: row.user_id,
    userName: row.user_name,
    deviceId: row.device_id,
    serial: row.serial,
    reason: row.reason,
    reportedAt: time(row.reported_at),
    dueAt: time(row.reported_at + revocationHours * HOUR),
    notRevoked: row.not_revoked,
    onHold: row.on_hold,
  }))
}

/** Wishes to certificate authorities that were tried in vain and still wait; null if there are none. */
export const authorityBacklog = async (
  db: Db,
): Promise<{ readonly waiting: number; readonly since: string; readonly lastError: string | null } | null> => {
  const row = await db
    .selectFrom('outbox')
    .select([
      sql<number>`count(*)`.as('waiting'),
      sql<number | null>`min(created_at)`.as('since'),
      sql<string | null>`(array_agg(last_error order by not_before desc, id desc))[1]`.as('last_error'),
    ])
    .where('done_at', 'is', null)
    .where('last_error', 'is not', null)
    .where(sql<boolean>`starts_with(kind, 'certificate.')`)
    .executeTakeFirstOrThrow()
  return row.since === null ? null : { waiting: row.waiting, since: time(row.since), lastError: row.last_error }
}
