import type { Issuance } from '@cardwright/core'
import { type Card, complete, type Job, type Model, release, type Wish } from '../model.ts'
import { DAY, type Organisation, type State, VALIDITY_DAYS } from '../organisation.ts'

const TEMPORARY_DAYS = 14

/** A card that was never seen has become a device; steps come one after another, so the unknown one is it. */
export const learnDevice = (model: Model, org: Organisation, card: Card): void => {
  if (card.deviceId !== null) return
  const known = model.cards.map(c => c.deviceId)
  card.deviceId = [...org.world.store.committed().devices.keys()].find(id => !known.includes(id)) ?? null
}

/** The issuance that this step began, if it came so far that it is stored. */
export const newIssuance = (before: State, after: State): Issuance | undefined =>
  [...after.issuances.values()].find(i => !before.issuances.has(i.id))

/** Issuance has claimed the card, for this request if for any. */
export const begin = (
  card: Card,
  {
    job,
    user,
    wish,
    now,
  }: { readonly job: Job; readonly user: number; readonly wish: Wish | null; readonly now: number },
): void => {
  const temporary = wish?.kind === 'TEMPORARY'
  const days = temporary ? Math.min(TEMPORARY_DAYS, VALIDITY_DAYS) : VALIDITY_DAYS
  Object.assign(card, { state: 'IN_PRODUCTION', reason: 'NONE', user, wish, temporary, job, ended: null })
  Object.assign(card, { certificates: 'UNDER WAY', expiresAt: now + days * DAY, behind: [], dirty: false })
  if (wish) Object.assign(wish, { state: 'EXECUTING', newCard: card })
}

/** Where the issuance stands is the fault's doing; what follows from it for card and request is not. */
export const follow = (model: Model, card: Card, issuance: Issuance, server: string): string => {
  const { job } = card
  if (!job) throw new Error('there is no issuance to follow')
  switch (issuance.state) {
    case 'COMPLETED':
      card.job = null
      if (job.kind === 'RECYCLE') {
        blank(card)
        return 'recycled'
      }
      if (job.kind === 'PRODUCE') {
        Object.assign(card, { state: 'PRODUCED', reason: 'ASSIGNED', certificates: 'ON_HOLD' })
        return 'produced'
      }
      Object.assign(card, { state: 'ISSUED', reason: 'NONE', certificates: 'ISSUED' })
      complete(model, card)
      return 'issued'
    case 'FAILED':
      fail(card)
      return `failed ${issuance.error?.code}`
    case 'WAITING_FOR_PIN':
      job.state = 'WAITING_FOR_PIN'
      return 'waits'
    case 'RUNNING':
      job.state = 'RUNNING'
      job.server = server
      return 'died'
    default:
      throw new Error(`the issuance is ${issuance.state}`)
  }
}

/** I-12: the attempt failed; its request knows. */
export const fail = (card: Card): void => {
  const { job } = card
  if (!job) return
  job.state = 'FAILED'
  if (job.kind === 'RECYCLE') return
  Object.assign(card, { state: 'PRODUCED', reason: 'FAILED' })
  if (job.wish) job.wish.state = 'FAILED'
}

const blank = (card: Card): void => {
  if (card.job?.wish) release(card.job.wish)
  Object.assign(card, { state: 'AVAILABLE', reason: 'RECYCLE', user: null, suspended: false, temporary: false })
  Object.assign(card, { certificates: 'NONE', wish: null, job: null, behind: [], before: null, dirty: false })
}
