import { type IssuanceView, routes } from '@cardwright/contract'
import { type Actor, type Issuance, type IssuanceType, RefusalError, refuse, type Store } from '@cardwright/core'
import type { IssuanceEvents } from '../../issuance/event-bus.ts'
import { type IssuanceOptionsPort, typeOfRequest } from '../../issuance/issuance-options.ts'
import type { IssuanceService } from '../../issuance/issuance-service.ts'
import type { IssuanceViews } from '../../issuance/issuance-view.ts'
import type { Reach } from '../../relay/reach.ts'
import type { InitialPasswords } from '../../user-portal/initial-passwords.ts'
import { actorOf, type Caller, mayCall } from '../caller.ts'
import { followLive } from '../follow-live.ts'
import { EdgeError } from '../problems.ts'
import type { Registrar } from '../registrar.ts'

export type IssuanceRoutePorts = {
  readonly store: Store
  readonly service: IssuanceService
  /** The readers that an operator may use. */
  readonly reachOf: (caller: Caller) => Reach
  readonly events: IssuanceEvents
  readonly view: IssuanceViews
  readonly options: IssuanceOptionsPort
  readonly initialPasswords: InitialPasswords
  readonly assignedView: (deviceId: string, readerId: string) => Promise<IssuanceView>
  /** Tests do not wait for the next look at the store. */
  readonly pollMs?: number
}

export const registerIssuanceRoutes = ({ handle, stream }: Registrar, ports: IssuanceRoutePorts): void => {
  const { store, service, events, view, reachOf } = ports

  /** The live state if it runs here, else the stored one: whichever is newer. */
  const current = async (id: string): Promise<Issuance> => {
    const stored = await store.transaction(tx => tx.issuances.get(id))
    const live = events.latest(id)
    if (stored === null) throw new RefusalError(refuse('NOT_FOUND'))
    return live && live.version >= stored.version ? live : stored
  }

  type Binding = {
    readonly userId: string
    readonly readerId: string
    readonly insertion: string
    readonly requestId?: string | undefined
  }
  const bind = (caller: Caller, { requestId, ...request }: Binding): Promise<string> =>
    service.assign(reachOf(caller), {
      ...request,
      ...(requestId === undefined ? {} : { requestId }),
      by: actorOf(caller),
    })
  /** Binding is done when it is answered; there is nothing to watch afterwards. */
  const assigned = async (caller: Caller, request: Binding) => {
    if (!mayCall('device.assign', caller)) throw new EdgeError('PERMISSION_REQUIRED', { permission: 'device.assign' })
    const deviceId = await bind(caller, request)
    return ports.assignedView(deviceId, request.readerId)
  }

  /** What is issued for a request follows from it. */
  const typeOf = async (requestId: string | undefined, otherwise: IssuanceType): Promise<IssuanceType> => {
    if (requestId === undefined) return otherwise
    const request = await store.transaction(tx => tx.requests.get(requestId))
    if (request === null) throw new RefusalError(refuse('NOT_FOUND'))
    return typeOfRequest(request)
  }

  handle(routes.issuanceOptions, ({ params, query, caller }) =>
    ports.options({
      reach: reachOf(caller),
      userId: params.id,
      readerId: query.readerId,
      type: query.type,
      requestId: query.requestId,
      by: actorOf(caller),
      permissions: caller.permissions,
    }),
  )

  handle(routes.startIssuance, async ({ body, caller }) => {
    const { action, userId, readerId, insertion, policyId, policyVersion, pin, requestId } = body
    if (action === 'ASSIGN') return assigned(caller, { userId, readerId, insertion, requestId })
    if (policyId === undefined) throw new EdgeError('INPUT_INVALID', {}, { policyId: 'is needed to issue or produce' })
    const issuance = await service.start(reachOf(caller), {
      kind: action,
      type: await typeOf(requestId, body.type),
      userId,
      readerId,
      insertion,
      policyId,
      startedBy: actorOf(caller),
      ...(policyVersion === undefined ? {} : { policyVersion }),
      ...(pin === undefined ? {} : { pin }),
      ...(requestId === undefined ? {} : { requestId }),
    })
    return view(issuance)
  })
  handle(
    routes.assignDevice,
    async ({ body: { initialPassword, ...what }, caller }) => {
      const by = actorOf(caller)
      if (initialPassword) await ports.initialPasswords.check(what.userId)
      const deviceId = await bind(caller, what)
      // The server may die here: then the device is bound without a password, and a new one can be made for it.
      return { deviceId, initialPassword: initialPassword ? await ports.initialPasswords.create(deviceId, by) : null }
    },
    ({ initialPassword, ...answer }) => ({
      ...answer,
      initialPassword: initialPassword && { ...initialPassword, password: null },
    }),
  )
  /** Going on with an issuance needs the permission that starting it needed. */
  const mayGoOn = async (id: string, caller: Caller): Promise<Actor> => {
    const { kind } = await current(id)
    const permission = kind === 'RECYCLE' ? 'device.recycle' : 'device.issue'
    if (!mayCall(permission, caller)) throw new EdgeError('PERMISSION_REQUIRED', { permission })
    return actorOf(caller)
  }
  handle(routes.retryIssuance, async ({ params, body, caller }) => {
    const by = await mayGoOn(params.id, caller)
    return view(await service.retry(reachOf(caller), params.id, body.readerId, by))
  })
  handle(routes.cancelIssuance, async ({ params, caller }) =>
    view(await service.cancel(params.id, await mayGoOn(params.id, caller))),
  )
  handle(routes.setHolderPin, async ({ params, body, caller }) =>
    view(await service.holderPin(reachOf(caller), params.id, body, actorOf(caller))),
  )
  handle(routes.startRecycle, async ({ body, caller }) =>
    view(await service.recycle(reachOf(caller), body, actorOf(caller))),
  )

  handle(routes.getIssuance, async ({ params }) => view(await current(params.id)))

  stream(routes.watchIssuance, ({ params }, stream) =>
    followLive(stream, {
      current: () => current(params.id),
      watch: changed => events.watch(params.id, changed),
      view,
      pollMs: ports.pollMs,
    }),
  )
}
