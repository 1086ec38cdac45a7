import type { Device, ReplacementOptions } from '@cardwright/contract'
import { lastFour } from '../format/device.ts'
import type { TextKey } from '../texts/t.ts'
import { t } from '../texts/t.ts'

export type ReasonOption = ReplacementOptions['reasons'][number]
export type WorkflowOption = ReplacementOptions['workflows'][number]
export type IncidentDraft = {
  readonly reason: ReasonOption['reason'] | null
  readonly workflow: WorkflowOption['workflow'] | null
  readonly note: string
}

export const blankIncident: IncidentDraft = { reason: null, workflow: null, note: '' }

/**
 * Why a reason cannot be chosen: what stands in the way of any, or of each policy of its own.
 */
export const reasonsAgainst = ({ why, policies }: ReasonOption): readonly string[] => {
  const byPolicy = policies.filter(policy => !policy.fits && policy.why)
  if (!why || !byPolicy.some(policy => policy.why?.code === why.code)) return why ? [why.text] : []
  return byPolicy.map(policy => `${policy.name}: ${policy.why?.text ?? ''}`)
}

/** R-10 … R-12 are asked for here; only by users themselves, so they are not even greyed. */
export const offeredWorkflows = (options: ReplacementOptions): readonly WorkflowOption[] =>
  options.workflows.filter(({ workflow, allowed }) => allowed || !workflow.startsWith('USER_'))

export const chosenReason = (options: ReplacementOptions, { reason }: IncidentDraft): ReasonOption | undefined =>
  options.reasons.find(option => option.reason === reason && option.allowed)

/** The workflow chosen, or the only one there is. */
export const chosenWorkflow = (
  options: ReplacementOptions,
  { workflow }: IncidentDraft,
): WorkflowOption | undefined => {
  const allowed = options.workflows.filter(option => option.allowed)
  return allowed.find(option => option.workflow === workflow) ?? (allowed.length === 1 ? allowed[0] : undefined)
}

/** What is still missing before the request can be made; null = nothing. */
export const lackingIncident = (options: ReplacementOptions, draft: IncidentDraft): TextKey | null => {
  if (!chosenReason(options, draft)) return 'incident.needs.reason'
  return chosenWorkflow(options, draft) ? null : 'incident.needs.workflow'
}

/** What happens when it is confirmed, in the order in which it happens. */
export const consequences = (
  device: Pick<Device, 'id'>,
  { target, temporaryDays }: ReplacementOptions,
  { kind, reason }: Pick<ReasonOption, 'kind' | 'reason'>,
): readonly string[] => {
  const last = lastFour(target.serial)
  const lines: string[] = []
  // a temporary device stands in for the one that was forgotten.
  if (target.id !== device.id) lines.push(t('incident.now.standIn', { last }))
  lines.push(t(target.state === 'INVALID' ? 'incident.now.expired' : 'incident.now.stop', { last }))
  if (reason === 'LOST' || reason === 'STOLEN') lines.push(t('incident.now.clock', { last }))
  lines.push(t(`incident.now.${kind}`, { last, count: temporaryDays }))
  if (target.state !== 'INVALID') lines.push(t('incident.now.undo', { last }))
  return lines
}
