import {
  type Actor,
  cancelIssuance,
  type Issuance,
  type Outcome,
  recycleDevice,
  retryIssuance,
  type Started,
  setHolderPin,
  startIssuance,
} from '@cardwright/core'
import fc from 'fast-check'
import { found, issuesThemselves, mayIssue, mayStart, type Start, typeOf } from '../may-issue.ts'
import { type Card, giveUp, hasAnother, type Model, oneTooMany, openOf, type PolicyName, type Wish } from '../model.ts'
import type { Organisation, State } from '../organisation.ts'
import { asOfficer, asUser, codeOf, expectOutcome, pick, rarely, type Step, step } from './command.ts'
import { arm, type Fault, shownFault } from './faults.ts'
import { begin, follow, learnDevice, newIssuance } from './learn.ts'

const finish = async (outcome: Outcome<Started>): Promise<Outcome<unknown>> => {
  if (outcome.ok) await outcome.value.finished
  return outcome
}

/** An officer who may issue this, if there is one. */
const dutiful = (model: Model, org: Organisation, wish: Wish | null, n: number): Actor =>
  [n, n + 1, n + 2].map(who => asOfficer(org, who)).find(by => mayIssue(model, wish, by)) ?? asOfficer(org, n)

const start = (given: {
  readonly n: number
  readonly odd: boolean
  readonly wish: number | null
  readonly user: number
  readonly policy: PolicyName
  readonly kind: 'ISSUE' | 'PRODUCE'
  readonly self: boolean
  readonly mayBind: boolean
  readonly changePin: boolean
  readonly who: number
  readonly fault: Fault
}): Step => {
  const wishes = (model: Model) => model.wishes.filter(w => given.odd || w.state === 'APPROVED')
  const choose = (model: Model) => {
    const wish = given.wish === null || wishes(model).length === 0 ? null : pick(wishes(model), given.wish)
    // Somebody who may have one more, if there is such a user.
    const free = (u: number) => model.multipleActive || !hasAnother(model, u, [])
    const other = given.odd || free(given.user) ? given.user : 1 - given.user
    const user = wish && !given.odd ? wish.user : other
    const self = given.self && (given.odd || wish === null || issuesThemselves(wish))
    const bound =
      wish === null && given.n % 2 === 0 ? model.cards.filter(c => c.state === 'ASSIGNED' && c.user === user) : []
    if (bound.length > 0 && free(user)) return { wish, user, self, cards: bound }
    const fits = (c: Card) =>
      given.odd ||
      (wish?.newCard
        ? c === wish.newCard
        : (c.state === 'AVAILABLE' && !c.job && !c.dirty) || (c.state === 'ASSIGNED' && c.user === user))
    return { wish, user, self, cards: wish || given.odd || free(user) ? model.cards.filter(fits) : [] }
  }
  return step(
    given.kind.toLowerCase(),
    model => choose(model).cards.length > 0,
    async (model, org) => {
      const { wish: named, user, self, cards } = choose(model)
      const card = pick(cards, given.n)
      const type = typeOf(named)
      const policy = named ? (named.policy ?? 'plain') : given.policy
      const wish = named ?? found(model, user, policy, type)
      const by = self ? asUser(org, user) : given.odd ? asOfficer(org, given.who) : dutiful(model, org, wish, given.who)
      const place = await org.place(card.index)
      const before = org.world.store.committed()
      const armed = arm(org, card.index, given.fault)
      const outcome = await startIssuance(armed.ports, {
        kind: given.kind,
        type,
        userId: pick(org.users, user).id,
        ...place,
        policyId: org[policy].id,
        ...(named ? { requestId: named.id } : {}),
        ...(self ? { self: { mayBind: given.mayBind, changePin: given.changePin } } : {}),
        startedBy: by,
      })
      await finish(outcome)
      armed.disarm()
      const started: Start = { card, user, wish, policy, type, self, mayBind: given.mayBind, by }
      const allowed = mayStart(model, started)
      const about = `starting with card ${card.index + 1} for user ${user + 1}, request ${wish?.number ?? 'none'},`
      const struck = armed.struck() || card.dirty
      expectOutcome(org, before, outcome, allowed, about, struck)
      const issuance = newIssuance(before, org.world.store.committed())
      const told = `card ${card.index + 1} for user ${user + 1}, request ${wish?.number ?? 'none'}${shownFault(given.fault)}`
      if (!issuance) return `${codeOf(outcome)} ${told}`
      if (!allowed) throw new Error(`${about} began although it should have been refused`)
      learnDevice(model, org, card)
      const job = { kind: given.kind, type, id: issuance.id, wish, state: 'RUNNING', server: '' } as const
      begin(card, { job: { ...job }, user, wish, now: org.world.now })
      return `${self ? 'self-' : ''}${settled(model, org, card, issuance, armed.ports.owner, struck)} ${told}`
    },
  )
}

