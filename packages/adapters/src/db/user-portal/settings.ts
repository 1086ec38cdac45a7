import { defaultUserPortalSettings, type UserPortalSettings } from '@cardwright/core'
import {
  addVersion,
  checkVersion,
  differences,
  newestSettings,
  type Stored,
} from '../administration/versioned-settings.ts'
import { type By, factOf, type Written, write } from '../administration/written.ts'
import type { Db } from '../schema/index.ts'
import type { Database } from '../unit-of-work.ts'

export type StoredUserPortalSettings = Stored<UserPortalSettings>

export const getUserPortalSettings = (db: Db): Promise<StoredUserPortalSettings> =>
  newestSettings(db, 'user_portal_settings', defaultUserPortalSettings)

const flat = ({ login, ...rest }: UserPortalSettings): Record<string, string | number | boolean> => ({
  ...rest,
  ...Object.fromEntries(Object.entries(login).map(([service, method]) => [`login.${service}`, method])),
})

export const putUserPortalSettings = (
  database: Database,
  input: { readonly version: number; readonly settings: UserPortalSettings },
  by: By,
): Promise<Written<StoredUserPortalSettings>> =>
  write(database, async ({ trx, audit }) => {
    const before = await getUserPortalSettings(trx)
    checkVersion(before, input.version)
    const after = await addVersion(trx, 'user_portal_settings', before, input.settings, by)
    const object = { type: 'settings', id: 'user-portal', label: 'User portal' }
    const changes = differences(flat(before.settings), flat(after.settings))
    audit(factOf(by, 'settings.changed', object, { version: after.version, ...changes }))
    return after
  })
