import { defaultMailSettings, type MailSettings, sameMailLogin } from '@cardwright/core'
import type { Db } from '../schema/index.ts'
import type { Database } from '../unit-of-work.ts'
import { json, time } from '../values.ts'
import { type By, conflict, factOf, refuseWrite, type Written, write } from './written.ts'

/** Version 1 is the defaults, before anybody changed anything: no mail is sent. */
export type StoredMailSettings = {
  readonly version: number
  readonly settings: MailSettings
  readonly sealedPassword: Uint8Array | null
  readonly changedAt: number | null
  readonly changedBy: string | null
}

export const getMailSettings = async (db: Db): Promise<StoredMailSettings> => {
  const row = await db.selectFrom('mail_settings').selectAll().orderBy('version', 'desc').limit(1).executeTakeFirst()
  if (!row) return { version: 1, settings: defaultMailSettings, sealedPassword: null, changedAt: null, changedBy: null }
  const password = await db.selectFrom('mail_password').select('sealed').executeTakeFirst()
  return {
    version: row.version,
    settings: { ...defaultMailSettings, ...row.settings },
    sealedPassword: password?.sealed ?? null,
    changedAt: row.changed_at,
    changedBy: row.changed_by,
  }
}

const shown = (settings: MailSettings): Readonly<Record<string, string>> => ({
  host: settings.host,
  port: String(settings.port),
  tls: settings.tls,
  // Of certificates only that they changed: they are long.
  caCertificates: settings.caCertificates === '' ? 'none' : `${settings.caCertificates.length} characters`,
  user: settings.user,
  from: settings.fromAddress,
  fromName: settings.fromName,
})

const changes = (before: MailSettings, after: MailSettings): Record<string, string> => {
  const [old, now] = [shown(before), shown(after)]
  return Object.fromEntries(
    Object.keys(now)
      .filter(name => old[name] !== now[name])
      .map(name => [name, `${old[name]} → ${now[name]}`]),
  )
}

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
    if (before.version !== input.version) refuseWrite(conflict(before.changedBy ?? '', before.changedAt ?? 0))
    const kept = settings.user === '' ? null : before.sealedPassword
    if (input.sealedPassword === undefined && kept && !sameMailLogin(before.settings, settings))
      refuseWrite({ ok: false, code: 'FIELD_REFUSED', field: 'password', why: 'NEEDED' })
    const sealed = input.sealedPassword === undefined ? kept : input.sealedPassword
    const version = before.version + 1
    await trx
      .insertInto('mail_settings')
      .values({
        version,
        settings: json(settings),
        changed_at: time(by.at),
        changed_by: by.actor.label,
        changed_by_id: by.actor.id,
      })
      .onConflict(c => c.doNothing())
      .execute()
    await trx.deleteFrom('mail_password').execute()
    if (sealed) await trx.insertInto('mail_password').values({ sealed }).execute()
    const object = { type: 'settings', id: 'mail', label: 'Mail settings' }
    const password = input.sealedPassword ? 'changed' : before.sealedPassword && !sealed ? 'removed' : undefined
    audit(
      factOf(by, 'settings.mail-changed', object, {
        version,
        ...changes(before.settings, settings),
        ...(password ? { password } : {}),
      }),
    )
    return { version, settings, sealedPassword: sealed, changedAt: by.at, changedBy: by.actor.label }
  })
