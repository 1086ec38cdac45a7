import {
  type Database,
  getMailSettings,
  newId,
  putMailSettings,
  type StoredMailSettings,
} from '@cardwright/adapters/db'
import { routes } from '@cardwright/contract'
import { type Clock, type Keys, type Mail, MailError, mailSettingsFaults, type Store } from '@cardwright/core'
import { MAIL_PASSWORD_CONTEXT } from '../../mail/current-mail.ts'
import { testMail } from '../../mail/test-mail.ts'
import { actorOf } from '../caller.ts'
import { EdgeError } from '../problems.ts'
import type { Registrar } from '../registrar.ts'
import { written } from '../written.ts'

export type MailRoutePorts = {
  readonly database: Database
  readonly store: Store
  readonly keys: Keys
  readonly clock: Clock
  /** By the stored settings. */
  readonly currentMail: () => Promise<Mail>
  readonly publicUrl: () => string
}

export const registerMailRoutes = ({ handle }: Registrar, ports: MailRoutePorts): void => {
  const { database, store, keys, clock } = ports

  handle(routes.getMailSettings, async () => viewOf(await getMailSettings(database.db)))

  handle(routes.putMailSettings, async ({ body, caller }) => {
    const { version, settings, password } = body
    const faults = mailSettingsFaults(settings)
    if (Object.keys(faults).length > 0) throw new EdgeError('INPUT_INVALID', {}, faults)
    const sealedPassword =
      typeof password === 'string'
        ? await keys.seal(MAIL_PASSWORD_CONTEXT, new TextEncoder().encode(password))
        : password
    const by = { actor: actorOf(caller), at: clock() }
    return viewOf(written(await putMailSettings(database, { version, settings, sealedPassword }, by)))
  })

  handle(routes.testMail, async ({ caller }) => {
    const user = await store.transaction(tx => tx.users.get(caller.operator.id))
    const to = user?.email?.trim()
    if (!to) {
      throw new MailError(
        'MAIL_REFUSED',
        'You have no e-mail address that a test could be sent to.',
        'Have an administrator enter your e-mail address, or sign in as somebody who has one.',
        true,
      )
    }
    const mail = await ports.currentMail()
    const { settings } = await getMailSettings(database.db)
    const domain = settings.fromAddress.slice(settings.fromAddress.lastIndexOf('@') + 1)
    await mail.send({ ...testMail(ports.publicUrl()), to, messageId: `${newId(clock())}@${domain}` })
    return { to }
  })
}

const viewOf = ({ version, settings, sealedPassword, changedAt, changedBy }: StoredMailSettings) => ({
  version,
  settings: { ...settings },
  passwordSet: sealedPassword !== null,
  changedAt: changedAt === null ? null : new Date(changedAt).toISOString(),
  changedBy,
})
