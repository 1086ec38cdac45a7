import { defaultMailSettings, type MailSettings, sameMailLogin } from '@cardwright/core'
import type { Db } from '../schema/index.ts'
import type { Database } from '../unit-of-work.ts'
import {
  addVersion,
  checkVersion,
  differences,
  newestSettings,
  replacePassword,
  type Stored,
  storedPassword,
} from './versioned-settings.ts'
import { type By, factOf, refuseWrite, type Written, write } from './written.ts'

/** Version 1 sends no mail. */
export type StoredMailSettings = Stored<MailSettings> & { readonly sealedPassword: Uint8Array | null }

export const getMailSettings = async (db: Db): Promise<StoredMailSettings> => ({
  ...(await newestSettings(db, 'mail_settings', defaultMailSettings)),
  sealedPassword: await storedPassword(db, 'mail_password'),
})

const shown = (settings: MailSettings): Readonly<Record<string, string>> => ({
  host: settings.host,
  port: String(settings.port),
  tls: settings.tls,
  user: settings.user,
  from: settings.fromAddress,
  fromName: settings.fromName,
})

/**
 * `sealedPassword`: bytes = a new one; null = none; undefined = the stored one stays, which is refused (field `password`,
 * NEEDED) if it would be sent elsewhere now. Without a user there is none.
 */
export const putMailSettings = (
  database: Database,
  input: {
    readonly version: number
    readonly settings: MailSettings
    readonly sealedPassword: Uint8Array | null | undefined
  },
  by: By,
): Promise<Written<StoredMailSettings>> =>
  write(database, async ({ trx, audit }) => {
    const before = await getMailSettings(trx)
    const { settings } = input
    checkVersion(before, input.version)
    const kept = settings.user === '' ? null : before.sealedPassword
    if (input.sealedPassword === undefined && kept && !sameMailLogin(before.settings, settings))
      refuseWrite({ ok: false, code: 'FIELD_REFUSED', field: 'password', why: 'NEEDED' })
    const sealed = input.sealedPassword === undefined ? kept : input.sealedPassword
    const after = await addVersion(trx, 'mail_settings', before, settings, by)
    await replacePassword(trx, 'mail_password', sealed)
    const object = { type: 'settings', id: 'mail', label: 'Mail settings' }
    const password = input.sealedPassword ? 'changed' : before.sealedPassword && !sealed ? 'removed' : undefined
    audit(
      factOf(by, 'settings.mail-changed', object, {
        version: after.version,
        ...differences(shown(before.settings), shown(settings)),
        // Of certificates only that they changed: they are long.
        ...(before.settings.caCertificates === settings.caCertificates ? {} : { caCertificates: 'changed' }),
        ...(password ? { password } : {}),
      }),
    )
    return { ...after, sealedPassword: sealed }
  })
