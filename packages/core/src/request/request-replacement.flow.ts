import type { Actor } from '../audit/audit-record.ts'
import type { Device } from '../device/device.ts'
import { deviceAsSeen } from '../lifecycle/change-device.flow.ts'
import { accept, type Outcome, RefusalError, refuse } from '../outcome/refusal.ts'
import type { User } from '../people/user.ts'
import type { DevicePolicy } from '../policy/device-policy.ts'
import type { Transaction } from '../ports/store.ts'
import { issuanceTypeOf, kindOfReason, mayChooseWorkflow, replacementFits } from '../replacement/replacement-rules.ts'
import { holdTarget, targetOf } from '../replacement/target.flow.ts'
import type { DeviceRequest, ReplacementReason, Workflow } from './device-request.ts'
import { auditFirstState, firstState } from './first-state.flow.ts'
import type { RequestPorts } from './request-ports.ts'
import { runRefusable } from './run.flow.ts'

export type RequestReplacement = {
  readonly deviceId: string
  readonly version: number
  readonly reason: ReplacementReason
  readonly workflow: Workflow
  readonly note: string
  /** An operator asks for anybody, a user for their own devices. */
  readonly by: Actor
}

const DAY = 86_400_000
const no = (...refusal: Parameters<typeof refuse>): never => {
  throw new RefusalError(refuse(...refusal))
}

/** the policies of the user's groups for this reason, each with whether it may replace the target, and why not. */
export const replacementPolicies = async (
  tx: Transaction,
  target: Device,
  reason: ReplacementReason,
): Promise<readonly { readonly policy: DevicePolicy; readonly fits: Outcome<true> }[]> => {
  const groups = target.userId ? await tx.groups.ofUser(target.userId) : []
  const type = issuanceTypeOf[kindOfReason[reason]]
  const ids = [...new Set(groups.flatMap(g => g.assignments[type] ?? []))]
  const before =
    target.policyId && target.policyVersion ? await tx.policies.get(target.policyId, target.policyVersion) : null
  const policies = (await tx.policies.newest(ids)).filter(p => !p.retired)
  return policies.map(policy => ({ policy, fits: replacementFits(policy.content, before?.content ?? null, reason) }))
}

/** Throws the refusal why this device cannot be the target of a replacement now. */
export const checkReplaceable = async (tx: Transaction, target: Device): Promise<void> => {
  if (await tx.requests.openOfTarget(target.id)) no('REQUEST_OPEN_ALREADY')
  const expired = target.state === 'INVALID' && target.invalidBy === null
  if (target.state !== 'ISSUED' && !expired) no('NOT_REPLACEABLE', { state: target.state, reason: target.reason })
}

/** Whether one of these policies may replace the device for this reason; the refusal of the first one if none may. */
export const somePolicyFits = (
  policies: readonly { readonly fits: Outcome<true> }[],
  reason: ReplacementReason,
): Outcome<true> => {
  if (policies.some(p => p.fits.ok)) return accept(true)
  return policies[0]?.fits ?? refuse('NO_POLICY_FOR_REPLACEMENT', { kind: kindOfReason[reason].toLowerCase() })
}

/** What a replacement of this device is for, whatever its reason, and whom. Throws the refusal why there can be none. */
export const findTarget = async (tx: Transaction, seen: Device): Promise<{ target: Device; user: User }> => {
  if (await tx.requests.openOfTarget(seen.id)) no('REQUEST_OPEN_ALREADY')
  const target = await targetOf(tx, seen)
  await checkReplaceable(tx, target)
  const user = target.userId === null ? null : await tx.users.get(target.userId)
  if (!user) return no('NOT_FOUND')
  if (user.status !== 'ACTIVE') no('USER_DISABLED')
  return { target, user }
}

/**
 * R-1 … R-3: declares an incident. The target becomes INVALID and its credentials go on hold in the transaction that makes
 * the request; the CA learns of it through the outbox, however long it cannot be reached. R-9: a help desk's request is
 * approved at once, a user's waits for a Validation officer.
 */
export const requestReplacement = (
  ports: RequestPorts,
  { deviceId, version, reason, workflow, note, by }: RequestReplacement,
): Promise<Outcome<DeviceRequest>> =>
  runRefusable(ports.store, async tx => {
    const act = { by, at: ports.clock() }
    const seen = await deviceAsSeen(tx, deviceId, version)
    if (by.kind === 'user' && seen.userId !== by.id) no('NOT_FOUND')
    const { target, user } = await findTarget(tx, seen)
    const way = mayChooseWorkflow(workflow, by.kind === 'user' ? 'user' : 'operator', target)
    if (!way.ok) throw new RefusalError(way)
    const fits = somePolicyFits(await replacementPolicies(tx, target, reason), reason)
    if (!fits.ok) throw new RefusalError(fits)
    const { requestDays, separation } = await tx.settings.lifecycle()
    const lost = reason === 'LOST' || reason === 'STOLEN'
    const id = ports.newId()
    const undo = await holdTarget(tx, target, { id, reason }, act)
    // to have a role is no way around the approval of what one gets oneself.
    const needsApproval = by.kind === 'user' || (separation.requesterApprover && user.id === by.id)
    const request = await tx.requests.save({
      ...newRequest(id, act, note),
      type: 'REPLACEMENT',
      ...(await firstState(tx, needsApproval, act)),
      userId: user.id,
      deviceId: target.id,
      replacement: { reason, kind: kindOfReason[reason], workflow, undo },
      // To come back to life by mere silence is not for a device that may be in the wrong hands.
      expiresAt: lost ? null : act.at + requestDays * DAY,
    })
    if (!request) return no('REQUEST_OPEN_ALREADY')
    await auditFirstState(tx, request, act)
    return request
  })

/** What every new request starts from. */
export const newRequest = (id: string, { by, at }: { readonly by: Actor; readonly at: number }, note: string) =>
  ({
    id,
    version: 0,
    replacement: null,
    deviceId: null,
    policyId: null,
    newDeviceId: null,
    issuanceId: null,
    note,
    requestedBy: by,
    requestedAt: at,
    decidedBy: null,
    decidedAt: null,
    decisionNote: '',
    changedBy: by,
    changedAt: at,
    endedAt: null,
  }) satisfies Partial<DeviceRequest>
