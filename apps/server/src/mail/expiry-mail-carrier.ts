import {
  type Database,
  type ExpiryMail,
  finishOutbox,
  getExpiryMail,
  getMailSettings,
  installationFact,
  type OutboxEntry,
} from '@cardwright/adapters/db'
import { type AuditFact, type Clock, isMailAddress, type Mail, MailError } from '@cardwright/core'
import type { Carrier } from '../jobs/outbox-worker.ts'
import { expiryMail } from './expiry-mail.ts'

export type ExpiryMailCarrierPorts = {
  readonly database: Database
  readonly mail: () => Promise<Mail>
  readonly clock: Clock
  readonly portalUrl: () => string
}

const DAY = 86_400_000

/**
 * Sends mails before devices expire. Tried again until a nearer one takes its place, or the device needs none any more: then
 * nothing is sent. The audit has the first failure and the end.
 */
export const expiryMailCarrier = ({ database, mail, clock, portalUrl }: ExpiryMailCarrierPorts): Carrier => {
  const note = (
    entry: OutboxEntry,
    about: ExpiryMail,
    change: Pick<AuditFact, 'action' | 'result' | 'reason'>,
    ends: boolean,
  ): Promise<void> =>
    database.transaction(async ({ trx, audit }) => {
      const at = clock()
      if (ends) await finishOutbox(trx, entry, at)
      if (!ends && entry.attempts > 1) return
      audit({
        at,
        actor: { kind: 'system', id: 'system:mail', label: 'Mail' },
        object: { type: 'delivery', id: about.id, label: about.email ?? '' },
        userId: about.userId,
        deviceId: about.deviceId,
        details: { to: about.email ?? '', kind: 'expiry', days: about.days, ...(ends ? {} : { again: true }) },
        ...change,
      })
    })

  const send = async (about: ExpiryMail, to: string): Promise<void> => {
    const { settings } = await getMailSettings(database.db)
    const domain = settings.fromAddress.slice(settings.fromAddress.lastIndexOf('@') + 1)
    const content = expiryMail({
      ...about,
      organisation: String(await installationFact(database.db, 'organisation')),
      daysLeft: Math.ceil((about.expiresAt - clock()) / DAY),
      portalUrl: portalUrl(),
    })
    await (await mail()).send({ ...content, to, messageId: `${about.id}@${domain}` })
  }

  const codeOf = (error: unknown): string | null => (error instanceof MailError ? error.code : null)

  return {
    kinds: ['mail.expiry'],
    codeOf,
    async carryOut(entry) {
      const { message } = entry
      if (message.kind !== 'mail.expiry') throw new Error(`${message.kind} is no mail before a device expires`)
      const about = await getExpiryMail(database.db, message.mailId)
      const to = about?.email?.trim() ?? ''
      if (!about || about.expiresAt <= clock() || !isMailAddress(to)) return
      try {
        await send(about, to)
      } catch (error) {
        const final = error instanceof MailError && error.permanent
        const reason = codeOf(error) ?? 'INTERNAL'
        await note(entry, about, { action: 'delivery.failed', result: 'FAILURE', reason }, final)
        if (final) return
        throw error
      }
      await note(entry, about, { action: 'delivery.sent', result: 'SUCCESS', reason: null }, true)
    },
  }
}
