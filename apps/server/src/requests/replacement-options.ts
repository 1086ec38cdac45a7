import type { ReplacementOptions } from '@cardwright/contract'
import {
  type Device,
  findTarget,
  kindOfReason,
  mayChooseWorkflow,
  type Refusal,
  RefusalError,
  type ReplacementReason,
  refuse,
  replacementPolicies,
  replacementReasons,
  somePolicyFits,
  type Transaction,
  targetOf,
  temporaryDays,
  workflows,
} from '@cardwright/core'
import { refusalIn, why } from './why.ts'

/** What can be asked for a device, by whom; R-17: told when the request is made. Changes nothing. */
export const replacementOptions = async (
  tx: Transaction,
  deviceId: string,
  asks: 'operator' | 'user',
): Promise<ReplacementOptions> => {
  const device = await tx.devices.get(deviceId)
  if (!device) throw new RefusalError(refuse('NOT_FOUND'))
  const target = await targetOf(tx, device)
  const blocked = await refusalIn(() => findTarget(tx, device))
  const reasons = []
  for (const reason of replacementReasons) reasons.push(await ofReason(tx, target, reason, blocked))
  return {
    reasons,
    workflows: workflows
      .filter(row => row.asks === asks)
      .map(({ workflow }) => {
        const may = mayChooseWorkflow(workflow, asks, target)
        return may.ok ? { workflow, allowed: true } : { workflow, allowed: false, why: why(may) }
      }),
    target: namedDevice(target),
    temporaryDays: await mostDays(tx, target),
  }
}

/** How long the device that stands in for a forgotten one works at most, whichever of its policies is taken. */
const mostDays = async (tx: Transaction, target: Device): Promise<number> => {
  const options = await tx.settings.options()
  const fitting = (await replacementPolicies(tx, target, 'FORGOTTEN')).filter(({ fits }) => fits.ok)
  const days = fitting.map(({ policy }) => temporaryDays(policy, options))
  return days.length > 0 ? Math.max(...days) : options.TempCardsValidityDays
}

const ofReason = async (
  tx: Transaction,
  target: Device,
  reason: ReplacementReason,
  blocked: Refusal | null,
): Promise<ReplacementOptions['reasons'][number]> => {
  const policies = await replacementPolicies(tx, target, reason)
  const some = somePolicyFits(policies, reason)
  const refusal = blocked ?? (some.ok ? null : some)
  return {
    reason,
    kind: kindOfReason[reason],
    allowed: refusal === null,
    ...(refusal ? { why: why(refusal) } : {}),
    policies: policies.map(({ policy, fits }) => ({
      id: policy.id,
      name: policy.content.name,
      fits: fits.ok,
      ...(fits.ok ? {} : { why: why(fits) }),
    })),
  }
}

const namedDevice = ({ id, serial, model, form, state, reason, temporary }: Device): ReplacementOptions['target'] => ({
  id,
  serial,
  model,
  form,
  state,
  reason,
  temporary,
})
