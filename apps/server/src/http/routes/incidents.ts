import type { Database } from '@cardwright/adapters/db'
import { type OwnRequest, routes } from '@cardwright/contract'
import { cancelRequest, type IssuancePorts, RefusalError, refuse, requestReplacement } from '@cardwright/core'
import { incidentOptions } from '../../self-service/incident-options.ts'
import { mayCancelOwn, type OwnRequests } from '../../self-service/own-requests.ts'
import { userActorOf } from '../caller.ts'
import { accepted, EdgeError } from '../problems.ts'
import type { Registrar } from '../registrar.ts'
import { found } from './people.ts'

export type IncidentRoutePorts = {
  readonly database: Database
  readonly issuing: IssuancePorts
  readonly ownRequests: OwnRequests
  /** Called when certificates were changed, so that the wish to the CA is carried out at once. */
  readonly wakeOutbox: () => void
}

/** A user without the device declares an incident, and takes it back. What is another's does not exist here. */
export const registerIncidentRoutes = ({ handle }: Registrar, ports: IncidentRoutePorts): void => {
  const { issuing } = ports
  const { store } = issuing

  const one = async (id: string, userId: string): Promise<OwnRequest> =>
    found((await ports.ownRequests(userId)).find(r => r.id === id) ?? null)

  handle(routes.incidentOptions, ({ visitor }) => store.transaction(tx => incidentOptions(tx, userActorOf(visitor).id)))

  handle(routes.declareIncident, async ({ visitor, body }) => {
    const by = userActorOf(visitor)
    await store.transaction(async tx => {
      const device = await tx.devices.get(body.deviceId)
      // Before anything else is said of it: who changed it last is not for everybody who knows its id.
      if (device?.userId !== by.id) throw new RefusalError(refuse('NOT_FOUND'))
      const { devices } = await incidentOptions(tx, by.id)
      const offered = devices.find(d => d.id === device.id)
      if (offered && !offered.reasons.some(r => r.reason === body.reason))
        throw new EdgeError('INPUT_INVALID', {}, { reason: 'is not offered for this device' })
    })
    const { id } = accepted(await requestReplacement(issuing, { ...body, by }))
    ports.wakeOutbox()
    return one(id, by.id)
  })

  handle(routes.cancelOwnRequest, async ({ visitor, params, body }) => {
    const by = userActorOf(visitor)
    const request = await store.transaction(tx => tx.requests.get(params.id))
    if (request?.userId !== by.id || request.requestedBy.id !== by.id) throw new RefusalError(refuse('NOT_FOUND'))
    // A failed issuance is given up by whoever issues, not by the user who hears that it failed.
    if (request.state === 'FAILED' && !mayCancelOwn(request, by.id))
      throw new RefusalError(refuse('REQUEST_WRONG_STATE', { state: request.state, by: '…' }))
    accepted(await cancelRequest(issuing, { requestId: request.id, version: body.version, note: '', by }))
    ports.wakeOutbox()
    return one(request.id, by.id)
  })
}