/** What nothing broke must have worked. */
const settled = (
  model: Model,
  org: Organisation,
  card: Card,
  issuance: Issuance,
  server: string,
  struck: boolean,
): string => {
  const reached = issuance.changePin ? ['COMPLETED', 'WAITING_FOR_PIN'] : ['COMPLETED']
  if (!reached.includes(issuance.state) && !struck)
    throw new Error(`nothing broke, and yet: ${issuance.error?.code} ${org.world.causes.slice(-1).map(String).join()}`)
  return follow(model, card, issuance, server)
}

type Place = { readonly n: number; readonly odd: boolean; readonly who: number; readonly fault: Fault }
const failed = ({ cards }: Model) => cards.filter(c => c.job?.state === 'FAILED')

const jobAfter = (state: State, id: string): Issuance => {
  const issuance = state.issuances.get(id)
  if (!issuance) throw new Error('the issuance is gone')
  return issuance
}

const retry = (given: Place): Step => {
  const candidates = (model: Model) =>
    given.odd ? model.cards.filter(c => c.job) : failed(model).filter(c => c.job?.kind !== 'RECYCLE')
  return step(
    'retry',
    model => candidates(model).length > 0,
    async (model, org) => {
      const card = pick(candidates(model), given.n)
      const { job } = card
      if (!job) throw new Error('there is nothing to retry')
      const by = given.who === 0 ? dutiful(model, org, job.wish, 0) : asOfficer(org, given.who)
      const place = await org.place(card.index)
      const before = org.world.store.committed()
      const armed = arm(org, card.index, given.fault)
      const outcome = await retryIssuance(armed.ports, job.id, place, by)
      await finish(outcome)
      armed.disarm()
      const allowed =
        job.state === 'FAILED' &&
        job.kind !== 'RECYCLE' &&
        mayIssue(model, job.wish, by) &&
        !oneTooMany(model, card, card.user ?? -1, job.wish)
      const struck = armed.struck() || org.world.now >= card.expiresAt
      expectOutcome(org, before, outcome, allowed, `retry of card ${card.index + 1} by ${by.label}`, struck)
      const issuance = jobAfter(org.world.store.committed(), job.id)
      const told = `card ${card.index + 1}${shownFault(given.fault)}`
      if (issuance.attempt === before.issuances.get(job.id)?.attempt) return `${codeOf(outcome)} ${told}`
      if (!allowed) throw new Error(`the retry of card ${card.index + 1} began although it should have been refused`)
      Object.assign(card, { state: 'IN_PRODUCTION', reason: 'NONE', ended: null })
      if (job.wish) job.wish.state = 'EXECUTING'
      return `${settled(model, org, card, issuance, armed.ports.owner, struck)} ${told}`
    },
  )
}

const giveUpIssuance = (given: Omit<Place, 'fault'>): Step => {
  const candidates = (model: Model) => model.cards.filter(c => c.job && (given.odd || c.job.state !== 'RUNNING'))
  return step(
    'cancel-issuance',
    model => candidates(model).length > 0,
    async (model, org) => {
      const card = pick(candidates(model), given.n)
      const { job } = card
      if (!job) throw new Error('there is nothing to cancel')
      const before = org.world.store.committed()
      const outcome = await cancelIssuance(org.server(), job.id, asOfficer(org, given.who))
      const allowed = job.state !== 'RUNNING'
      if (!expectOutcome(org, before, outcome, allowed, `cancel of card ${card.index + 1}`)) return codeOf(outcome)
      giveUp(card, before.issuances.get(job.id)?.cardTouched ?? false)
      return `done card ${card.index + 1}`
    },
  )
}

