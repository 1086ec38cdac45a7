import {
  approveRequest,
  cancelRequest,
  denyRequest,
  type ReplacementReason,
  requestIssuance,
  requestReplacement,
  type Workflow,
} from '@cardwright/core'
import fc from 'fast-check'
import {
  type Card,
  endWish,
  giveUp,
  invalidate,
  isOpen,
  kindOf,
  type Model,
  openOf,
  type PolicyName,
  representative,
  type Wish,
} from '../model.ts'
import { DAY, type Organisation } from '../organisation.ts'
import { asOfficer, asUser, codeOf, expectOutcome, pick, rarely, type Step, step } from './command.ts'

const REQUEST_DAYS = 30

const newWish = (model: Model, wish: Omit<Wish, 'number' | 'decidedBy' | 'newCard'>): Wish => {
  const made = { ...wish, number: model.wishes.length + 1, decidedBy: null, newCard: null }
  model.wishes.push(made)
  return made
}

const reasons: readonly ReplacementReason[] = ['LOST', 'STOLEN', 'DAMAGED', 'EXPIRED', 'FORGOTTEN', 'RENEW']
const workflows: readonly Workflow[] = [
  'HELP_DESK_LOCAL',
  'HELP_DESK_SELF',
  'HELP_DESK_REMOTE',
  'USER_LOCAL',
  'USER_SELF',
]
const asksOf = (workflow: Workflow): 'user' | 'officer' => (workflow.startsWith('USER') ? 'user' : 'officer')

/** Those of which an incident can be declared now, for themselves or for whoever stands in for them. */
const ofUsers = (model: Model): Card[] =>
  model.cards.filter(
    c => (c.state === 'ISSUED' || c.state === 'INVALID') && isReplaceable(model, representative(model, c)),
  )
const seenOnes = (model: Model): Card[] => model.cards.filter(c => c.deviceId !== null)

const isReplaceable = (model: Model, card: Card): boolean =>
  openOf(model, card) === null && (card.state === 'ISSUED' || (card.state === 'INVALID' && card.invalidBy === null))

/** declares an incident; `odd` tries it on any device, for anybody. */
const declare = (given: {
  readonly n: number
  readonly odd: boolean
  readonly reason: ReplacementReason
  readonly workflow: Workflow
  readonly who: number
}): Step => {
  const candidates = (model: Model) => (given.odd ? seenOnes(model) : ofUsers(model))
  return step(
    `declare ${given.reason} ${given.workflow}`,
    model => candidates(model).length > 0,
    async (model, org) => {
      const card = pick(candidates(model), given.n)
      const user = given.odd ? given.who % org.users.length : (card.user ?? 0)
      const asks = asksOf(given.workflow)
      const by = asks === 'user' ? asUser(org, user) : asOfficer(org, given.who)
      const before = org.world.store.committed()
      const version = before.devices.get(card.deviceId ?? '')?.version ?? 0
      const outcome = await requestReplacement(org.server(), {
        deviceId: card.deviceId ?? '',
        version,
        reason: given.reason,
        workflow: given.workflow,
        note: '',
        by,
      })
      const target = representative(model, card)
      const own = asks === 'officer' || card.user === user
      const allowed =
        own && given.workflow !== 'HELP_DESK_REMOTE' && openOf(model, card) === null && isReplaceable(model, target)
      const what = `declaring card ${card.index + 1} ${given.reason}`
      if (!expectOutcome(org, before, outcome, allowed, what)) return `${codeOf(outcome)} card ${card.index + 1}`
      const lost = given.reason === 'LOST' || given.reason === 'STOLEN'
      const wish = newWish(model, {
        id: outcome.value.id,
        type: 'REPLACEMENT',
        user: target.user ?? -1,
        reason: given.reason,
        kind: kindOf(given.reason),
        workflow: given.workflow,
        requestedBy: by.id,
        policy: null,
        target,
        state: asks === 'user' ? 'PENDING_APPROVAL' : 'APPROVED',
        chain: [target, ...target.behind],
        expiresAt: lost ? null : org.world.now + REQUEST_DAYS * DAY,
      })
      invalidate(target, wish)
      return `done card ${card.index + 1} (target ${target.index + 1}) as request ${wish.number}`
    },
  )
}

/** Validated issuance. */
const ask = (given: { readonly policy: PolicyName; readonly user: number; readonly who: number }): Step =>
  step(
    `ask for ${given.policy}`,
    () => true,
    async (model, org) => {
      const user = given.user % org.users.length
      const by = asOfficer(org, given.who)
      const before = org.world.store.committed()
      const about = { userId: pick(org.users, user).id, policyId: org[given.policy].id, note: '', by }
      const outcome = await requestIssuance(org.server(), about)
      const allowed = !model.wishes.some(w => isOpen(w) && w.user === user && w.policy === given.policy)
      if (!expectOutcome(org, before, outcome, allowed, 'asking')) return codeOf(outcome)
      const wish = newWish(model, {
        id: outcome.value.id,
        type: 'ISSUANCE',
        user,
        reason: null,
        kind: null,
        workflow: null,
        requestedBy: by.id,
        policy: given.policy,
        target: null,
        state: given.policy === 'checked' ? 'PENDING_APPROVAL' : 'APPROVED',
        chain: [],
        expiresAt: org.world.now + REQUEST_DAYS * DAY,
      })
      return `done for user ${user + 1} as request ${wish.number}`
    },
  )

