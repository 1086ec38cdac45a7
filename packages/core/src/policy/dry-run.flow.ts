import type { CardFacts } from '../issuance/card-facts.ts'
import { refusalOf } from '../issuance/failure.ts'
import { openCard } from '../issuance/open-card.flow.ts'
import { type PlanStep, planIssuance } from '../issuance/plan-issuance.ts'
import type { CardPlace } from '../issuance/retry-issuance.flow.ts'
import { accept, type Outcome, type Refusal } from '../outcome/refusal.ts'
import type { User } from '../people/user.ts'
import type { CardGateway } from '../ports/card-gateway.ts'
import type { PolicyContent } from './device-policy.ts'
import { type Layout, misfits, resolveLayout } from './layout.ts'

export type DryRun = {
  readonly facts: CardFacts
  readonly reasons: readonly Refusal[]
  readonly steps: readonly PlanStep[]
  readonly notes: Layout['notes']
}

/** Somebody whose data are complete, so that a dry run speaks of policy and card alone. */
const anybody: User = {
  id: '00000000-0000-4000-8000-000000000000',
  version: 1,
  loginName: 'anybody',
  displayName: 'Anybody',
  givenName: null,
  familyName: null,
  email: 'anybody@example.org',
  upn: 'anybody@example.org',
  sid: null,
  employeeNumber: null,
  department: null,
  language: null,
  status: 'ACTIVE',
  role: null,
  groupIds: [],
  cardholderUuid: '00000000-0000-4000-8000-000000000000',
  createdAt: 0,
}

/** What a policy would do to a card that was read: pure, the same functions as in an issuance. */
export const dryRunOn = (policy: PolicyContent, facts: CardFacts, user: User = anybody): DryRun => {
  const reasons = misfits(policy, facts)
  const layout = reasons.length === 0 ? resolveLayout(policy, user, facts) : null
  if (!layout) return { facts, reasons, steps: [], notes: [] }
  if (!layout.ok) return { facts, reasons: [layout], steps: [], notes: [] }
  const progress = { touched: false, keys: [], puk: 'none', pukTries: 0 } as const
  const plan = planIssuance(layout.value, facts, progress, { holderPin: false })
  if (!plan.ok) return { facts, reasons: [plan], steps: [], notes: layout.value.notes }
  return { facts, reasons: [], steps: plan.value.steps, notes: layout.value.notes }
}

/** Reads the card and plans; nothing is written. */
export const dryRun = async (
  ports: { readonly gateway: CardGateway },
  policy: PolicyContent,
  place: CardPlace,
): Promise<Outcome<DryRun>> => {
  try {
    const slots = policy.slots.map(s => s.slot)
    const card = await openCard(ports, { ...place, slots }, () => undefined)
    await card.close()
    return accept(dryRunOn(policy, card.facts))
  } catch (error) {
    return refusalOf(error)
  }
}
