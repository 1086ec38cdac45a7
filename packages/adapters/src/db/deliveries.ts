import { sql } from 'kysely'
import type { Db } from './schema/index.ts'
import { putIntoOutbox } from './transaction/outbox.ts'
import { time } from './values.ts'

/** Something that is to reach a user by mail. `sealed` is its content, under the context `mail:<id>`. */
export type NewDelivery = {
  readonly id: string
  readonly userId: string
  readonly deviceId: string
  readonly kind: 'initial-password'
  readonly recipient: string
  readonly messageId: string
  readonly sealed: Uint8Array
  readonly createdAt: number
  readonly validUntil: number
}

export type Delivery = Omit<NewDelivery, 'sealed'> & {
  /** Null once it was delivered or given up. */
  readonly sealed: Uint8Array | null
  readonly deliveredAt: number | null
  readonly failedAt: number | null
  readonly attempts: number
  readonly lastError: string | null
}

/** Stores the delivery and the wish to carry it out; an earlier one of the kind that still waits for this device ends. */
export const queueDelivery = async (trx: Db, delivery: NewDelivery): Promise<void> => {
  await withdrawDeliveries(trx, delivery)
  await trx
    .insertInto('deliveries')
    .values({
      id: delivery.id,
      user_id: delivery.userId,
      device_id: delivery.deviceId,
      kind: delivery.kind,
      recipient: delivery.recipient,
      message_id: delivery.messageId,
      sealed: delivery.sealed,
      created_at: time(delivery.createdAt),
      valid_until: time(delivery.validUntil),
    })
    .execute()
  await putIntoOutbox(trx, { kind: 'mail.deliver', deliveryId: delivery.id })
}

/** Ends those that wait, and wipes them: what they would bring is no longer good. */
export const withdrawDeliveries = async (
  trx: Db,
  { deviceId, kind }: Pick<NewDelivery, 'deviceId' | 'kind'>,
): Promise<void> => {
  await trx
    .updateTable('deliveries')
    .set({ sealed: null, failed_at: sql<string>`now()`, last_error: 'WITHDRAWN' })
    .where('device_id', '=', deviceId)
    .where('kind', '=', kind)
    .where('sealed', 'is not', null)
    .execute()
}

export const getDelivery = async (db: Db, id: string): Promise<Delivery | null> => {
  const row = await db.selectFrom('deliveries').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) return null
  return {
    id: row.id,
    userId: row.user_id,
    deviceId: row.device_id,
    kind: row.kind,
    recipient: row.recipient,
    messageId: row.message_id,
    sealed: row.sealed,
    createdAt: row.created_at,
    validUntil: row.valid_until,
    deliveredAt: row.delivered_at,
    failedAt: row.failed_at,
    attempts: row.attempts,
    lastError: row.last_error,
  }
}

/** N-5: wiped in the same transaction. Delivered counts even if it was withdrawn meanwhile: it is on its way. */
export const noteDelivered = async (trx: Db, id: string, at: number): Promise<void> => {
  await trx
    .updateTable('deliveries')
    .set(eb => ({
      sealed: null,
      delivered_at: time(at),
      failed_at: null,
      last_error: null,
      attempts: eb('attempts', '+', 1),
    }))
    .where('id', '=', id)
    .execute()
}

/** `error` is a code. `final` = nobody will try again, so the content is wiped. Nothing if it has ended meanwhile. */
export const noteNotDelivered = async (
  trx: Db,
  id: string,
  { error, at, final }: { readonly error: string; readonly at: number; readonly final: boolean },
): Promise<void> => {
  await trx
    .updateTable('deliveries')
    .set(eb => ({
      last_error: error,
      attempts: eb('attempts', '+', 1),
      ...(final ? { sealed: null, failed_at: time(at) } : {}),
    }))
    .where('id', '=', id)
    .where('sealed', 'is not', null)
    .execute()
}
