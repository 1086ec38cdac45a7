import { assignDevice, changeDevice, type DeviceChange, terminateAll } from '@cardwright/core'
import fc from 'fast-check'
import {
  type Card,
  complete,
  endWish,
  giveUp,
  isOpen,
  isPending,
  type Model,
  release,
  terminate,
  terminateByHand,
  unbind,
  type Wish,
} from '../model.ts'
import { asOfficer, codeOf, expectOutcome, pick, rarely, type Step, step } from './command.ts'
import { learnDevice } from './learn.ts'

type Change = DeviceChange['change']
type Ending = 'UNASSIGNED' | 'LOST' | 'STOLEN' | 'DAMAGED' | 'EXPIRED'
const endings: readonly Ending[] = ['UNASSIGNED', 'LOST', 'STOLEN', 'DAMAGED', 'EXPIRED']

const isPossible: Readonly<Record<Change, (card: Card) => boolean>> = {
  activate: isPending,
  unbind: c => c.state === 'ASSIGNED',
  suspend: c => c.state === 'ISSUED' && !c.suspended,
  resume: c => c.state === 'ISSUED' && c.suspended,
  terminate: c => ['ASSIGNED', 'PRODUCED', 'ISSUED', 'INVALID', 'AVAILABLE'].includes(c.state),
}

const happen: Readonly<Record<Change, (model: Model, card: Card, reason: Ending) => void>> = {
  activate: (model, card) => {
    Object.assign(card, { state: 'ISSUED', reason: 'NONE', certificates: 'ISSUED' })
    complete(model, card)
  },
  unbind: (model, card) => {
    const bound = model.wishes.find(w => isOpen(w) && w.newCard === card)
    if (bound) release(bound)
    unbind(card)
  },
  suspend: (_model, card) => void Object.assign(card, { suspended: true, certificates: 'ON_HOLD' }),
  resume: (_model, card) => void Object.assign(card, { suspended: false, certificates: 'ISSUED' }),
  terminate: (model, card, reason) => terminateByHand(model, card, reason),
}

const change = (
  what: Change,
  given: { readonly n: number; readonly odd: boolean; readonly who: number; readonly reason: Ending; stale: boolean },
): Step => {
  const candidates = ({ cards }: Model) =>
    cards.filter(c => c.deviceId !== null && (given.odd || (c.job === null && isPossible[what](c))))
  return step(
    what === 'terminate' ? `terminate as ${given.reason}` : what,
    model => candidates(model).length > 0,
    async (model, org) => {
      const card = pick(candidates(model), given.n)
      const before = org.world.store.committed()
      const version = (before.devices.get(card.deviceId ?? '')?.version ?? 0) - (given.stale ? 1 : 0)
      const wanted: DeviceChange =
        what === 'terminate'
          ? { change: what, reason: given.reason, note: '' }
          : what === 'suspend' || what === 'resume'
            ? { change: what, note: '' }
            : { change: what }
      const by = asOfficer(org, given.who)
      const outcome = await changeDevice(org.server(), { deviceId: card.deviceId ?? '', version, change: wanted, by })
      const allowed = !given.stale && card.job === null && isPossible[what](card)
      const about = `${what} of card ${card.index + 1} (${card.state})`
      if (!expectOutcome(org, before, outcome, allowed, about)) return `${codeOf(outcome)} card ${card.index + 1}`
      happen[what](model, card, given.reason)
      return `done card ${card.index + 1}`
    },
  )
}

const takesBinding = (wish: Wish): boolean =>
  wish.state === 'APPROVED' &&
  wish.newCard === null &&
  (wish.workflow === 'HELP_DESK_SELF' || wish.workflow === 'USER_SELF')

