import type { Actor } from '../audit/audit-record.ts'
import { accept, type Outcome, refuse } from '../outcome/refusal.ts'
import type { LifecycleSettings } from '../settings/lifecycle-settings.ts'
import type { DeviceRequest } from './device-request.ts'

type Duties = Pick<LifecycleSettings, 'separation'>

/** R-16, and nobody approves what they get themselves. */
export const mayDecide = (
  request: Pick<DeviceRequest, 'requestedBy' | 'userId'>,
  by: Actor,
  { separation }: Duties,
): Outcome<true> =>
  separation.requesterApprover && (request.requestedBy.id === by.id || request.userId === by.id)
    ? refuse('SEPARATION_OF_DUTIES', { role: 'requester' })
    : accept(true)

/** R-16 at the third of the three acts. Who issues to themselves is no issuer: the User portal lets them do nothing but that. */
export const mayIssueFor = (
  request: Pick<DeviceRequest, 'requestedBy' | 'decidedBy'>,
  by: Actor,
  { separation }: Duties,
): Outcome<true> => {
  if (by.kind !== 'operator') return accept(true)
  if (separation.requesterIssuer && request.requestedBy.id === by.id)
    return refuse('SEPARATION_OF_DUTIES', { role: 'requester' })
  if (separation.approverIssuer && request.decidedBy?.id === by.id)
    return refuse('SEPARATION_OF_DUTIES', { role: 'approver' })
  return accept(true)
}
