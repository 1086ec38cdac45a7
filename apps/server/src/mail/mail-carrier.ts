import {
  type Database,
  type Delivery,
  finishOutbox,
  getDelivery,
  noteDelivered,
  noteNotDelivered,
  type OutboxEntry,
} from '@cardwright/adapters/db'
import { type AuditFact, type Clock, type Keys, type Mail, MailError } from '@cardwright/core'
import type { Carrier } from '../jobs/outbox-worker.ts'
import { deliveryContext } from './deliver.ts'
import type { MailContent } from './initial-password-mail.ts'

export type MailCarrierPorts = {
  readonly database: Database
  readonly keys: Pick<Keys, 'unseal'>
  readonly mail: () => Promise<Mail>
  readonly clock: Clock
}

const codeOf = (error: unknown): string | null => (error instanceof MailError ? error.code : null)

const factOf = (
  delivery: Delivery,
  at: number,
  change: Pick<AuditFact, 'action' | 'result' | 'reason' | 'details'>,
) => ({
  at,
  actor: { kind: 'system' as const, id: 'system:mail', label: 'Mail' },
  object: { type: 'delivery', id: delivery.id, label: delivery.recipient },
  userId: delivery.userId,
  deviceId: delivery.deviceId,
  ...change,
})

/**
 * Sends what waits for delivery. The content is wiped in the transaction that notes the end (N-5): delivered, refused for
 * good, or no longer good. All else is tried again; nothing that led to the mail is undone. The audit has the first failure
 * and the end, not every attempt between.
 */
export const mailCarrier = ({ database, keys, mail, clock }: MailCarrierPorts): Carrier => {
  const send = async (delivery: Delivery, sealed: Uint8Array): Promise<void> => {
    const plain = await keys.unseal(deliveryContext(delivery.id), sealed)
    const content: MailContent = JSON.parse(new TextDecoder().decode(plain))
    await (await mail()).send({ ...content, to: delivery.recipient, messageId: delivery.messageId })
  }

  const noteFailure = (entry: OutboxEntry, delivery: Delivery, error: string, final: boolean): Promise<void> =>
    database.transaction(async ({ trx, audit }) => {
      const at = clock()
      await noteNotDelivered(trx, delivery.id, { error, at, final })
      if (final) await finishOutbox(trx, entry, at)
      if (final || delivery.attempts === 0) {
        const details = { to: delivery.recipient, kind: delivery.kind, again: !final }
        audit(factOf(delivery, at, { action: 'delivery.failed', result: 'FAILURE', reason: error, details }))
      }
    })

  return {
    kinds: ['mail.deliver'],
    codeOf,
    async carryOut(entry) {
      const { message } = entry
      if (message.kind !== 'mail.deliver') throw new Error(`${message.kind} is not mail`)
      const delivery = await getDelivery(database.db, message.deliveryId)
      // Without content it has ended: another worker was faster, or it was withdrawn.
      if (!delivery?.sealed) return
      if (delivery.validUntil <= clock()) return noteFailure(entry, delivery, 'EXPIRED', true)
      try {
        await send(delivery, delivery.sealed)
      } catch (error) {
        const final = error instanceof MailError && error.permanent
        await noteFailure(entry, delivery, codeOf(error) ?? 'INTERNAL', final)
        if (final) return
        throw error
      }
      await database.transaction(async ({ trx, audit }) => {
        const at = clock()
        await noteDelivered(trx, delivery.id, at)
        await finishOutbox(trx, entry, at)
        const details = { to: delivery.recipient, kind: delivery.kind, attempts: delivery.attempts + 1 }
        audit(factOf(delivery, at, { action: 'delivery.sent', result: 'SUCCESS', reason: null, details }))
      })
    },
  }
}
