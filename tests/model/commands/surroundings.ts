import { expireDevices, expireRequests, sweepAbandoned } from '@cardwright/core'
import fc from 'fast-check'
import { endWish, type Model, type Wish } from '../model.ts'
import { DAY } from '../organisation.ts'
import { type Step, step } from './command.ts'
import { fail } from './learn.ts'

const HOUR = DAY / 24

const requestsEnd = (model: Model, now: number): void => {
  const due = (w: Wish) => (w.state === 'PENDING_APPROVAL' || w.state === 'APPROVED') && w.expiresAt !== null
  for (const wish of model.wishes) if (due(wish) && (wish.expiresAt ?? now + 1) <= now) endWish(wish, 'EXPIRED')
}

const devicesEnd = (model: Model, now: number): void => {
  for (const card of model.cards) {
    if (card.state !== 'ISSUED' || card.expiresAt > now) continue
    Object.assign(card, { state: 'INVALID', reason: 'EXPIRED', certificates: 'ON_HOLD' })
  }
}

/** Time goes by, and the server's clockwork takes its turns. */
const wait = (hours: number): Step =>
  step(
    hours < 24 ? `wait ${hours} h` : `wait ${hours / 24} d`,
    () => true,
    async (model, org) => {
      org.world.now += hours * HOUR
      const server = org.server()
      await sweepAbandoned(server, false)
      for (const card of model.cards) if (card.job?.state === 'RUNNING') fail(card)
      await expireRequests(server)
      requestsEnd(model, org.world.now)
      await expireDevices(server)
      devicesEnd(model, org.world.now)
      return 'done'
    },
  )

/** A server that died starts again, and sweeps what it left behind without waiting for its lease. */
const comeBack = (): Step => {
  const dead = ({ cards }: Model) => cards.find(c => c.job?.state === 'RUNNING')
  return step(
    'server-back',
    model => dead(model) !== undefined,
    async (model, org) => {
      const owner = dead(model)?.job?.server ?? ''
      await sweepAbandoned(org.server({ owner }), true)
      for (const card of model.cards) if (card.job?.state === 'RUNNING' && card.job.server === owner) fail(card)
      return 'done'
    },
  )
}

const authority = (left: number | null): Step =>
  step(
    left === null ? 'ca-back' : `ca-away after ${left}`,
    model => model.authorityIsThere === (left !== null),
    async (model, org) => {
      org.caLeft = left
      model.authorityIsThere = left === null
      return 'done'
    },
  )

/** R-16 as a setting, CardsMultipleActive, and whether holders choose their PIN at the end. */
const settings = (given: {
  readonly multipleActive: boolean
  readonly changePin: boolean
  readonly separation: Model['separation']
}): Step =>
  step(
    `settings ${JSON.stringify(given)}`,
    () => true,
    async (model, org) => {
      const { changePin, multipleActive, separation } = given
      org.world.store.setLifecycle({ separation })
      org.world.store.setOptions({ CardsMultipleActive: multipleActive })
      org.world.store.setSettings({ changePinDuringIssuance: changePin })
      Object.assign(model, given)
      model.wasMultiple ||= given.multipleActive
      return 'done'
    },
  )

export const surroundingSteps = {
  wait: fc.constantFrom(1, 1, 15 * 24, 31 * 24).map(wait),
  comeBack: fc.constant(null).map(comeBack),
  away: fc.nat(4).map(authority),
  back: fc.constant(null).map(authority),
  settings: fc
    .record({
      multipleActive: fc.constantFrom(true, false, false),
      changePin: fc.constantFrom(true, false, false),
      separation: fc.record({
        requesterApprover: fc.boolean(),
        approverIssuer: fc.boolean(),
        requesterIssuer: fc.boolean(),
      }),
    })
    .map(settings),
} as const
