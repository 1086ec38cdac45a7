import type { Device, DeviceReason, TerminationReason } from '../device/device.ts'
import { accept, type Outcome, refuse } from '../outcome/refusal.ts'
import type { IssuanceType } from '../people/user.ts'
import type { PolicyContent } from '../policy/device-policy.ts'
import type { ReplacementKind, ReplacementReason, Workflow } from '../request/device-request.ts'

/** reason → type. */
export const kindOfReason: Readonly<Record<ReplacementReason, ReplacementKind>> = {
  LOST: 'PERMANENT',
  STOLEN: 'PERMANENT',
  DAMAGED: 'PERMANENT',
  EXPIRED: 'PERMANENT',
  RENEW: 'PERMANENT',
  FORGOTTEN: 'TEMPORARY',
}

export const replacementReasons = Object.keys(kindOfReason) as ReplacementReason[]

export const issuanceTypeOf: Readonly<Record<ReplacementKind, IssuanceType>> = {
  PERMANENT: 'PERMANENT_REPLACEMENT',
  TEMPORARY: 'TEMPORARY_REPLACEMENT',
}

export type WorkflowRow = {
  readonly workflow: Workflow
  readonly clause: string
  readonly asks: 'operator' | 'user'
  readonly issues: 'operator' | 'user'
  /** Whether a blank device must have been bound by an operator first. */
  readonly binding: 'needed' | 'optional' | 'none'
  readonly form: Device['form'] | null
  readonly says: string
}

/** R-10 … R-14 as a table. */
export const workflows: readonly WorkflowRow[] = [
  {
    workflow: 'HELP_DESK_LOCAL',
    clause: 'R-10',
    asks: 'operator',
    issues: 'operator',
    binding: 'none',
    form: null,
    says: 'The help desk asks, an officer issues the new device at a desk',
  },
  {
    workflow: 'HELP_DESK_SELF',
    clause: 'R-11',
    asks: 'operator',
    issues: 'user',
    binding: 'optional',
    form: null,
    says: 'The help desk asks, the user issues the new device in the User portal',
  },
  {
    workflow: 'HELP_DESK_REMOTE',
    clause: 'R-12',
    asks: 'operator',
    issues: 'user',
    binding: 'none',
    form: 'phone',
    says: 'The help desk asks, the user issues on the phone',
  },
  {
    workflow: 'USER_LOCAL',
    clause: 'R-13',
    asks: 'user',
    issues: 'operator',
    binding: 'none',
    form: null,
    says: 'The user asks; after approval an officer issues the new device at a desk',
  },
  {
    workflow: 'USER_SELF',
    clause: 'R-14',
    asks: 'user',
    issues: 'user',
    binding: 'needed',
    form: null,
    says: 'The user asks; after approval and binding the user issues the new device in the User portal',
  },
]

export const workflowRow = (workflow: Workflow): WorkflowRow => {
  const row = workflows.find(w => w.workflow === workflow)
  if (!row) throw new Error(`no such workflow: ${workflow}`)
  return row
}

/** May this kind of requester choose this workflow for this device? */
export const mayChooseWorkflow = (
  workflow: Workflow,
  asks: WorkflowRow['asks'],
  target: Pick<Device, 'form'>,
): Outcome<WorkflowRow> => {
  const row = workflowRow(workflow)
  if (row.asks !== asks) return refuse('WORKFLOW_NOT_OFFERED', { workflow })
  if (row.form !== null && row.form !== target.form) return refuse('WORKFLOW_NEEDS_PHONE')
  return accept(row)
}

/**
 * whether a policy may replace a device of another policy for this reason. `before` is null where the replaced
 * device's policy is not known any more.
 */
export const replacementFits = (
  policy: Pick<PolicyContent, 'slots' | 'keyRecovery'>,
  before: Pick<PolicyContent, 'slots'> | null,
  reason: ReplacementReason,
): Outcome<true> => {
  const lost = reason === 'LOST' || reason === 'STOLEN'
  if (lost && policy.keyRecovery === 'KEEP') return refuse('POLICY_KEEPS_LOST_KEYS', { reason })
  if (reason === 'FORGOTTEN' && policy.keyRecovery === 'REVOKE') return refuse('POLICY_REVOKES_FORGOTTEN_KEYS')
  if (before && policy.slots.length < before.slots.length)
    return refuse('POLICY_HAS_FEWER_SLOTS', { slots: policy.slots.length, needed: before.slots.length })
  return accept(true)
}

/** The reason an INVALID device carries. */
export const invalidReason = (reason: ReplacementReason): DeviceReason => reason

/** What a device ends as whose replacement was asked for this reason; REQUIREMENTS §1 knows no RENEW and no FORGOTTEN there. */
export const terminationReasonOf = (reason: ReplacementReason): TerminationReason => {
  if (reason === 'RENEW') return 'EXPIRED'
  if (reason === 'FORGOTTEN') return 'UNASSIGNED'
  return reason
}
