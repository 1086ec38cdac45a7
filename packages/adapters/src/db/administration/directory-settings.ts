import { isDeepStrictEqual } from 'node:util'
import type { DirectorySettings } from '@cardwright/core'
import type { Db } from '../schema/index.ts'
import type { Database } from '../unit-of-work.ts'
import { jsonOrNull, time } from '../values.ts'
import { type By, conflict, factOf, refuseWrite, type Written, write } from './written.ts'

/** Version 1 is before anybody configured a directory. `settings` null = there is none. */
export type StoredDirectory = {
  readonly version: number
  readonly settings: DirectorySettings | null
  readonly sealedPassword: Uint8Array | null
  readonly changedAt: number | null
  readonly changedBy: string | null
}

export const getDirectorySettings = async (db: Db): Promise<StoredDirectory> => {
  const row = await db
    .selectFrom('directory_settings')
    .selectAll()
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!row) return { version: 1, settings: null, sealedPassword: null, changedAt: null, changedBy: null }
  const password = await db.selectFrom('directory_password').select('sealed').executeTakeFirst()
  return {
    version: row.version,
    settings: row.settings,
    sealedPassword: password?.sealed ?? null,
    changedAt: row.changed_at,
    changedBy: row.changed_by,
  }
}

/** Whom the password would be sent to, and under which name: where this changes, the stored password must not go. */
export const samePasswordHolder = (one: DirectorySettings, other: DirectorySettings): boolean =>
  one.bindDn === other.bindDn && one.caCertificates === other.caCertificates && isDeepStrictEqual(one.urls, other.urls)

const changedFields = (before: DirectorySettings | null, after: DirectorySettings | null): string[] => {
  if (!after) return ['removed']
  return (Object.keys(after) as (keyof DirectorySettings)[]).filter(
    field => !isDeepStrictEqual(before?.[field], after[field]),
  )
}

/**
 * `sealedPassword` undefined = the stored one stays, which is refused (field `bindPassword`, NEEDED) where there is none, or
 * where it would be sent somewhere else now. Without settings there is no password either.
 */
export const putDirectorySettings = (
  database: Database,
  input: {
    readonly version: number
    readonly settings: DirectorySettings | null
    readonly sealedPassword: Uint8Array | undefined
  },
  by: By,
): Promise<Written<StoredDirectory>> =>
  write(database, async ({ trx, audit }) => {
    const before = await getDirectorySettings(trx)
    const { settings } = input
    if (before.version !== input.version) refuseWrite(conflict(before.changedBy ?? '', before.changedAt ?? 0))
    const stays = settings && before.settings && samePasswordHolder(before.settings, settings)
    const sealed = settings ? (input.sealedPassword ?? (stays ? before.sealedPassword : null)) : null
    if (settings && !sealed) refuseWrite({ ok: false, code: 'FIELD_REFUSED', field: 'bindPassword', why: 'NEEDED' })
    const version = before.version + 1
    // A row that another server wrote meanwhile is a serialisation failure, and the work runs again; see unit-of-work.ts.
    await trx
      .insertInto('directory_settings')
      .values({
        version,
        settings: jsonOrNull(settings),
        changed_at: time(by.at),
        changed_by: by.actor.label,
        changed_by_id: by.actor.id,
      })
      .onConflict(c => c.doNothing())
      .execute()
    await trx.deleteFrom('directory_password').execute()
    if (sealed) await trx.insertInto('directory_password').values({ sealed }).execute()
    const object = { type: 'settings', id: 'directory', label: 'Directory' }
    const password = settings && input.sealedPassword ? ['bindPassword'] : []
    const changed = [...changedFields(before.settings, settings), ...password].join(', ')
    audit(factOf(by, 'directory.settings-changed', object, { version, changed }))
    return { version, settings, sealedPassword: sealed, changedAt: by.at, changedBy: by.actor.label }
  })
