import { type Database, getDelivery, getLetterSettings, getMailSettings, noteWay } from '@cardwright/adapters/db'
import {
  type Actor,
  type Clock,
  deliveryMail,
  isMailAddress,
  type Keys,
  type Mail,
  MailError,
  type MailMessage,
  type Store,
  textsFor,
} from '@cardwright/core'
import { createConclusion } from '../deliveries/conclusion.ts'
import { openDeliveredValue } from '../deliveries/delivered-value.ts'
import { DeliveryError } from '../deliveries/delivery-error.ts'
import type { Carrier } from '../jobs/outbox-worker.ts'
import { deliveryContext } from './deliver.ts'
import type { MailContent } from './initial-password-mail.ts'

export type MailCarrierPorts = {
  readonly database: Database
  readonly store: Store
  readonly keys: Keys
  readonly mail: () => Promise<Mail>
  readonly clock: Clock
}

type Delivery = NonNullable<Awaited<ReturnType<typeof getDelivery>>>

const actor: Actor = { kind: 'system', id: 'system:mail', label: 'Mail' }

/**
 * Sends what waits for delivery. What it brought is wiped in the transaction that notes the end (N-5): delivered, refused
 * for good, or no longer good. All else is tried again; nothing that led to the mail is undone.
 */
export const mailCarrier = (ports: MailCarrierPorts): Carrier => {
  const { database, keys, mail, clock } = ports
  const { db } = database
  const conclude = createConclusion(database, clock, actor)

  const ofPassword = async ({ id, recipient, messageId, sealed }: Delivery): Promise<MailMessage | null> => {
    if (sealed === null || messageId === null) return null
    const plain = await keys.unseal(deliveryContext(id), sealed)
    const content: MailContent = JSON.parse(new TextDecoder().decode(plain))
    return { ...content, to: recipient, messageId }
  }

  /** Null = what it would bring is no longer good. */
  const ofSecret = async (delivery: Delivery): Promise<MailMessage | null> => {
    const opened = await openDeliveredValue(ports, delivery)
    if (opened === null) return null
    const { kind, value, values, user } = opened
    const { settings } = await getMailSettings(db)
    if (settings.host === '') throw new DeliveryError('MAIL_NOT_CONFIGURED', true)
    const to = user.email?.trim() ?? ''
    if (!isMailAddress(to)) throw new DeliveryError('NO_MAIL_ADDRESS', true)
    await noteWay(db, delivery.id, { recipient: to })
    const texts = textsFor((await getLetterSettings(db)).settings, user.language)
    const domain = settings.fromAddress.slice(settings.fromAddress.lastIndexOf('@') + 1)
    return { ...deliveryMail(texts, kind, values, value), to, messageId: `${delivery.id}@${domain}` }
  }

  const isFinal = (error: unknown): boolean =>
    (error instanceof MailError || error instanceof DeliveryError) && error.permanent
  const codeOf = (error: unknown): string | null =>
    error instanceof MailError || error instanceof DeliveryError ? error.code : null

  return {
    kinds: ['mail.deliver'],
    codeOf,
    async carryOut(entry) {
      const { message } = entry
      if (message.kind !== 'mail.deliver') throw new Error(`${message.kind} is not mail`)
      const delivery = await getDelivery(db, message.deliveryId)
      // It has ended: another worker was faster, or it was withdrawn.
      if (delivery?.state !== 'WAITING') return
      const brings = delivery.kind === 'initial-password' ? ofPassword : ofSecret
      if (delivery.validUntil <= clock()) {
        // An initial password is no longer good then; a PIN is, and the reason why it did not arrive is worth more.
        const code = brings === ofPassword ? 'EXPIRED' : (delivery.lastError ?? 'EXPIRED')
        return conclude.failed(entry, delivery, { code, final: 'FAILED' })
      }
      let to = delivery.recipient
      try {
        const mailed = await brings(delivery)
        if (mailed === null) return conclude.withdrawn(entry, delivery)
        to = mailed.to
        await (await mail()).send(mailed)
      } catch (error) {
        const final = isFinal(error) ? 'FAILED' : null
        await conclude.failed(entry, delivery, { code: codeOf(error) ?? 'INTERNAL', to, final })
        if (final) return
        throw error
      }
      await conclude.delivered(entry, delivery, to)
    },
  }
}
