import { defaultSecuritySettings, type SecuritySettings } from '@cardwright/core'
import type { Db } from '../schema/index.ts'
import type { Database } from '../unit-of-work.ts'
import { addVersion, checkVersion, differences, newestSettings, type Stored } from './versioned-settings.ts'
import { type By, factOf, type Written, write } from './written.ts'

export type StoredSecuritySettings = Stored<SecuritySettings>

export const getSecuritySettings = (db: Db): Promise<StoredSecuritySettings> =>
  newestSettings(db, 'security_settings', defaultSecuritySettings)

export const putSecuritySettings = (
  database: Database,
  input: { readonly version: number; readonly settings: SecuritySettings },
  by: By,
): Promise<Written<StoredSecuritySettings>> =>
  write(database, async ({ trx, audit }) => {
    const before = await getSecuritySettings(trx)
    checkVersion(before, input.version)
    const after = await addVersion(trx, 'security_settings', before, input.settings, by)
    const object = { type: 'settings', id: 'security', label: 'Security settings' }
    const changes = differences(before.settings, after.settings)
    audit(factOf(by, 'settings.changed', object, { version: after.version, ...changes }))
    return after
  })
