import { defaultSecuritySettings, type SecuritySettings } from '@cardwright/core'
import type { Db } from '../schema/index.ts'
import type { Database } from '../unit-of-work.ts'
import { json, time } from '../values.ts'
import { type By, conflict, factOf, refuseWrite, type Written, write } from './written.ts'

/** Version 1 is the defaults, before anybody changed anything. */
export type StoredSettings = {
  readonly version: number
  readonly settings: SecuritySettings
  readonly changedAt: number | null
  readonly changedBy: string | null
}

export const getSecuritySettings = async (db: Db): Promise<StoredSettings> => {
  const row = await db
    .selectFrom('security_settings')
    .selectAll()
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!row) return { version: 1, settings: defaultSecuritySettings, changedAt: null, changedBy: null }
  return {
    version: row.version,
    settings: { ...defaultSecuritySettings, ...row.settings },
    changedAt: row.changed_at,
    changedBy: row.changed_by,
  }
}

/** All versions, newest first. */
export const securitySettingsHistory = async (db: Db): Promise<readonly StoredSettings[]> => {
  const rows = await db.selectFrom('security_settings').selectAll().orderBy('version', 'desc').execute()
  return rows.map(row => ({
    version: row.version,
    settings: { ...defaultSecuritySettings, ...row.settings },
    changedAt: row.changed_at,
    changedBy: row.changed_by,
  }))
}

const changes = (before: SecuritySettings, after: SecuritySettings): Record<string, string> =>
  Object.fromEntries(
    (Object.keys(after) as (keyof SecuritySettings)[])
      .filter(name => before[name] !== after[name])
      .map(name => [name, `${before[name]} → ${after[name]}`]),
  )

export const putSecuritySettings = (
  database: Database,
  input: { readonly version: number; readonly settings: SecuritySettings },
  by: By,
): Promise<Written<StoredSettings>> =>
  write(database, async ({ trx, audit }) => {
    const before = await getSecuritySettings(trx)
    if (before.version !== input.version) refuseWrite(conflict(before.changedBy ?? '', before.changedAt ?? 0))
    const version = before.version + 1
    // A row that another server wrote meanwhile is a serialisation failure, and the work runs again; see unit-of-work.ts.
    await trx
      .insertInto('security_settings')
      .values({
        version,
        settings: json(input.settings),
        changed_at: time(by.at),
        changed_by: by.actor.label,
        changed_by_id: by.actor.id,
      })
      .onConflict(c => c.doNothing())
      .execute()
    const object = { type: 'settings', id: 'security', label: 'Security settings' }
    audit(factOf(by, 'settings.changed', object, { version, ...changes(before.settings, input.settings) }))
    return { version, settings: input.settings, changedAt: by.at, changedBy: by.actor.label }
  })
