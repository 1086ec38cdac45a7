import { type Database, newestScripts, type StoredScript, saveScript, scriptVersions } from '@cardwright/adapters/db'
import { routes, type ScriptVersion } from '@cardwright/contract'
import type { Clock } from '@cardwright/core'
import { actorOf } from '../caller.ts'
import type { Registrar } from '../registrar.ts'
import { written } from '../written.ts'

export type OptionRoutePorts = { readonly database: Database; readonly clock: Clock }

/** N-6: an earlier text is saved again by the same route, as a new version. */
export const registerOptionRoutes = ({ handle }: Registrar, { database, clock }: OptionRoutePorts): void => {
  handle(routes.listOptionScripts, async () => ({ rows: (await newestScripts(database.db)).map(view) }))
  handle(routes.optionScriptVersions, async ({ params }) => ({
    rows: (await scriptVersions(database.db, params.name)).map(view),
  }))
  handle(routes.saveOptionScript, async ({ params, body, caller }) => {
    const by = { actor: actorOf(caller), at: clock() }
    const { script, mistakes } = written(await saveScript(database, { ...params, ...body }, by))
    return { script: view(script), mistakes: mistakes.map(mistake => ({ ...mistake })) }
  })
}

const view = ({ savedAt, ...script }: StoredScript): ScriptVersion => ({
  ...script,
  savedAt: savedAt === null ? null : new Date(savedAt).toISOString(),
})
