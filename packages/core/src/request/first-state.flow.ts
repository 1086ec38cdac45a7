import type { Actor } from '../audit/audit-record.ts'
import type { Act } from '../audit/facts.ts'
import type { Transaction } from '../ports/store.ts'
import type { DeviceRequest } from './device-request.ts'
import { auditRequest } from './follow-issuance.flow.ts'

const byOption: Actor = { kind: 'system', id: 'system:options', label: 'Cardwright' }

type FirstState = Pick<DeviceRequest, 'state' | 'decidedBy' | 'decidedAt' | 'decisionNote'>

/**
 * How a request begins that needs approval, or does not. CardsRequestApproval (N-3) false: what would wait for somebody is
 * approved as it is made. It has been decided, so it counts as validated; by nobody whom R-16 could be about.
 */
export const firstState = async (tx: Transaction, needsApproval: boolean, { at }: Act): Promise<FirstState> => {
  const undecided = { decidedBy: null, decidedAt: null, decisionNote: '' }
  if (!needsApproval) return { state: 'APPROVED', ...undecided }
  if ((await tx.settings.options()).CardsRequestApproval) return { state: 'PENDING_APPROVAL', ...undecided }
  return { state: 'APPROVED', decidedBy: byOption, decidedAt: at, decisionNote: 'CardsRequestApproval = false' }
}

/** That a request was made, and that it was approved with it if so. */
export const auditFirstState = async (
  tx: Transaction,
  request: DeviceRequest,
  act: Act,
  details: Readonly<Record<string, string>> = {},
): Promise<void> => {
  const { note, state, decidedBy, decisionNote } = request
  await auditRequest(tx, request, act, { action: 'request.created', details: { note, state, ...details } })
  if (decidedBy)
    await auditRequest(
      tx,
      request,
      { by: decidedBy, at: act.at },
      { action: 'request.approved', details: { note: decisionNote } },
    )
}
