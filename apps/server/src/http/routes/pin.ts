import { type Database, getDeviceView } from '@cardwright/adapters/db'
import { routes } from '@cardwright/contract'
import { answerUnblock, changePin, type IssuancePorts, RefusalError, refuse, unlockPin } from '@cardwright/core'
import { deviceView } from '../../devices/device-view.ts'
import type { IssuanceService } from '../../issuance/issuance-service.ts'
import type { Reach } from '../../relay/reach.ts'
import { actorOf, type Caller } from '../caller.ts'
import { accepted } from '../problems.ts'
import type { Registrar } from '../registrar.ts'
import { found } from './people.ts'

export type PinRoutePorts = {
  readonly database: Database
  readonly issuing: IssuancePorts
  readonly service: IssuanceService
  readonly reachOf: (caller: Caller) => Reach
}

/** PINs at the Operator portal: on site with the holder, and for a user far away. */
export const registerPinRoutes = ({ handle }: Registrar, ports: PinRoutePorts): void => {
  const { issuing, service } = ports
  const { db } = ports.database

  const rulesOf = async (deviceId: string) => {
    const found = await issuing.store.transaction(async tx => {
      const device = await tx.devices.get(deviceId)
      if (device === null) return null
      const { policyId, policyVersion } = device
      return { policy: policyId && policyVersion ? await tx.policies.get(policyId, policyVersion) : null }
    })
    if (found === null) throw new RefusalError(refuse('NOT_FOUND'))
    return found.policy?.content.pin.rules ?? null
  }
  handle(routes.pinRules, async ({ params }) => {
    const rules = await rulesOf(params.id)
    return { rules: rules && { ...rules } }
  })
  handle(routes.unlockPin, async ({ params, body: { typed, ...place }, caller }) => {
    await service.alone(ports.reachOf(caller), place.readerId, async () => {
      accepted(await unlockPin(issuing, { deviceId: params.id, place, typed, by: actorOf(caller) }))
    })
    return deviceView(found(await getDeviceView(db, caller.scope, params.id)), caller)
  })
  handle(routes.changePin, async ({ params, body: { typed, ...place }, caller }) => {
    await service.alone(ports.reachOf(caller), place.readerId, async () => {
      accepted(await changePin(issuing, { deviceId: params.id, place, typed, by: actorOf(caller) }))
    })
    return deviceView(found(await getDeviceView(db, caller.scope, params.id)), caller)
  })
  handle(routes.answerUnblock, async ({ params, body, caller }) =>
    accepted(await answerUnblock(issuing, { deviceId: params.id, challenge: body.challenge, by: actorOf(caller) })),
  )
}
