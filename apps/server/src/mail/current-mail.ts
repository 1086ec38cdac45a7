import { type Db, getMailSettings } from '@cardwright/adapters/db'
import { createSmtpMail } from '@cardwright/adapters/mail'
import type { Keys, Mail } from '@cardwright/core'
import { mailNotConfigured } from './deliver.ts'

/** Binds the sealed password of the mail account. */
export const MAIL_PASSWORD_CONTEXT = 'mail-password'

/** Mail by the settings as they are now; throws MailError MAIL_NOT_CONFIGURED. */
export const createCurrentMail =
  (db: Db, keys: Pick<Keys, 'unseal'>): (() => Promise<Mail>) =>
  async () => {
    const { settings, sealedPassword } = await getMailSettings(db)
    if (settings.host === '') throw mailNotConfigured()
    const password =
      sealedPassword && new TextDecoder().decode(await keys.unseal(MAIL_PASSWORD_CONTEXT, sealedPassword))
    return createSmtpMail({ settings, password })
  }
