import type { DeviceState, Issuance, IssuanceError, IssuanceState } from '@cardwright/core'
import { type Kysely, sql } from 'kysely'
import type { Db, Tables } from '../schema/index.ts'
import { time } from '../values.ts'
import { type GroupScope, ownerInScope } from './scope.ts'

export type HomeFigures = {
  readonly devicesByState: Partial<Record<DeviceState, number>>
  /** Twelve weeks from now on; `week` is the Monday, YYYY-MM-DD in UTC. */
  readonly expiringByWeek: { readonly week: string; readonly count: number }[]
  /** Newest first. The text is made of the error at the edge. */
  readonly failures: (OpenIssuance & {
    readonly at: string
    readonly error: IssuanceError | null
    readonly steps: Issuance['steps']
  })[]
  readonly openIssuances: (OpenIssuance & { readonly state: IssuanceState; readonly since: string })[]
}

type OpenIssuance = {
  readonly issuanceId: string
  readonly userId: string | null
  readonly userName: string | null
  readonly serial: string
}

const shown = 10

const open = (db: Kysely<Tables>, scope: GroupScope) =>
  db
    .selectFrom('issuances')
    .innerJoin('devices', 'devices.id', 'issuances.device_id')
    .leftJoin('users', 'users.id', 'issuances.user_id')
    .where(ownerInScope(scope, sql`coalesce(issuances.user_id, devices.user_id)`))
    .select([
      'issuances.id',
      'issuances.user_id',
      'users.display_name',
      'issuances.serial',
      'issuances.state',
      'issuances.error',
      'issuances.steps',
      'issuances.started_at',
    ])

const expiring = (db: Db, scope: GroupScope, now: number) =>
  sql<{ week: string; count: number }>`
  with weeks as (
    select date_trunc('week', ${time(now)}::timestamptz at time zone 'UTC') + n * interval '1 week' as monday
    from generate_series(0, 11) n)
  select to_char(monday, 'YYYY-MM-DD') as week, (
    select count(*) from devices where state = 'ISSUED' and expires_at >= monday at time zone 'UTC'
      and expires_at < (monday + interval '1 week') at time zone 'UTC'
      and ${ownerInScope(scope, sql.ref('devices.user_id'))}) as count
  from weeks order by monday`.execute(db)

export const homeFigures = async (db: Db, scope: GroupScope, now: number): Promise<HomeFigures> => {
  const states = await db
    .selectFrom('devices')
    .select(['state', sql<number>`count(*)`.as('n')])
    .where(ownerInScope(scope, sql.ref('devices.user_id')))
    .groupBy('state')
    .execute()
  const failures = await open(db, scope)
    .where('issuances.state', '=', 'FAILED')
    .orderBy('issuances.started_at', 'desc')
    .limit(shown)
    .execute()
  const running = await open(db, scope)
    .where('issuances.state', 'in', ['RUNNING', 'WAITING_FOR_PIN'])
    .orderBy('issuances.started_at')
    .limit(shown)
    .execute()
  const who = (row: (typeof running)[number]): OpenIssuance => ({
    issuanceId: row.id,
    userId: row.user_id,
    userName: row.display_name,
    serial: row.serial,
  })
  return {
    devicesByState: Object.fromEntries(states.map(row => [row.state, row.n])),
    expiringByWeek: (await expiring(db, scope, now)).rows,
    failures: failures.map(row => ({
      ...who(row),
      at: time(row.error?.at ?? row.started_at),
      error: row.error,
      steps: row.steps,
    })),
    openIssuances: running.map(row => ({ ...who(row), state: row.state, since: time(row.started_at) })),
  }
}