/** R-11, R-14: binds a blank device, for the request that is named or the only one that waits for a device. */
const bind = (given: {
  readonly n: number
  readonly odd: boolean
  readonly user: number
  readonly wish: number | null
  readonly who: number
}): Step => {
  const cardsFor = ({ cards }: Model) => cards.filter(c => given.odd || (c.state === 'AVAILABLE' && c.job === null))
  const wishesFor = ({ wishes }: Model) => wishes.filter(w => (given.odd ? w.type === 'REPLACEMENT' : takesBinding(w)))
  return step(
    given.wish === null ? 'bind' : 'bind for a request',
    model => cardsFor(model).length > 0 && (given.wish === null || wishesFor(model).length > 0),
    async (model, org) => {
      const card = pick(cardsFor(model), given.n)
      const named = given.wish === null ? null : pick(wishesFor(model), given.wish)
      const user = named && !given.odd ? named.user : given.user % org.users.length
      const place = await org.place(card.index)
      const before = org.world.store.committed()
      const outcome = await assignDevice(org.server(), {
        ...place,
        userId: pick(org.users, user).id,
        by: asOfficer(org, given.who),
        ...(named ? { requestId: named.id } : {}),
      })
      const waiting = model.wishes.filter(w => w.user === user && takesBinding(w))
      const wish = named ?? (waiting.length === 1 ? (waiting[0] ?? null) : null)
      const fits = named === null || (named.user === user && takesBinding(named))
      const allowed = card.state === 'AVAILABLE' && card.job === null && fits
      const about = `binding card ${card.index + 1} to user ${user + 1} for ${wish?.number ?? 'nothing'}`
      if (!expectOutcome(org, before, outcome, allowed, about)) return `${codeOf(outcome)} card ${card.index + 1}`
      learnDevice(model, org, card)
      Object.assign(card, { state: 'ASSIGNED', reason: 'NONE', user })
      if (wish) wish.newCard = card
      return `done card ${card.index + 1} for user ${user + 1} and ${wish ? `request ${wish.number}` : 'nothing'}`
    },
  )
}

const isLiving = (card: Card): boolean => card.state !== 'TERMINATED'

/** Somebody leaves. */
const terminateEverything = (given: { readonly user: number; readonly reason: Ending; readonly who: number }): Step =>
  step(
    `terminate-all as ${given.reason}`,
    ({ cards }) => cards.some(c => c.user === given.user && isLiving(c)),
    async (model, org) => {
      const { id: userId } = pick(org.users, given.user)
      const before = org.world.store.committed()
      const devices = [...before.devices.values()].filter(d => d.userId === userId && d.state !== 'TERMINATED')
      const outcome = await terminateAll(org.server(), {
        userId,
        reason: given.reason,
        note: '',
        devices: devices.map(({ id, version }) => ({ id, version })),
        by: asOfficer(org, given.who),
      })
      const cards = model.cards.filter(c => c.user === given.user && isLiving(c))
      const allowed = !cards.some(c => c.job?.state === 'RUNNING')
      if (!expectOutcome(org, before, outcome, allowed, 'terminating all')) return codeOf(outcome)
      for (const card of cards) if (card.job) giveUp(card, before.issuances.get(card.job.id)?.cardTouched ?? false)
      for (const wish of model.wishes.filter(w => w.user === given.user && isOpen(w))) {
        wish.newCard = null
        endWish(wish, 'CANCELLED', false)
      }
      for (const card of model.cards.filter(c => c.user === given.user && isLiving(c)))
        terminate(model, card, given.reason)
      return `done user ${given.user + 1}`
    },
  )

const changing = fc.record({
  n: fc.nat(5),
  odd: rarely,
  who: fc.nat(2),
  reason: fc.constantFrom(...endings),
  stale: rarely,
})

export const deviceSteps = {
  activate: changing.map(given => change('activate', given)),
  unbind: changing.map(given => change('unbind', given)),
  suspend: changing.map(given => change('suspend', given)),
  resume: changing.map(given => change('resume', given)),
  terminate: changing.map(given => change('terminate', given)),
  bind: fc
    .record({
      n: fc.nat(5),
      odd: rarely,
      user: fc.nat(1),
      wish: fc.option(fc.nat(5), { freq: 3 }),
      who: fc.nat(2),
    })
    .map(bind),
  terminateAll: fc
    .record({ user: fc.nat(1), reason: fc.constantFrom(...endings), who: fc.nat(2) })
    .map(terminateEverything),
} as const
