import type { Actor } from '../audit/audit-record.ts'
import { type Act, changedBy, deviceFact } from '../audit/facts.ts'
import { transition } from '../device/device-states.ts'
import { closeIssuance } from '../issuance/cancel-issuance.flow.ts'
import { type Outcome, RefusalError, refuse } from '../outcome/refusal.ts'
import type { Transaction } from '../ports/store.ts'
import { restoreTarget } from '../replacement/target.flow.ts'
import type { DeviceRequest } from './device-request.ts'
import { auditRequest, moveRequest } from './follow-issuance.flow.ts'
import type { RequestPorts } from './request-ports.ts'
import { runRefusable } from './run.flow.ts'
import { mayDecide } from './separation.ts'

export type Decision = {
  readonly requestId: string
  /** As whoever decides saw it. */
  readonly version: number
  readonly note: string
  readonly by: Actor
}

const asSeen = async (tx: Transaction, { requestId, version }: Decision): Promise<DeviceRequest> => {
  const request = await tx.requests.get(requestId)
  if (!request) throw new RefusalError(refuse('NOT_FOUND'))
  if (request.version !== version)
    throw new RefusalError(refuse('VERSION_CONFLICT', { by: changedBy(request.changedBy.label, request.changedAt) }))
  return request
}

const checkApprover = async (tx: Transaction, request: DeviceRequest, by: Actor): Promise<void> => {
  const may = mayDecide(request, by, await tx.settings.lifecycle())
  if (!may.ok) throw new RefusalError(may)
}

export const approveRequest = (ports: RequestPorts, decision: Decision): Promise<Outcome<DeviceRequest>> =>
  runRefusable(ports.store, async tx => {
    const act = { by: decision.by, at: ports.clock() }
    const request = await asSeen(tx, decision)
    await checkApprover(tx, request, decision.by)
    const saved = await moveRequest(tx, request, 'approve', act, decidedBy(decision, act))
    await auditRequest(tx, saved, act, { action: 'request.approved', details: { note: decision.note } })
    return saved
  })

const decidedBy = ({ note }: Decision, { by, at }: Act) => ({ decidedBy: by, decidedAt: at, decisionNote: note })

/** denial restores as cancel does. The note says why, and its requester reads it. */
export const denyRequest = (ports: RequestPorts, decision: Decision): Promise<Outcome<DeviceRequest>> =>
  runRefusable(ports.store, async tx => {
    const act = { by: decision.by, at: ports.clock() }
    const request = await asSeen(tx, decision)
    await checkApprover(tx, request, decision.by)
    return endRequest(tx, request, 'deny', act, decision.note, { patch: decidedBy(decision, act) })
  })

/**
 * A user cancels what they asked for themselves. A failed issuance of the request is given up with it, in the
 * same transaction; one that runs has to end first.
 */
export const cancelRequest = (ports: RequestPorts, decision: Decision): Promise<Outcome<DeviceRequest>> =>
  runRefusable(ports.store, async tx => {
    const act = { by: decision.by, at: ports.clock() }
    const seen = await asSeen(tx, decision)
    if (decision.by.kind === 'user' && seen.requestedBy.id !== decision.by.id)
      throw new RefusalError(refuse('NOT_FOUND'))
    const request = seen.state === 'FAILED' ? await giveUp(tx, seen, ports.authority.id, act) : seen
    return endRequest(tx, request, 'cancel', act, decision.note)
  })

const giveUp = async (
  tx: Transaction,
  request: DeviceRequest,
  authorityId: string,
  act: Act,
): Promise<DeviceRequest> => {
  const issuance = request.issuanceId ? await tx.issuances.get(request.issuanceId) : null
  const device = issuance && (await tx.devices.get(issuance.deviceId))
  if (issuance && device) await closeIssuance(tx, issuance, device, authorityId, act.by, act.at)
  return (await tx.requests.get(request.id)) ?? request
}

const actions = { deny: 'request.denied', cancel: 'request.cancelled', expire: 'request.expired' } as const

/** A request ends without being executed: a bound device is unbound, the target restored. */
export const endRequest = async (
  tx: Transaction,
  request: DeviceRequest,
  event: keyof typeof actions,
  act: Act,
  note: string,
  {
    patch = {},
    restores = true,
  }: {
    readonly patch?: Partial<DeviceRequest>
    /** False where the target is to end anyway: its certificates are not made valid for a moment. */
    readonly restores?: boolean
  } = {},
): Promise<DeviceRequest> => {
  const saved = await moveRequest(tx, request, event, act, { ...patch, newDeviceId: null })
  const bound = request.newDeviceId ? await tx.devices.get(request.newDeviceId) : null
  if (bound?.state === 'ASSIGNED') {
    const unbound = transition(bound, 'unbind')
    if (!unbound.ok) throw new RefusalError(unbound)
    if (!(await tx.devices.save(unbound.value))) throw new RefusalError(refuse('VERSION_CONFLICT', { by: '…' }))
    const about = { action: 'device.unassigned', reason: request.replacement?.reason ?? null }
    await tx.audit(deviceFact(bound, act, { ...about, details: { request: request.id } }))
  }
  if (restores) await restoreTarget(tx, saved, act)
  await auditRequest(tx, saved, act, { action: actions[event], details: { note, unbound: bound?.serial ?? '' } })
  return saved
}
