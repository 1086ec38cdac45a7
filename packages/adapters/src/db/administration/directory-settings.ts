import { isDeepStrictEqual } from 'node:util'
import type { DirectorySettings } from '@cardwright/core'
import type { Db } from '../schema/index.ts'
import type { Database } from '../unit-of-work.ts'
import {
  addVersion,
  checkVersion,
  newestSettings,
  replacePassword,
  type Stored,
  storedPassword,
} from './versioned-settings.ts'
import { type By, factOf, refuseWrite, type Written, write } from './written.ts'

/** `settings` null = there is no directory, as in version 1. */
export type StoredDirectory = Stored<DirectorySettings | null> & { readonly sealedPassword: Uint8Array | null }

export const getDirectorySettings = async (db: Db): Promise<StoredDirectory> => ({
  ...(await newestSettings<DirectorySettings | null>(db, 'directory_settings', null)),
  sealedPassword: await storedPassword(db, 'directory_password'),
})

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
    checkVersion(before, input.version)
    const stays = settings && before.settings && samePasswordHolder(before.settings, settings)
    const sealed = settings ? (input.sealedPassword ?? (stays ? before.sealedPassword : null)) : null
    if (settings && !sealed) refuseWrite({ ok: false, code: 'FIELD_REFUSED', field: 'bindPassword', why: 'NEEDED' })
    const after = await addVersion(trx, 'directory_settings', before, settings, by)
    await replacePassword(trx, 'directory_password', sealed)
    const object = { type: 'settings', id: 'directory', label: 'Directory' }
    const password = settings && input.sealedPassword ? ['bindPassword'] : []
    const changed = [...changedFields(before.settings, settings), ...password].join(', ')
    audit(factOf(by, 'directory.settings-changed', object, { version: after.version, changed }))
    return { ...after, sealedPassword: sealed }
  })
