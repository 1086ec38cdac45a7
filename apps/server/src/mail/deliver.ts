import {
  type Database,
  type Db,
  getMailSettings,
  installationFact,
  newId,
  queuePasswordMail,
  type Scope,
} from '@cardwright/adapters/db'
import { type Clock, isMailAddress, type Keys, MailError } from '@cardwright/core'
import { initialPasswordMail } from './initial-password-mail.ts'

export type InitialPasswordDelivery = {
  readonly user: { readonly id: string; readonly displayName: string; readonly email: string | null }
  readonly deviceId: string
  readonly password: string
  /** Milliseconds since 1970. After this it is not sent any more. */
  readonly validUntil: number
  /** Where the user goes, e.g. `https://cms.example.org/user`. */
  readonly portalUrl: string
}

export type MailDelivery = {
  mailIsConfigured(): Promise<boolean>
  /**
   * Stores the mail sealed, with the wish to send it; in the caller's transaction if a scope is given, so that the password
   * and its mail are there or not there together. One that waits for the same device is withdrawn. Wake the outbox after the
   * commit. Throws MailError: MAIL_NOT_CONFIGURED, or MAIL_REFUSED (permanent) if the user has no address to send to.
   */
  queueInitialPassword(
    where: Scope | Database,
    mail: InitialPasswordDelivery,
  ): Promise<{ readonly deliveryId: string; readonly to: string }>
}

export type MailDeliveryPorts = {
  readonly db: Db
  readonly keys: Pick<Keys, 'seal'>
  readonly clock: Clock
}

/** Binds a sealed mail to its delivery. */
export const deliveryContext = (deliveryId: string): string => `mail:${deliveryId}`

export const mailNotConfigured = (): MailError =>
  new MailError(
    'MAIL_NOT_CONFIGURED',
    'No mail server is configured.',
    'Have an administrator enter one under Administration, Mail server.',
  )

export const createMailDelivery = ({ db, keys, clock }: MailDeliveryPorts): MailDelivery => ({
  mailIsConfigured: async () => (await getMailSettings(db)).settings.host !== '',

  async queueInitialPassword(where, mail) {
    const { user, deviceId, validUntil } = mail
    // Read where it is written: inside a transaction a second connection might have to wait for this very one.
    const here = 'trx' in where ? where.trx : where.db
    const { settings } = await getMailSettings(here)
    if (settings.host === '') throw mailNotConfigured()
    const to = user.email?.trim() ?? ''
    if (!isMailAddress(to)) {
      throw new MailError(
        'MAIL_REFUSED',
        `${user.displayName} has no e-mail address that mail can be sent to.`,
        "Enter the user's e-mail address, or have the password shown instead.",
        true,
      )
    }
    const organisation = String(await installationFact(here, 'organisation'))
    const content = initialPasswordMail({ ...mail, displayName: user.displayName, organisation })
    const id = newId(clock())
    const sealed = await keys.seal(deliveryContext(id), new TextEncoder().encode(JSON.stringify(content)))
    const domain = settings.fromAddress.slice(settings.fromAddress.lastIndexOf('@') + 1)
    const delivery = {
      id,
      userId: user.id,
      deviceId,
      recipient: to,
      messageId: `${id}@${domain}`,
      sealed,
      createdAt: clock(),
      validUntil,
    }
    await ('trx' in where
      ? queuePasswordMail(where.trx, delivery)
      : where.transaction(({ trx }) => queuePasswordMail(trx, delivery)))
    return { deliveryId: id, to }
  },
})
