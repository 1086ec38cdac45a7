import type { Actor } from '../audit/audit-record.ts'
import { type Outcome, RefusalError, refuse } from '../outcome/refusal.ts'
import type { DeviceRequest } from './device-request.ts'
import { auditFirstState, firstState } from './first-state.flow.ts'
import type { RequestPorts } from './request-ports.ts'
import { newRequest } from './request-replacement.flow.ts'
import { runRefusable } from './run.flow.ts'

const DAY = 86_400_000
const no = (...refusal: Parameters<typeof refuse>): never => {
  throw new RefusalError(refuse(...refusal))
}

/** Validated issuance: asks that a policy that needs approval may be issued to a user. It waits for a Validation officer. */
export const requestIssuance = (
  ports: RequestPorts,
  {
    userId,
    policyId,
    note,
    by,
  }: { readonly userId: string; readonly policyId: string; readonly note: string; readonly by: Actor },
): Promise<Outcome<DeviceRequest>> =>
  runRefusable(ports.store, async tx => {
    const act = { by, at: ports.clock() }
    const user = await tx.users.get(userId)
    if (!user) return no('NOT_FOUND')
    if (user.status !== 'ACTIVE') no('USER_DISABLED')
    const policy = await tx.policies.get(policyId)
    if (!policy) return no('NOT_FOUND')
    if (policy.retired) no('POLICY_RETIRED')
    const groups = await tx.groups.ofUser(userId)
    if (!groups.some(g => g.assignments.INITIAL?.includes(policyId))) no('POLICY_NOT_ASSIGNED')
    const open = await tx.requests.openOfUser(userId)
    if (open.some(r => r.type === 'ISSUANCE' && r.policyId === policyId)) no('REQUEST_OPEN_ALREADY')
    const { requestDays } = await tx.settings.lifecycle()
    const request = await tx.requests.save({
      ...newRequest(ports.newId(), act, note),
      type: 'ISSUANCE',
      ...(await firstState(tx, policy.content.approval === 'REQUIRED', act)),
      userId,
      policyId,
      expiresAt: act.at + requestDays * DAY,
    })
    if (!request) return no('REQUEST_OPEN_ALREADY')
    await auditFirstState(tx, request, act, { policy: policy.content.name })
    return request
  })
