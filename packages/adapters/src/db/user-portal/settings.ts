import { defaultUserPortalSettings, type UserPortalSettings } from '@cardwright/core'
import { type By, conflict, factOf, refuseWrite, type Written, write } from '../administration/written.ts'
import type { Db } from '../schema/index.ts'
import type { Database } from '../unit-of-work.ts'
import { json, time } from '../values.ts'

/** Version 1 is the defaults, before anybody changed anything. */
export type StoredUserPortalSettings = {
  readonly version: number
  readonly settings: UserPortalSettings
  readonly changedAt: number | null
  readonly changedBy: string | null
}

export const getUserPortalSettings = async (db: Db): Promise<StoredUserPortalSettings> => {
  const row = await db
    .selectFrom('user_portal_settings')
    .selectAll()
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!row) return { version: 1, settings: defaultUserPortalSettings, changedAt: null, changedBy: null }
  return {
    version: row.version,
    settings: { ...defaultUserPortalSettings, ...row.settings },
    changedAt: row.changed_at,
    changedBy: row.changed_by,
  }
}

const flat = ({ login, ...rest }: UserPortalSettings): Record<string, string | number | boolean> => ({
  ...rest,
  ...Object.fromEntries(Object.entries(login).map(([service, method]) => [`login.${service}`, method])),
})

const changes = (before: UserPortalSettings, after: UserPortalSettings): Record<string, string> => {
  const [old, wanted] = [flat(before), flat(after)]
  return Object.fromEntries(
    Object.keys(wanted)
      .filter(name => old[name] !== wanted[name])
      .map(name => [name, `${old[name]} → ${wanted[name]}`]),
  )
}

export const putUserPortalSettings = (
  database: Database,
  input: { readonly version: number; readonly settings: UserPortalSettings },
  by: By,
): Promise<Written<StoredUserPortalSettings>> =>
  write(database, async ({ trx, audit }) => {
    const before = await getUserPortalSettings(trx)
    if (before.version !== input.version) refuseWrite(conflict(before.changedBy ?? '', before.changedAt ?? 0))
    const version = before.version + 1
    // A row that another server wrote meanwhile is a serialisation failure, and the work runs again; see unit-of-work.ts.
    await trx
      .insertInto('user_portal_settings')
      .values({
        version,
        settings: json(input.settings),
        changed_at: time(by.at),
        changed_by: by.actor.label,
        changed_by_id: by.actor.id,
      })
      .onConflict(c => c.doNothing())
      .execute()
    const object = { type: 'settings', id: 'user-portal', label: 'User portal' }
    audit(factOf(by, 'settings.changed', object, { version, ...changes(before.settings, input.settings) }))
    return { version, settings: input.settings, changedAt: by.at, changedBy: by.actor.label }
  })
