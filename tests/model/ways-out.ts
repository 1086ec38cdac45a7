import {
  cancelIssuance,
  cancelRequest,
  changeDevice,
  expireRequests,
  isOpenRequest,
  type Outcome,
  recycleDevice,
  sweepAbandoned,
} from '@cardwright/core'
import { brokenInvariants } from './invariants.ts'
import type { Model } from './model.ts'
import type { Organisation } from './organisation.ts'
import { publicationFaults } from './publication.ts'

const insist = <T>(what: string, outcome: Outcome<T>): T => {
  if (!outcome.ok)
    throw new Error(`no way out: ${what} was refused with ${outcome.code} ${JSON.stringify(outcome.params)}`)
  return outcome.value
}

const committed = (org: Organisation) => org.world.store.committed()

/** Cancels what is under way, then each request: afterwards every INVALID device is so because its validity ended. */
const cancelEverything = async (org: Organisation): Promise<void> => {
  const [by] = org.officers
  if (!by) throw new Error('there is no officer')
  for (const { id, state } of [...committed(org).issuances.values()])
    if (state === 'FAILED' || state === 'WAITING_FOR_PIN')
      insist('cancel of an issuance', await cancelIssuance(org.server(), id, by))
  for (const device of [...committed(org).devices.values()]) {
    if (device.state !== 'PRODUCED' || device.reason !== 'ASSIGNED') continue
    const change = { change: 'terminate', reason: 'UNASSIGNED', note: '' } as const
    const about = { deviceId: device.id, version: device.version, change, by }
    insist('terminating a Pending device', await changeDevice(org.server(), about))
  }
  for (const { id } of [...committed(org).requests.values()].filter(isOpenRequest)) {
    const version = committed(org).requests.get(id)?.version ?? 0
    const decision = { requestId: id, version, note: '', by }
    insist('cancel of a request', await cancelRequest(org.server(), decision))
  }
}

/** temporary devices go, and nobody is INVALID any more but those whose validity ended. */
const returnTemporaryOnes = async (org: Organisation): Promise<void> => {
  const [by] = org.officers
  for (;;) {
    const temporary = [...committed(org).devices.values()].find(
      d => d.temporary && d.invalidBy === null && (d.state === 'ISSUED' || d.state === 'INVALID'),
    )
    if (!temporary || !by) return
    const change = { change: 'terminate', reason: 'UNASSIGNED', note: '' } as const
    const about = { deviceId: temporary.id, version: temporary.version, change, by }
    insist('terminating a temporary device', await changeDevice(org.server(), about))
  }
}

/**
 * From wherever a sequence has led: with the CA back and the dead servers swept, ordinary acts lead to devices that are active,
 * expired or blank; and then every card can be put back to blank.
 */
export const everyWayOut = async (model: Model, org: Organisation): Promise<void> => {
  org.caLeft = null
  org.world.now += 60 * 60_000
  await sweepAbandoned(org.server(), false)
  await expireRequests(org.server())
  await cancelEverything(org)
  await returnTemporaryOnes(org)
  const left = [...committed(org).devices.values()].filter(
    d => d.state === 'INVALID' && (d.invalidBy !== null || d.reason !== 'EXPIRED'),
  )
  if (left.length > 0) throw new Error(`no way out: ${left.length} devices stay INVALID with nothing open`)
  await checkRest(model, org)
  await blankEverything(model, org)
  await checkRest(model, org)
}

const checkRest = async (model: Model, org: Organisation): Promise<void> => {
  const waiting = await org.drain()
  const state = committed(org)
  const wrong = [
    ...(waiting > 0 ? [`${waiting} wishes to the CA are not carried out`] : []),
    ...brokenInvariants(state, org.world.now, model.wasMultiple),
    ...(await publicationFaults(org, state)),
  ]
  if (wrong.length > 0) throw new Error(`on the way out: ${wrong.join('\n')}`)
}

const blankEverything = async (model: Model, org: Organisation): Promise<void> => {
  const [by] = org.officers
  if (!by) return
  for (const { index, deviceId } of model.cards) {
    const device = deviceId === null ? undefined : committed(org).devices.get(deviceId)
    if (!device) continue
    if (device.state !== 'TERMINATED') {
      const change = { change: 'terminate', reason: 'UNASSIGNED', note: '' } as const
      insist(
        'terminate',
        await changeDevice(org.server(), { deviceId: device.id, version: device.version, change, by }),
      )
    }
    const started = insist('recycle', await recycleDevice(org.server(), await org.place(index), by))
    const recycled = await started.finished
    if (recycled.state !== 'COMPLETED') throw new Error(`no way out: recycle ended with ${recycled.error?.code}`)
  }
}
