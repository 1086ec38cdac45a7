import { type DeliveryChannel, type DeliveryState, deliveryMessage } from '@cardwright/core'
import { type Selectable, sql } from 'kysely'
import type { Db, Tables } from './schema/index.ts'
import { putIntoOutbox } from './transaction/outbox.ts'
import { time, timeValue } from './values.ts'

export type DeliveryKind = 'initial-password' | 'pin' | 'puk'

/** A mail that is to bring an initial password. `sealed` is its content, under the context `mail:<id>`. */
export type NewPasswordMail = {
  readonly id: string
  readonly userId: string
  readonly deviceId: string
  readonly recipient: string
  readonly messageId: string
  readonly sealed: Uint8Array
  readonly createdAt: number
  readonly validUntil: number
}

export type Delivery = {
  readonly id: string
  readonly userId: string
  readonly deviceId: string
  /** Which issuance's PIN or PUK it brings; null for an initial password. */
  readonly issuanceId: string | null
  readonly kind: DeliveryKind
  readonly channel: DeliveryChannel
  readonly state: DeliveryState
  /** An address or the name of a printer; empty before the first try. */
  readonly recipient: string
  /** Null where it is made of the delivery's id when it is sent. */
  readonly messageId: string | null
  /** Of an initial password that waits. A PIN or PUK has no copy: it is in `secrets`. */
  readonly sealed: Uint8Array | null
  readonly createdAt: number
  /** After this nobody tries by themselves. */
  readonly validUntil: number
  /** It went to the printer, and nobody has noted yet what became of it. */
  readonly handedAt: number | null
  readonly deliveredAt: number | null
  readonly failedAt: number | null
  readonly attempts: number
  /** 2 and more are marked as copies. */
  readonly copy: number
  /** A code; also what a printer waits for meanwhile. */
  readonly lastError: string | null
}

/** Stores the mail and the wish to send it; an earlier one that still waits for this device ends. */
export const queuePasswordMail = async (trx: Db, mail: NewPasswordMail): Promise<void> => {
  await withdrawDeliveries(trx, mail.deviceId, ['initial-password'])
  await trx
    .insertInto('deliveries')
    .values({
      id: mail.id,
      user_id: mail.userId,
      device_id: mail.deviceId,
      kind: 'initial-password',
      recipient: mail.recipient,
      message_id: mail.messageId,
      sealed: mail.sealed,
      created_at: time(mail.createdAt),
      valid_until: time(mail.validUntil),
    })
    .execute()
  await putIntoOutbox(trx, { kind: 'mail.deliver', deliveryId: mail.id })
}

const withdrawn = {
  state: 'WITHDRAWN',
  sealed: null,
  handed_at: null,
  failed_at: sql<string>`now()`,
  last_error: 'WITHDRAWN',
} as const

/** Ends those that wait, and wipes them: what they would bring is no longer good. */
export const withdrawDeliveries = async (trx: Db, deviceId: string, kinds: readonly DeliveryKind[]): Promise<void> => {
  await trx
    .updateTable('deliveries')
    .set(withdrawn)
    .where('device_id', '=', deviceId)
    .where('kind', 'in', kinds)
    .where('state', '=', 'WAITING')
    .execute()
}

/** Ends this one alone if it waits: one of a later issuance brings another value. */
export const withdrawDelivery = async (trx: Db, id: string): Promise<void> => {
  await trx.updateTable('deliveries').set(withdrawn).where('id', '=', id).where('state', '=', 'WAITING').execute()
}

export const getDelivery = async (db: Db, id: string): Promise<Delivery | null> => {
  const row = await db.selectFrom('deliveries').selectAll().where('id', '=', id).executeTakeFirst()
  return row ? deliveryOf(row) : null
}

export const deliveryOf = (row: Selectable<Tables['deliveries']>): Delivery => ({
  id: row.id,
  userId: row.user_id,
  deviceId: row.device_id,
  issuanceId: row.issuance_id,
  kind: row.kind,
  channel: row.channel,
  state: row.state,
  recipient: row.recipient,
  messageId: row.message_id,
  sealed: row.sealed,
  createdAt: row.created_at,
  validUntil: row.valid_until,
  handedAt: row.handed_at,
  deliveredAt: row.delivered_at,
  failedAt: row.failed_at,
  attempts: row.attempts,
  copy: row.copy,
  lastError: row.last_error,
})

