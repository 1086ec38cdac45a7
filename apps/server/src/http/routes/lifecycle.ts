import {
  type Database,
  getLifecycleSettings,
  putLifecycleSettings,
  type StoredLifecycleSettings,
} from '@cardwright/adapters/db'
import { type LifecycleSettings, routes } from '@cardwright/contract'
import type { Clock } from '@cardwright/core'
import { actorOf } from '../caller.ts'
import type { Registrar } from '../registrar.ts'
import { written } from '../written.ts'

export type LifecycleRoutePorts = { readonly database: Database; readonly clock: Clock }

export const registerLifecycleRoutes = ({ handle }: Registrar, { database, clock }: LifecycleRoutePorts): void => {
  handle(routes.getLifecycleSettings, async () => view(await getLifecycleSettings(database.db)))
  handle(routes.putLifecycleSettings, async ({ body, caller }) =>
    view(written(await putLifecycleSettings(database, body, { actor: actorOf(caller), at: clock() }))),
  )
}

const view = ({ version, settings, changedAt, changedBy }: StoredLifecycleSettings) => ({
  version,
  settings: {
    ...settings,
    separation: { ...settings.separation },
    revocationReasons: { ...settings.revocationReasons } as LifecycleSettings['revocationReasons'],
  },
  changedAt: changedAt === null ? null : new Date(changedAt).toISOString(),
  changedBy,
})
