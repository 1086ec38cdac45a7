import type { Database } from '@cardwright/adapters/db'
import type { Route } from '@cardwright/contract'
import { type Clock, RefusalError } from '@cardwright/core'
import { actorOf, type Caller } from './caller.ts'
import { EdgeError } from './problems.ts'

/** Refusals of tries to get beyond one's own access, or to leave nobody in charge: they are in the audit (DENIED). */
const denials: ReadonlySet<string> = new Set([
  'OWN_ACCESS',
  'OWN_ROLE',
  'OWN_GROUPS',
  'ROLE_BEYOND_OWN',
  'OPERATOR_BEYOND_OWN',
  'GROUP_OUT_OF_SCOPE',
  'ALL_GROUPS_REQUIRED',
  'LAST_ADMINISTRATOR',
  'SEPARATION_OF_DUTIES',
])

export type Denials = (caller: Caller, route: Route, id: string | null, error: unknown) => Promise<void>

/** Records a refusal of that kind; whatever else is thrown is none of its business. */
export const createDenials =
  ({ database, clock }: { readonly database: Database; readonly clock: Clock }): Denials =>
  async (caller, route, id, error) => {
    const code = codeOf(error)
    if (!denials.has(code)) return
    await database.transaction(async ({ audit }) =>
      audit({
        at: clock(),
        actor: actorOf(caller),
        action: 'access.denied',
        object: { type: route.about ?? 'route', id: id ?? route.id, label: route.summary },
        userId: route.about === 'user' ? id : null,
        deviceId: null,
        result: 'DENIED',
        reason: code,
        // So that it is told in the request's own story too.
        details: { route: route.id, ...(route.about === 'request' ? { request: id } : {}) },
      }),
    )
  }

const codeOf = (error: unknown): string => {
  if (error instanceof EdgeError) return error.code
  return error instanceof RefusalError ? error.refusal.code : ''
}
