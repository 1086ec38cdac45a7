import {
  type Database,
  type Delivery,
  finishOutbox,
  getDelivery,
  noteDelivered,
  noteNotDelivered,
  type OutboxEntry,
  withdrawDelivery,
} from '@cardwright/adapters/db'
import type { Actor, AuditFact, Clock } from '@cardwright/core'
import { DeliveryError } from './delivery-error.ts'

export type Conclusion = {
  delivered(entry: OutboxEntry, delivery: Delivery, to: string): Promise<void>
  /** `delivery` as it was seen, or handed over, by who asks. Throws DeliveryError if another worker has it in a printer. */
  failed(
    entry: OutboxEntry,
    delivery: Delivery,
    failure: {
      /** For operators; of a printer beside it what it said. */
      readonly code: string
      readonly fault?: string
      readonly to?: string
      /** Null = it is tried again. */
      readonly final: 'FAILED' | 'UNCERTAIN' | null
    },
  ): Promise<void>
  /** What it would bring is no longer good. The audit has the change that made it so. */
  withdrawn(entry: OutboxEntry, delivery: Delivery): Promise<void>
}

/**
 * How an attempt ended, with its record, in one transaction. Nothing that led to the delivery is undone (N-5). The audit has
 * the first failure and the end, not every attempt between, and never what was delivered.
 */
export const createConclusion = (database: Database, clock: Clock, actor: Actor): Conclusion => {
  const factOf = (
    { id, userId, deviceId }: Delivery,
    to: string,
    change: Pick<AuditFact, 'at' | 'action' | 'result' | 'reason' | 'details'>,
  ): AuditFact => ({ actor, object: { type: 'delivery', id, label: to }, userId, deviceId, ...change })

  return {
    delivered: (entry, delivery, to) =>
      database.transaction(async ({ trx, audit }) => {
        const at = clock()
        await noteDelivered(trx, delivery, at)
        await finishOutbox(trx, entry, at)
        const details = { to, kind: delivery.kind, copy: delivery.copy, attempts: delivery.attempts + 1 }
        audit(factOf(delivery, to, { at, action: 'delivery.sent', result: 'SUCCESS', reason: null, details }))
      }),

    failed: (entry, delivery, { code, fault, to = delivery.recipient, final }) =>
      database.transaction(async ({ trx, audit }) => {
        const at = clock()
        const noted = await noteNotDelivered(trx, delivery, { error: code, at, final })
        if (!noted && (await getDelivery(trx, delivery.id))?.state === 'WAITING')
          throw new DeliveryError('INTERNAL', false)
        if (final) await finishOutbox(trx, entry, at)
        if (!noted || (final === null && delivery.attempts > 0)) return
        const details = { to, kind: delivery.kind, again: final === null, ...(fault ? { fault } : {}) }
        const action = final === 'UNCERTAIN' ? 'delivery.uncertain' : 'delivery.failed'
        audit(factOf(delivery, to, { at, action, result: 'FAILURE', reason: code, details }))
      }),

    withdrawn: (entry, delivery) =>
      database.transaction(async ({ trx }) => {
        await withdrawDelivery(trx, delivery.id)
        await finishOutbox(trx, entry, clock())
      }),
  }
}
