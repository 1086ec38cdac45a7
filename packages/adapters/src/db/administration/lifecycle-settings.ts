import {
  defaultLifecycleSettings,
  type EndReason,
  type LifecycleSettings,
  revocationReason,
  revocationReasons,
} from '@cardwright/core'
import type { Db } from '../schema/index.ts'
import type { Database } from '../unit-of-work.ts'
import { addVersion, checkVersion, differences, newestSettings, type Stored } from './versioned-settings.ts'
import { type By, factOf, type Written, write } from './written.ts'

export type StoredLifecycleSettings = Stored<LifecycleSettings>

export const getLifecycleSettings = (db: Db): Promise<StoredLifecycleSettings> =>
  newestSettings(db, 'lifecycle_settings', defaultLifecycleSettings)

const endReasons = Object.keys(revocationReasons) as EndReason[]

/** One name a setting; of each of these authorities what it is told, whether that is set or the rule of R-19. */
const shown = (
  { separation, revocationReasons: _, ...settings }: LifecycleSettings,
  told: readonly (readonly [string, string])[],
): Readonly<Record<string, unknown>> => ({ ...settings, ...separation, ...Object.fromEntries(told) })

const toldBy = (settings: LifecycleSettings, authorities: readonly string[]): readonly (readonly [string, string])[] =>
  authorities.flatMap(authority =>
    endReasons.map(why => [`${authority}: ${why}`, revocationReason(settings, authority, why)] as const),
  )

export const putLifecycleSettings = (
  database: Database,
  input: { readonly version: number; readonly settings: LifecycleSettings },
  by: By,
): Promise<Written<StoredLifecycleSettings>> =>
  write(database, async ({ trx, audit }) => {
    const before = await getLifecycleSettings(trx)
    checkVersion(before, input.version)
    const after = await addVersion(trx, 'lifecycle_settings', before, input.settings, by)
    const authorities = [before, after].flatMap(({ settings }) => Object.keys(settings.revocationReasons))
    const names = (settings: LifecycleSettings) => shown(settings, toldBy(settings, authorities))
    const changes = differences(names(before.settings), names(after.settings))
    const object = { type: 'settings', id: 'lifecycle', label: 'Requests and replacement' }
    audit(factOf(by, 'settings.lifecycle-changed', object, { version: after.version, ...changes }))
    return after
  })
