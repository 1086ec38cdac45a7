import type { StoredDirectory, StoredDirectoryRun } from '@cardwright/adapters/db'
import { type DirectoryRun, type DirectorySyncPreview, routes } from '@cardwright/contract'
import { type Clock, directoryPresets, type SyncPlan } from '@cardwright/core'
import type { DirectoryService } from '../../directory/directory-service.ts'
import { countsOf } from '../../directory/sync.ts'
import { actorOf } from '../caller.ts'
import type { Registrar } from '../registrar.ts'

export type DirectoryRoutePorts = { readonly directory: DirectoryService; readonly clock: Clock }

/** Of each kind; the counts have all. */
const SHOWN = 200

const timeOrNull = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString())

const settingsView = ({ version, settings, sealedPassword, changedAt, changedBy }: StoredDirectory) => ({
  version,
  settings: settings && { ...settings, urls: [...settings.urls], groups: [...settings.groups], ...profiles(settings) },
  passwordSet: sealedPassword !== null,
  changedAt: timeOrNull(changedAt),
  changedBy,
  presets: { ...directoryPresets },
})
const profiles = ({ publishProfiles }: { readonly publishProfiles: readonly string[] }) => ({
  publishProfiles: [...publishProfiles],
})

const runView = (run: StoredDirectoryRun): DirectoryRun => ({
  ...run,
  startedAt: new Date(run.startedAt).toISOString(),
  endedAt: timeOrNull(run.endedAt),
  counts: run.counts && { ...run.counts },
})

const previewOf = (plan: SyncPlan): DirectorySyncPreview => ({
  counts: countsOf(plan),
  guard: plan.guard,
  groups: {
    create: plan.groups.create.map(({ name, directoryId }) => ({ name, directoryGroup: directoryId })),
    link: plan.groups.link.map(({ id, name, directoryId }) => ({ id, name, directoryGroup: directoryId })),
    missing: [...plan.groups.missing],
  },
  create: plan.create.slice(0, SHOWN).map(({ dn, fields: { loginName, displayName, email, department } }) => ({
    dn,
    loginName,
    displayName,
    email,
    department,
  })),
  update: plan.update.slice(0, SHOWN).map(({ id, dn, fields, differences }) => ({
    id,
    dn,
    loginName: fields.loginName,
    displayName: fields.displayName,
    differences: [...differences],
  })),
  disable: plan.disable
    .slice(0, SHOWN)
    .map(({ id, loginName, displayName, why }) => ({ id, loginName, displayName, why })),
  conflicts: plan.conflicts.slice(0, SHOWN),
  leftOut: plan.leftOut.slice(0, SHOWN),
})

export const registerDirectoryRoutes = ({ handle }: Registrar, { directory, clock }: DirectoryRoutePorts): void => {
  handle(routes.getDirectory, async () => settingsView(await directory.settings()))
  handle(routes.putDirectory, async ({ body, caller }) =>
    settingsView(await directory.put(body, { actor: actorOf(caller), at: clock() })),
  )
  handle(routes.testDirectory, ({ body }) => directory.test(body))
  handle(routes.previewDirectorySync, async () => previewOf(await directory.preview()))
  handle(routes.syncDirectory, async ({ body, caller }) =>
    runView(await directory.syncNow(actorOf(caller), body.confirmed)),
  )
  handle(routes.listDirectoryRuns, async ({ query }) => {
    const { rows, ...page } = await directory.runs(query)
    return { ...page, rows: rows.map(runView) }
  })
}
