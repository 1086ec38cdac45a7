import {
  type Database,
  getLifecycleSettings,
  getRequestView,
  listRequests,
  type RequestWithView,
  requestCounts,
  requestTimeline,
} from '@cardwright/adapters/db'
import { type RequestView, routes } from '@cardwright/contract'
import {
  approveRequest,
  cancelRequest,
  type Decision,
  type DeviceRequest,
  denyRequest,
  type IssuancePorts,
  type LifecycleSettings,
  type Outcome,
  requestIssuance,
  requestReplacement,
  terminateAll,
} from '@cardwright/core'
import { issuanceRequestOptions } from '../../requests/issuance-request-options.ts'
import { replacementOptions } from '../../requests/replacement-options.ts'
import { requestActions } from '../../requests/request-actions.ts'
import { actorOf, type Caller } from '../caller.ts'
import { accepted } from '../problems.ts'
import type { Registrar } from '../registrar.ts'
import { found } from './people.ts'

export type RequestRoutePorts = {
  readonly database: Database
  readonly issuing: IssuancePorts
  /** Called when certificates were changed, so that the wish to the CA is carried out at once. */
  readonly wakeOutbox: () => void
}

/** Requests at the Operator portal: made, decided, followed (REQUIREMENTS §5). */
export const registerRequestRoutes = ({ handle }: Registrar, ports: RequestRoutePorts): void => {
  const { issuing, wakeOutbox } = ports
  const { db } = ports.database
  const { store } = issuing

  const settings = async (): Promise<LifecycleSettings> => (await getLifecycleSettings(db)).settings
  const view = ({ request, view }: RequestWithView, caller: Caller, settings: LifecycleSettings): RequestView => ({
    ...view,
    actions: requestActions(request, { by: actorOf(caller), permissions: caller.permissions, settings }),
  })
  const one = async (id: string, caller: Caller): Promise<RequestView> =>
    view(found(await getRequestView(db, caller.scope, id)), caller, await settings())
  const made = async (outcome: Promise<Outcome<DeviceRequest>>, caller: Caller): Promise<RequestView> => {
    const { id } = accepted(await outcome)
    wakeOutbox()
    return one(id, caller)
  }

  handle(routes.listRequests, async ({ query, caller }) => {
    const [page, rules] = await Promise.all([listRequests(db, caller.scope, query), settings()])
    return { ...page, rows: page.rows.map(row => view(row, caller, rules)) }
  })
  handle(routes.requestCounts, ({ caller }) => requestCounts(db, caller.scope))
  handle(routes.getRequest, ({ params, caller }) => one(params.id, caller))
  handle(routes.requestTimeline, async ({ params, query, caller }) => {
    found(await getRequestView(db, caller.scope, params.id))
    return requestTimeline(db, caller.scope, params.id, query)
  })

  type Deciding = {
    readonly params: { readonly id: string }
    readonly body: Pick<Decision, 'version' | 'note'>
    readonly caller: Caller
  }
  const decide = ({ params, body, caller }: Deciding, flow: typeof approveRequest): Promise<RequestView> =>
    made(flow(issuing, { ...body, requestId: params.id, by: actorOf(caller) }), caller)
  handle(routes.approveRequest, call => decide(call, approveRequest))
  handle(routes.denyRequest, call => decide(call, denyRequest))
  handle(routes.cancelRequest, call => decide(call, cancelRequest))

  handle(routes.replacementOptions, ({ params }) =>
    store.transaction(tx => replacementOptions(tx, params.id, 'operator')),
  )
  handle(routes.requestReplacement, ({ params, body, caller }) =>
    made(requestReplacement(issuing, { ...body, deviceId: params.id, by: actorOf(caller) }), caller),
  )
  handle(routes.issuanceRequestOptions, ({ params }) => store.transaction(tx => issuanceRequestOptions(tx, params.id)))
  handle(routes.requestIssuance, ({ params, body, caller }) =>
    made(requestIssuance(issuing, { ...body, userId: params.id, by: actorOf(caller) }), caller),
  )

  handle(routes.terminateUserDevices, async ({ params, body, caller }) => {
    const done = accepted(await terminateAll(issuing, { ...body, userId: params.id, by: actorOf(caller) }))
    wakeOutbox()
    return done
  })
}