/**
 * N-5: what it brought is wiped in the same transaction, the stored initial PIN with it; the PUK stays, for unlocking.
 * Delivered counts even if it was withdrawn meanwhile: it is on its way.
 */
export const noteDelivered = async (
  trx: Db,
  delivery: Pick<Delivery, 'id' | 'kind' | 'deviceId' | 'issuanceId'>,
  at: number,
): Promise<void> => {
  await trx
    .updateTable('deliveries')
    .set(eb => ({
      state: 'DELIVERED' as const,
      sealed: null,
      handed_at: null,
      delivered_at: time(at),
      failed_at: null,
      last_error: null,
      attempts: eb('attempts', '+', 1),
    }))
    .where('id', '=', delivery.id)
    .execute()
  if (delivery.kind !== 'pin' || delivery.issuanceId === null) return
  await trx
    .deleteFrom('secrets')
    .where('device_id', '=', delivery.deviceId)
    .where('kind', '=', 'PIN')
    .where('issuance_id', '=', delivery.issuanceId)
    .execute()
}

/**
 * `error` is a code. `final` = nobody will try again by themselves; what stands beside it is wiped. Compared with `handedAt`
 * as it was seen or noted, for whoever else has it in a printer must stay to be seen. Answers whether it was noted: if not,
 * it has ended meanwhile, or another worker has it.
 */
export const noteNotDelivered = async (
  trx: Db,
  { id, handedAt }: Pick<Delivery, 'id' | 'handedAt'>,
  { error, at, final }: { readonly error: string; readonly at: number; readonly final: 'FAILED' | 'UNCERTAIN' | null },
): Promise<boolean> => {
  const { numUpdatedRows } = await trx
    .updateTable('deliveries')
    .set(eb => ({
      last_error: error,
      handed_at: null,
      attempts: eb('attempts', '+', 1),
      ...(final ? { state: final, sealed: null, failed_at: time(at) } : {}),
    }))
    .where('id', '=', id)
    .where('state', '=', 'WAITING')
    .where(eb => (handedAt === null ? eb('handed_at', 'is', null) : eb('handed_at', '=', timeValue(handedAt))))
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Noted before a letter goes to the printer, so that a crash behind it is seen. One only can do so. */
export const noteHanded = async (db: Db, id: string, to: string, at: number): Promise<boolean> => {
  const { numUpdatedRows } = await db
    .updateTable('deliveries')
    .set({ handed_at: time(at), recipient: to, last_error: null })
    .where('id', '=', id)
    .where('state', '=', 'WAITING')
    .where('handed_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Where it is going to, and what the printer waits for (null = nothing). */
export const noteWay = async (
  db: Db,
  id: string,
  change: { readonly recipient?: string; readonly lastError?: string | null },
): Promise<void> => {
  await db
    .updateTable('deliveries')
    .set({
      ...(change.recipient === undefined ? {} : { recipient: change.recipient }),
      ...(change.lastError === undefined ? {} : { last_error: change.lastError }),
    })
    .where('id', '=', id)
    .where('state', '=', 'WAITING')
    .execute()
}

/** Queues what has ended without being delivered once more; false if somebody else was faster. */
export const queueAgain = async (
  trx: Db,
  { id, channel, state, copy }: Delivery,
  tryUntil: number,
): Promise<boolean> => {
  const { numUpdatedRows } = await trx
    .updateTable('deliveries')
    .set({
      state: 'WAITING',
      failed_at: null,
      last_error: null,
      valid_until: time(tryUntil),
      // The one before may lie in the printer.
      copy: state === 'UNCERTAIN' ? copy + 1 : copy,
    })
    .where('id', '=', id)
    .where('state', '=', state)
    .where('copy', '=', copy)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) return false
  await putIntoOutbox(trx, deliveryMessage({ id, channel }))
  return true
}
