import type { Act } from '../audit/facts.ts'
import type { Device } from '../device/device.ts'
import { RefusalError, refuse } from '../outcome/refusal.ts'
import type { Transaction } from '../ports/store.ts'
import { workflowRow } from '../replacement/replacement-rules.ts'
import type { DeviceRequest } from './device-request.ts'
import { auditRequest } from './follow-issuance.flow.ts'
import { lastChangeOf } from './request-states.ts'

const no = (...refusal: Parameters<typeof refuse>): never => {
  throw new RefusalError(refuse(...refusal))
}

const takesBinding = ({ state, replacement, newDeviceId }: DeviceRequest): boolean =>
  state === 'APPROVED' &&
  newDeviceId === null &&
  replacement !== null &&
  workflowRow(replacement.workflow).binding !== 'none'

/**
 * a blank device that an operator binds to a user is for the replacement that this user is to issue
 * themselves; `requestId` names it, or it is the only one that waits for a device. Answers it.
 */
export const bindForRequest = async (
  tx: Transaction,
  device: Device,
  { userId, requestId }: { readonly userId: string; readonly requestId: string | null },
  act: Act,
): Promise<DeviceRequest | null> => {
  const waiting = (await tx.requests.openOfUser(userId)).filter(takesBinding)
  if (requestId === null && waiting.length !== 1) return null
  const request = requestId === null ? waiting[0] : await tx.requests.get(requestId)
  if (!request || request.userId !== userId) return no('NOT_FOUND')
  if (!takesBinding(request)) no('REQUEST_WRONG_STATE', { state: request.state, by: lastChangeOf(request) })
  const saved = await tx.requests.save({
    ...request,
    newDeviceId: device.id,
    changedBy: act.by,
    changedAt: act.at,
  })
  if (!saved) return no('VERSION_CONFLICT', { by: '…' })
  await auditRequest(tx, saved, act, { action: 'request.device-bound', details: { serial: device.serial } })
  return saved
}
