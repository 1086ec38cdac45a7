import { type Act, requestFact } from '../audit/facts.ts'
import type { Device } from '../device/device.ts'
import type { Issuance } from '../issuance/issuance.ts'
import { RefusalError, refuse } from '../outcome/refusal.ts'
import type { Transaction } from '../ports/store.ts'
import { endChain } from '../replacement/end-chain.flow.ts'
import type { DeviceRequest } from './device-request.ts'
import { changeRequest, type RequestEvent } from './request-states.ts'

/** Stores a request after an event. Throws a refusal if the event is not possible, or somebody else was faster. */
export const moveRequest = async (
  tx: Transaction,
  request: DeviceRequest,
  event: RequestEvent,
  act: Act,
  patch: Partial<DeviceRequest> = {},
): Promise<DeviceRequest> => {
  const moved = changeRequest(request, event, act.by, act.at)
  if (!moved.ok) throw new RefusalError(moved)
  const saved = await tx.requests.save({ ...moved.value, ...patch })
  if (!saved) throw new RefusalError(refuse('VERSION_CONFLICT', { by: '…' }))
  return saved
}

const actions = {
  execute: 'request.executing',
  'execute-again': 'request.executing',
  fail: 'request.failed',
  release: 'request.released',
} as const

/** Tells it in the request's own story; the target is looked up for its name. */
export const auditRequest = async (
  tx: Transaction,
  request: DeviceRequest,
  act: Act,
  about: Parameters<typeof requestFact>[3],
): Promise<void> => {
  const target = request.deviceId ? await tx.devices.get(request.deviceId) : null
  await tx.audit(requestFact(request, target, act, about))
}

/**
 * A request goes where the issuance goes that executes it, in the same transaction: so there is no moment at which one
 * knows of a failure and the other does not.
 */
export const followIssuance = async (
  tx: Transaction,
  issuance: Pick<Issuance, 'id' | 'requestId' | 'deviceId'>,
  event: keyof typeof actions,
  act: Act,
): Promise<void> => {
  const request = issuance.requestId ? await tx.requests.get(issuance.requestId) : null
  if (!request) return
  const patch =
    event === 'release'
      ? { issuanceId: null, newDeviceId: null }
      : { issuanceId: issuance.id, newDeviceId: issuance.deviceId }
  const saved = await moveRequest(tx, request, event, act, patch)
  await auditRequest(tx, saved, act, { action: actions[event], details: { issuance: issuance.id } })
}

/** The bound or produced device is gone: another one may be taken for the request. */
export const releaseDevice = async (tx: Transaction, deviceId: string, act: Act): Promise<void> => {
  const request = await tx.requests.openOfNewDevice(deviceId)
  if (!request) return
  const saved = await moveRequest(tx, request, 'release', act, { issuanceId: null, newDeviceId: null })
  await auditRequest(tx, saved, act, { action: 'request.released' })
}

/** the new device is active. A permanent replacement ends the devices before it; a temporary one leaves them INVALID. */
export const completeRequest = async (tx: Transaction, device: Pick<Device, 'requestId'>, act: Act): Promise<void> => {
  const request = device.requestId ? await tx.requests.get(device.requestId) : null
  if (request?.state !== 'EXECUTING') return
  const saved = await moveRequest(tx, request, 'complete', act)
  const ended = request.replacement?.kind === 'PERMANENT' ? await endChain(tx, saved, act) : 0
  await auditRequest(tx, saved, act, { action: 'request.completed', details: { terminated: ended } })
}
