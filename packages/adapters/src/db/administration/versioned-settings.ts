import type { Db, DbTransaction } from '../schema/index.ts'
import { jsonOrNull, time } from '../values.ts'
import { type By, conflict, refuseWrite } from './written.ts'

/** Each row of these is one version of the settings; the newest counts. */
type SettingsTable =
  | 'security_settings'
  | 'user_portal_settings'
  | 'mail_settings'
  | 'letter_settings'
  | 'directory_settings'
  | 'lifecycle_settings'
/** At most one row: the password that belongs to the newest settings, sealed. */
type PasswordTable = 'mail_password' | 'directory_password'

/** Version 1 is the defaults, before anybody changed anything. */
export type Stored<S> = {
  readonly version: number
  readonly settings: S
  readonly changedAt: number | null
  readonly changedBy: string | null
}

/** A setting that a later release added is as in the defaults until it is changed. */
export const newestSettings = async <S extends object | null>(
  db: Db,
  table: SettingsTable,
  defaults: S,
): Promise<Stored<S>> => {
  const row = await db.selectFrom(table).selectAll().orderBy('version', 'desc').limit(1).executeTakeFirst()
  if (!row) return { version: 1, settings: defaults, changedAt: null, changedBy: null }
  const settings = (row.settings && { ...defaults, ...row.settings }) as S
  return { version: row.version, settings, changedAt: row.changed_at, changedBy: row.changed_by }
}

/** Refuses the write if what the editor saw is no longer the newest. */
export const checkVersion = (newest: Stored<unknown>, seen: number): void => {
  if (newest.version !== seen) refuseWrite(conflict(newest.changedBy ?? '', newest.changedAt ?? 0))
}

/** A version on top of the newest. */
export const addVersion = async <S>(
  trx: DbTransaction,
  table: SettingsTable,
  newest: Stored<S>,
  settings: S,
  by: By,
): Promise<Stored<S>> => {
  const version = newest.version + 1
  // A row that another server wrote meanwhile is a serialisation failure, and the work runs again; see unit-of-work.ts.
  await trx
    .insertInto(table)
    .values({
      version,
      settings: jsonOrNull(settings),
      changed_at: time(by.at),
      changed_by: by.actor.label,
      changed_by_id: by.actor.id,
    })
    .onConflict(c => c.doNothing())
    .execute()
  return { version, settings, changedAt: by.at, changedBy: by.actor.label }
}

/** For the audit: what changed, as `old → new`. */
export const differences = (
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): Record<string, string> =>
  Object.fromEntries(
    Object.keys(after)
      .filter(name => before[name] !== after[name])
      .map(name => [name, `${before[name]} → ${after[name]}`]),
  )

export const storedPassword = async (db: Db, table: PasswordTable): Promise<Uint8Array | null> =>
  (await db.selectFrom(table).select('sealed').executeTakeFirst())?.sealed ?? null

/** Null = there is none any more. */
export const replacePassword = async (
  trx: DbTransaction,
  table: PasswordTable,
  sealed: Uint8Array | null,
): Promise<void> => {
  await trx.deleteFrom(table).execute()
  if (sealed) await trx.insertInto(table).values({ sealed }).execute()
}
