import type { Actor } from '../audit/audit-record.ts'
import { changedBy } from '../audit/facts.ts'
import { accept, type Outcome, refuse } from '../outcome/refusal.ts'
import type { DeviceRequest, RequestState } from './device-request.ts'

export type RequestEvent =
  | 'approve'
  | 'deny'
  | 'cancel'
  | 'expire'
  | 'execute'
  | 'fail'
  | 'execute-again'
  | 'release'
  | 'complete'

export type RequestTransition = {
  readonly event: RequestEvent
  readonly from: readonly RequestState[]
  readonly to: RequestState
  readonly says: string
}

/** The request state machine as a table; docs/states.md is generated from it. Nothing here performs anything. */
export const requestTransitions: readonly RequestTransition[] = [
  { event: 'approve', from: ['PENDING_APPROVAL'], to: 'APPROVED', says: 'A Validation officer agrees' },
  { event: 'deny', from: ['PENDING_APPROVAL'], to: 'DENIED', says: 'A Validation officer refuses, with a reason' },
  {
    event: 'cancel',
    from: ['PENDING_APPROVAL', 'APPROVED'],
    to: 'CANCELLED',
    says: 'Taken back; leaves the queues, stays in the history',
  },
  { event: 'expire', from: ['PENDING_APPROVAL', 'APPROVED'], to: 'EXPIRED', says: 'Nobody acted on it in time' },
  { event: 'execute', from: ['APPROVED'], to: 'EXECUTING', says: 'An issuance has claimed it' },
  { event: 'fail', from: ['EXECUTING'], to: 'FAILED', says: 'Its issuance failed; Retry, Cancel or recycle go on' },
  { event: 'execute-again', from: ['FAILED'], to: 'EXECUTING', says: 'Its issuance is retried' },
  {
    event: 'release',
    from: ['APPROVED', 'EXECUTING', 'FAILED'],
    to: 'APPROVED',
    says: 'Its issuance was given up, or its device unbound: another device may be taken',
  },
  { event: 'complete', from: ['EXECUTING'], to: 'COMPLETED', says: 'The device is active' },
]

/** Of two who act at once, the one who lost is told who won, and when. */
export const lastChangeOf = ({ changedBy: by, changedAt }: Pick<DeviceRequest, 'changedBy' | 'changedAt'>): string =>
  changedBy(by.label, changedAt)

const ending: readonly RequestState[] = ['DENIED', 'CANCELLED', 'EXPIRED', 'COMPLETED']

/** The request after the event, its version unchanged (the store raises it), or a refusal that names the state. */
export const changeRequest = (
  request: DeviceRequest,
  event: RequestEvent,
  by: Actor,
  at: number,
): Outcome<DeviceRequest> => {
  const row = requestTransitions.find(t => t.event === event && t.from.includes(request.state))
  if (!row) return refuse('REQUEST_WRONG_STATE', { state: request.state, by: lastChangeOf(request) })
  return accept({
    ...request,
    state: row.to,
    changedBy: by,
    changedAt: at,
    endedAt: ending.includes(row.to) ? at : null,
  })
}

export const requestMay = ({ state }: Pick<DeviceRequest, 'state'>, event: RequestEvent): boolean =>
  requestTransitions.some(t => t.event === event && t.from.includes(state))
