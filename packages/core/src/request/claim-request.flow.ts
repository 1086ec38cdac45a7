import type { Actor } from '../audit/audit-record.ts'
import type { Device } from '../device/device.ts'
import { RefusalError, refuse } from '../outcome/refusal.ts'
import type { IssuanceType } from '../people/user.ts'
import type { DevicePolicy } from '../policy/device-policy.ts'
import type { Transaction } from '../ports/store.ts'
import { issuanceTypeOf, replacementFits, workflowRow } from '../replacement/replacement-rules.ts'
import { chainOf } from '../replacement/target.flow.ts'
import type { LifecycleSettings } from '../settings/lifecycle-settings.ts'
import type { DeviceRequest } from './device-request.ts'
import { lastChangeOf } from './request-states.ts'
import { mayIssueFor } from './separation.ts'

const no = (...refusal: Parameters<typeof refuse>): never => {
  throw new RefusalError(refuse(...refusal))
}

export type Claiming = {
  readonly requestId: string | null
  readonly type: IssuanceType
  readonly userId: string
  readonly policy: DevicePolicy
  readonly device: Device
  /** The user issues to themselves. */
  readonly self: boolean
  readonly by: Actor
}

/** The request that an issuance executes, or null where it needs none. Throws the refusal. Changes nothing. */
export const claimRequest = async (tx: Transaction, claiming: Claiming): Promise<DeviceRequest | null> => {
  const settings = await tx.settings.lifecycle()
  const request = await find(tx, claiming)
  const { device } = claiming
  const promised = device.state === 'ASSIGNED' ? await tx.requests.openOfNewDevice(device.id) : null
  // It would be missing there, and stay bound to a request that nobody could execute any more.
  if (promised && promised.id !== request?.id) return no('REQUEST_NEEDED')
  if (request === null) {
    if (claiming.type !== 'INITIAL') return no('REQUEST_NEEDED')
    if (claiming.policy.content.approval === 'REQUIRED')
      return no('APPROVAL_NEEDED', { policy: claiming.policy.content.name })
  } else await check(tx, request, claiming, settings)
  await checkOneActive(tx, claiming, request)
  return request
}

/** A request for a policy that needed no approval then is approved by nobody: it is none if the policy needs one now. */
export const isValidated = ({ state, decidedBy }: Pick<DeviceRequest, 'state' | 'decidedBy'>): boolean =>
  state === 'APPROVED' && decidedBy !== null

/** An approved issuance of this policy need not be named: whoever issues it, executes it. */
const find = async (tx: Transaction, { requestId, type, userId, policy }: Claiming): Promise<DeviceRequest | null> => {
  if (requestId !== null) return (await tx.requests.get(requestId)) ?? no('NOT_FOUND')
  if (type !== 'INITIAL' || policy.content.approval !== 'REQUIRED') return null
  const open = await tx.requests.openOfUser(userId)
  return open.find(r => r.type === 'ISSUANCE' && r.policyId === policy.id && isValidated(r)) ?? null
}

const check = async (
  tx: Transaction,
  request: DeviceRequest,
  claiming: Claiming,
  settings: LifecycleSettings,
): Promise<void> => {
  const { replacement } = request
  if (request.userId !== claiming.userId)
    no('REQUEST_OF_OTHER_USER', { user: (await tx.users.get(request.userId))?.displayName ?? '…' })
  if (request.state !== 'APPROVED') no('REQUEST_WRONG_STATE', { state: request.state, by: lastChangeOf(request) })
  const type = replacement ? issuanceTypeOf[replacement.kind] : 'INITIAL'
  if (claiming.type !== type) no('REQUEST_NEEDED')
  const validated = claiming.policy.content.approval !== 'REQUIRED' || isValidated(request)
  if (!replacement && (request.policyId !== claiming.policy.id || !validated))
    no('APPROVAL_NEEDED', { policy: claiming.policy.content.name })
  const duties = mayIssueFor(request, claiming.by, settings)
  if (!duties.ok) throw new RefusalError(duties)
  if (!replacement) return

  const workflow = workflowRow(replacement.workflow)
  if (claiming.self && workflow.issues !== 'user') no('WORKFLOW_NOT_OFFERED', { workflow: workflow.workflow })
  if (workflow.form !== null && claiming.device.form !== workflow.form) no('WORKFLOW_NEEDS_PHONE')
  if (request.newDeviceId !== null && request.newDeviceId !== claiming.device.id)
    no('CARD_EXCHANGED', { expected: (await tx.devices.get(request.newDeviceId))?.serial ?? '…' })
  // after approval *and* binding.
  if (claiming.self && workflow.binding === 'needed' && request.newDeviceId === null) no('CARD_NOT_ASSIGNED')
  const target = request.deviceId ? await tx.devices.get(request.deviceId) : null
  const before =
    target?.policyId && target.policyVersion ? await tx.policies.get(target.policyId, target.policyVersion) : null
  const fits = replacementFits(claiming.policy.content, before?.content ?? null, replacement.reason)
  if (!fits.ok) throw new RefusalError(fits)
}

/**
 * CardsMultipleActive: one active primary device a user. INVALID ones count, because they may come back; temporary ones
 * and phones do not. A permanent replacement adds none, unless what it was asked for has ended meanwhile. Serial among all
 * that write an audit record (adapters/db/unit-of-work.ts).
 */
export const checkOneActive = async (
  tx: Transaction,
  { userId, device }: Pick<Claiming, 'userId' | 'device'>,
  request: DeviceRequest | null = null,
): Promise<void> => {
  if (device.form === 'phone' || request?.replacement?.kind === 'TEMPORARY') return
  if ((await tx.settings.options()).CardsMultipleActive) return
  if (request?.replacement && (await chainOf(tx, request)).some(d => !d.temporary)) return
  const counts = (d: Device) =>
    d.id !== device.id &&
    !d.temporary &&
    d.form !== 'phone' &&
    (d.state === 'ISSUED' ||
      d.state === 'INVALID' ||
      d.state === 'IN_PRODUCTION' ||
      (d.state === 'PRODUCED' && d.reason === 'ASSIGNED'))
  const other = (await tx.devices.ofUser(userId)).find(counts)
  if (other) no('USER_HAS_DEVICE', { serial: other.serial, state: other.state })
}