type Deciding = { readonly n: number; readonly odd: boolean; readonly who: number; readonly stale: boolean }

const versionOf = (org: Organisation, wish: Wish, stale: boolean): number =>
  (org.world.store.committed().requests.get(wish.id)?.version ?? 0) - (stale ? 1 : 0)

/** R-16, and nobody approves what they get themselves. */
const mayApprove = (model: Model, org: Organisation, wish: Wish, who: string): boolean =>
  !model.separation.requesterApprover || (wish.requestedBy !== who && pick(org.users, wish.user).id !== who)

const decide = (verdict: 'approve' | 'deny', given: Deciding): Step => {
  const candidates = ({ wishes }: Model) => wishes.filter(w => given.odd || w.state === 'PENDING_APPROVAL')
  return step(
    verdict,
    model => candidates(model).length > 0,
    async (model, org) => {
      const wish = pick(candidates(model), given.n)
      // The holder may have a role too, and sit in the operator's portal.
      const officers = [0, 1, 2].map(n => asOfficer(org, given.who + n))
      const dutiful = given.odd ? undefined : officers.find(o => mayApprove(model, org, wish, o.id))
      const by =
        dutiful ??
        (given.who === 3 ? { ...asUser(org, wish.user), kind: 'operator' as const } : asOfficer(org, given.who))
      const before = org.world.store.committed()
      const decision = { requestId: wish.id, version: versionOf(org, wish, given.stale), note: 'so be it', by }
      const outcome = await (verdict === 'approve' ? approveRequest : denyRequest)(org.server(), decision)
      const allowed = !given.stale && wish.state === 'PENDING_APPROVAL' && mayApprove(model, org, wish, by.id)
      const what = `${verdict} of request ${wish.number} by ${by.label}`
      if (!expectOutcome(org, before, outcome, allowed, what)) return `${codeOf(outcome)} request ${wish.number}`
      wish.decidedBy = by.id
      if (verdict === 'approve') wish.state = 'APPROVED'
      else endWish(wish, 'DENIED')
      return `done request ${wish.number}`
    },
  )
}

const cancel = (given: Deciding): Step => {
  const candidates = ({ wishes }: Model) => wishes.filter(w => given.odd || isOpen(w))
  return step(
    'cancel',
    model => candidates(model).length > 0,
    async (model, org) => {
      const wish = pick(candidates(model), given.n)
      const by = given.who >= 3 ? asUser(org, given.odd ? given.n : wish.user) : asOfficer(org, given.who)
      const before = org.world.store.committed()
      const decision = { requestId: wish.id, version: versionOf(org, wish, given.stale), note: '', by }
      const outcome = await cancelRequest(org.server(), decision)
      const own = by.kind === 'operator' || wish.requestedBy === by.id
      const allowed = !given.stale && own && ['PENDING_APPROVAL', 'APPROVED', 'FAILED'].includes(wish.state)
      const what = `cancel of request ${wish.number} (${wish.state}) by ${by.label}`
      if (!expectOutcome(org, before, outcome, allowed, what)) return `${codeOf(outcome)} request ${wish.number}`
      const { newCard } = wish
      if (newCard?.job) giveUp(newCard, before.issuances.get(newCard.job.id)?.cardTouched ?? false)
      endWish(wish, 'CANCELLED')
      return `done request ${wish.number}`
    },
  )
}

const deciding = fc.record({ n: fc.nat(9), odd: rarely, who: fc.nat(3), stale: rarely })

export const requestSteps = {
  declare: fc
    .record({
      n: fc.nat(5),
      odd: rarely,
      reason: fc.constantFrom(...reasons, 'FORGOTTEN', 'FORGOTTEN'),
      workflow: fc.constantFrom(...workflows.filter(w => w !== 'HELP_DESK_REMOTE'), ...workflows),
      who: fc.nat(2),
    })
    .map(declare),
  ask: fc.record({ policy: fc.constantFrom('checked', 'plain'), user: fc.nat(1), who: fc.nat(2) }).map(ask),
  /** How a sequence may go on after its first device. */
  forgotten: declare({ n: 0, odd: false, reason: 'FORGOTTEN', workflow: 'HELP_DESK_LOCAL', who: 0 }),
  approve: deciding.map(given => decide('approve', given)),
  deny: deciding.map(given => decide('deny', given)),
  cancel: deciding.map(cancel),
} as const
