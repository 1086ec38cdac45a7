import { vocabulary } from '@cardwright/contract'
import { type Device, mayStillBeDelivered } from '@cardwright/core'
import { sql } from 'kysely'
import { type Delivery, deliveryOf } from '../deliveries.ts'
import type { Db } from '../schema/index.ts'
import { type GroupScope, userInScope } from './scope.ts'

/** With what decides whether it may be repeated. */
export type FoundDelivery = {
  readonly delivery: Delivery
  readonly valueIsStored: boolean
  readonly device: Pick<Device, 'state' | 'reason'>
}

const valueIsStored = sql<boolean>`exists (select from secrets s where s.device_id = deliveries.device_id
  and s.stage = 'CURRENT' and s.issuance_id = deliveries.issuance_id and lower(s.kind) = deliveries.kind)`

const found = (db: Db, scope: GroupScope) =>
  db
    .selectFrom('deliveries')
    .innerJoin('devices', 'devices.id', 'deliveries.device_id')
    .selectAll('deliveries')
    .select(['devices.state as device_state', 'devices.reason as device_reason', valueIsStored.as('value_is_stored')])
    .where(userInScope(scope, sql.ref('deliveries.user_id')))

type Row = Awaited<ReturnType<ReturnType<typeof found>['executeTakeFirstOrThrow']>>
const view = (row: Row): FoundDelivery => ({
  delivery: deliveryOf(row),
  valueIsStored: row.value_is_stored,
  device: { state: row.device_state, reason: row.device_reason },
})

/** Newest first; those of an earlier holder too, as far as they are in scope. */
export const deliveriesOfDevice = async (
  db: Db,
  scope: GroupScope,
  deviceId: string,
): Promise<readonly FoundDelivery[]> => {
  const rows = await found(db, scope)
    .where('deliveries.device_id', '=', deviceId)
    .orderBy('deliveries.created_at', 'desc')
    .orderBy('deliveries.id', 'desc')
    .execute()
  return rows.map(view)
}

/** Of which devices a PIN or PUK may still be delivered, as core says. */
const deliverable = vocabulary.deviceState.options
  .flatMap(state => vocabulary.deviceReason.options.map(reason => ({ state, reason })))
  .filter(mayStillBeDelivered)

export type Undelivered = Pick<Delivery, 'id' | 'kind' | 'channel' | 'state' | 'deviceId' | 'userId' | 'lastError'> & {
  readonly serial: string
  readonly userName: string
  readonly failedAt: number
}

/** What did not arrive and may be repeated (core: mayBeRepeated), newest first: how many there are, and some of them. */
export const undeliveredPins = async (
  db: Db,
  scope: GroupScope,
  most: number,
): Promise<{ readonly total: number; readonly newest: readonly Undelivered[] }> => {
  const rows = await found(db, scope)
    .innerJoin('users', 'users.id', 'deliveries.user_id')
    .select(['devices.serial', 'users.display_name', sql<number>`count(*) over ()`.as('total')])
    .where('deliveries.state', 'in', ['FAILED', 'UNCERTAIN'])
    .where(valueIsStored)
    .where(({ eb, refTuple, tuple }) =>
      eb(
        refTuple('devices.state', 'devices.reason'),
        'in',
        deliverable.map(({ state, reason }) => tuple(state, reason)),
      ),
    )
    .orderBy('deliveries.failed_at', 'desc')
    .orderBy('deliveries.id', 'desc')
    .limit(most)
    .execute()
  return {
    total: rows[0]?.total ?? 0,
    newest: rows.map(row => ({
      ...deliveryOf(row),
      serial: row.serial,
      userName: row.display_name,
      failedAt: row.failed_at ?? row.created_at,
    })),
  }
}

export const findDelivery = async (db: Db, scope: GroupScope, id: string): Promise<FoundDelivery | null> => {
  const row = await found(db, scope).where('deliveries.id', '=', id).executeTakeFirst()
  return row ? view(row) : null
}