/** I-7: the holder's own PIN at the end, after which the device is active. */
const choosePin = (given: Place): Step => {
  const candidates = ({ cards }: Model) => cards.filter(c => c.job && (given.odd || c.job.state === 'WAITING_FOR_PIN'))
  return step(
    'choose-pin',
    model => candidates(model).length > 0,
    async (model, org) => {
      const card = pick(candidates(model), given.n)
      const { job } = card
      if (!job) throw new Error('there is no issuance')
      const place = await org.place(card.index)
      const before = org.world.store.committed()
      const armed = arm(org, card.index, given.fault)
      const outcome = await setHolderPin(armed.ports, job.id, place, { newPin: '592813' })
      armed.disarm()
      const allowed = job.state === 'WAITING_FOR_PIN'
      const about = `the PIN of card ${card.index + 1} (${job.state})`
      expectOutcome(org, before, outcome, allowed, about, armed.struck())
      const issuance = jobAfter(org.world.store.committed(), job.id)
      const told = `card ${card.index + 1}${shownFault(given.fault)}`
      if (issuance.state !== 'COMPLETED') return `${codeOf(outcome)} ${told}`
      return `${follow(model, card, issuance, '')} ${told}`
    },
  )
}

const mayRecycle = (model: Model, card: Card): boolean =>
  card.job?.state !== 'RUNNING' &&
  openOf(model, card) === null &&
  (card.state === 'AVAILABLE' || card.state === 'TERMINATED' || (card.state === 'PRODUCED' && card.reason === 'FAILED'))

/** I-16. */
const recycle = (given: Place): Step => {
  const worth = (c: Card) => c.state === 'TERMINATED' || c.dirty || (c.state === 'PRODUCED' && c.reason === 'FAILED')
  const candidates = (model: Model) => model.cards.filter(c => given.odd || (worth(c) && mayRecycle(model, c)))
  return step(
    'recycle',
    model => candidates(model).length > 0,
    async (model, org) => {
      const card = pick(candidates(model), given.n)
      const place = await org.place(card.index)
      const before = org.world.store.committed()
      const armed = arm(org, card.index, given.fault)
      const outcome = await recycleDevice(armed.ports, place, asOfficer(org, given.who))
      await finish(outcome)
      armed.disarm()
      const allowed = mayRecycle(model, card)
      const about = `recycling card ${card.index + 1} (${card.state}/${card.reason})`
      expectOutcome(org, before, outcome, allowed, about, armed.struck())
      const issuance = newIssuance(before, org.world.store.committed())
      const told = `card ${card.index + 1}${shownFault(given.fault)}`
      if (!issuance) return `${codeOf(outcome)} ${told}`
      if (!allowed) throw new Error(`${about} began although it should have been refused`)
      learnDevice(model, org, card)
      if (card.job) giveUp(card, before.issuances.get(card.job.id)?.cardTouched ?? false)
      card.job = { kind: 'RECYCLE', type: 'INITIAL', id: issuance.id, wish: null, state: 'RUNNING', server: '' }
      return `${settled(model, org, card, issuance, armed.ports.owner, armed.struck())} ${told}`
    },
  )
}

const place = { n: fc.nat(5), odd: rarely, who: fc.nat(2) }

/** `faults` = what breaks on the way, and how often. */
export const issuingSteps = (faults: fc.Arbitrary<Fault>) =>
  ({
    start: fc
      .record({
        ...place,
        wish: fc.option(fc.nat(5), { freq: 4 }),
        user: fc.nat(1),
        policy: fc.constantFrom<PolicyName>('plain', 'plain', 'plain', 'plain', 'checked'),
        kind: fc.constantFrom<'ISSUE' | 'PRODUCE'>('ISSUE', 'ISSUE', 'PRODUCE'),
        self: fc.constantFrom(true, false, false),
        mayBind: fc.constantFrom(true, true, true, false),
        changePin: fc.boolean(),
        fault: faults,
      })
      .map(start),
    retry: fc.record({ ...place, fault: faults }).map(retry),
    cancel: fc.record(place).map(giveUpIssuance),
    recycle: fc.record({ ...place, fault: faults }).map(recycle),
    choosePin: fc.record({ ...place, fault: faults }).map(choosePin),
    /** How a sequence may begin. */
    first: (n: number, user: number, wish: number | null = null): Step =>
      start({
        ...{
          n,
          user,
          odd: false,
          wish,
          policy: 'plain',
          kind: 'ISSUE',
          self: false,
          mayBind: true,
          changePin: false,
          who: 0,
        },
        fault: { breaks: 'nothing' },
      }),
  }) as const
