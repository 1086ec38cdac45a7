import type {
  Device,
  IssuanceType,
  ReplacementKind,
  ReplacementReason,
  RequestState,
  RevocationReason,
  Workflow,
} from '@cardwright/core'

/** What is on a device, as REQUIREMENTS §1 calls it; UNDER WAY = an issuance has not ended, so there may be some. */
export type Certificates = 'NONE' | 'ISSUED' | 'ON_HOLD' | 'UNDER WAY'

/** A device as it was before a replacement took it away. */
export type Before = Pick<Card, 'state' | 'reason' | 'suspended' | 'certificates'>

export type PolicyName = 'plain' | 'checked'

export type Job = {
  readonly kind: 'ISSUE' | 'PRODUCE' | 'RECYCLE'
  readonly type: IssuanceType
  readonly id: string
  readonly wish: Wish | null
  state: 'RUNNING' | 'WAITING_FOR_PIN' | 'FAILED'
  /** The server that died on it. */
  server: string
}

export type Card = {
  readonly index: number
  /** Null: was never seen by the organisation. */
  deviceId: string | null
  state: Device['state']
  reason: Device['reason']
  user: number | null
  temporary: boolean
  suspended: boolean
  certificates: Certificates
  expiresAt: number
  job: Job | null
  /** The request that it was issued for, or is being. */
  wish: Wish | null
  /** The request that made it INVALID. */
  invalidBy: Wish | null
  before: Before | null
  /** R-5 … R-7: the INVALID devices that it stands in for, nearest first. */
  behind: Card[]
  /** A recycle that was given up may have left anything on it. */
  dirty: boolean
  /** What the CA must have published when its certificates last ended; null = several may be. */
  ended: RevocationReason | null
}

/** A request. */
export type Wish = {
  readonly number: number
  readonly id: string
  readonly type: 'ISSUANCE' | 'REPLACEMENT'
  readonly user: number
  readonly reason: ReplacementReason | null
  readonly kind: ReplacementKind | null
  readonly workflow: Workflow | null
  readonly requestedBy: string
  /** ISSUANCE: which policy; only `checked` needs approval. */
  readonly policy: PolicyName | null
  /** What is to be replaced, even after it ended. */
  readonly target: Card | null
  state: RequestState
  decidedBy: string | null
  /** the INVALID devices that it replaces, nearest first; who ends meanwhile leaves. */
  chain: Card[]
  newCard: Card | null
  expiresAt: number | null
}

export type Model = {
  readonly cards: readonly Card[]
  readonly wishes: Wish[]
  /** What happened so far, for people. */
  readonly story: string[]
  authorityIsThere: boolean
  /** Operators' issuances end with the holder's own PIN (I-7). */
  changePin: boolean
  multipleActive: boolean
  /** It was on at some time. */
  wasMultiple: boolean
  separation: { requesterApprover: boolean; approverIssuer: boolean; requesterIssuer: boolean }
}

export const createModel = (cards: number): Model => ({
  cards: Array.from(
    { length: cards },
    (_, index): Card => ({
      index,
      deviceId: null,
      state: 'AVAILABLE',
      reason: 'NONE',
      user: null,
      temporary: false,
      suspended: false,
      certificates: 'NONE',
      expiresAt: 0,
      job: null,
      wish: null,
      invalidBy: null,
      before: null,
      behind: [],
      dirty: false,
      ended: null,
    }),
  ),
  wishes: [],
  story: [],
  authorityIsThere: true,
  changePin: false,
  multipleActive: false,
  wasMultiple: false,
  separation: { requesterApprover: true, approverIssuer: false, requesterIssuer: false },
})

/** */
export const kindOf = (reason: ReplacementReason): ReplacementKind =>
  reason === 'FORGOTTEN' ? 'TEMPORARY' : 'PERMANENT'

export type EndReason = Exclude<ReplacementReason, 'FORGOTTEN'> | 'UNASSIGNED'

/** */
export const revocationOf: Readonly<Record<EndReason, RevocationReason>> = {
  LOST: 'keyCompromise',
  STOLEN: 'keyCompromise',
  DAMAGED: 'superseded',
  EXPIRED: 'superseded',
  RENEW: 'superseded',
  UNASSIGNED: 'cessationOfOperation',
}

export const isOpen = ({ state }: Wish): boolean =>
  ['PENDING_APPROVAL', 'APPROVED', 'EXECUTING', 'FAILED'].includes(state)

/** The open replacement whose target it is; R-8: at most one. */
export const openOf = (model: Model, card: Card): Wish | null =>
  model.wishes.find(w => isOpen(w) && w.target === card) ?? null

const standInOf = (model: Model, card: Card): Card | undefined =>
  model.cards.find(c => c.behind[0] === card && (c.state === 'ISSUED' || c.state === 'INVALID'))

/** a forgotten device is represented by whoever stands in for it now. */
export const representative = (model: Model, card: Card): Card => {
  const standIn = standInOf(model, card)
  return standIn ? representative(model, standIn) : card
}

export const isPending = (card: Card): boolean => card.state === 'PRODUCED' && card.reason === 'ASSIGNED'

/** CardsMultipleActive (N-3): the user has, or may get back, an active device that is not temporary. */
export const hasAnother = (model: Model, user: number, but: readonly Card[]): boolean =>
  model.cards.some(
    c =>
      c.user === user &&
      !c.temporary &&
      !but.includes(c) &&
      (['ISSUED', 'INVALID', 'IN_PRODUCTION'].includes(c.state) || isPending(c)),
  )

/** Whether one more device for this makes one too many: a replacement only where there is nothing left to end. */
export const oneTooMany = (model: Model, card: Card, user: number, wish: Wish | null): boolean => {
  if (model.multipleActive || wish?.kind === 'TEMPORARY') return false
  if (wish?.kind === 'PERMANENT' && wish.chain.some(c => !c.temporary)) return false
  return hasAnother(model, user, [card])
}

// ── what happens ──

const hold = (card: Card): void => {
  if (card.certificates === 'ISSUED') card.certificates = 'ON_HOLD'
}

/** */
export const invalidate = (card: Card, wish: Wish): void => {
  const { state, reason, suspended, certificates } = card
  card.before = { state, reason, suspended, certificates }
  card.state = 'INVALID'
  card.reason = wish.reason ?? 'NONE'
  card.invalidBy = wish
  hold(card)
}

/** exactly as it was. */
const restore = (card: Card): void => {
  if (card.before) Object.assign(card, card.before)
  card.before = null
  card.invalidBy = null
}

/** A device ends, and is behind nobody any more. */
export const terminate = (model: Model, card: Card, reason: EndReason): void => {
  card.state = 'TERMINATED'
  card.reason = reason === 'RENEW' ? 'EXPIRED' : reason
  card.suspended = false
  if (card.certificates !== 'NONE') card.ended = revocationOf[reason]
  card.certificates = 'NONE'
  card.invalidBy = null
  card.before = null
  card.behind = []
  for (const other of model.cards) other.behind = other.behind.filter(c => c !== card)
  for (const wish of model.wishes) wish.chain = wish.chain.filter(c => c !== card)
}

/** An operator terminates it: its request looks for another device; R-5: who it stood in for is active again. */
export const terminateByHand = (model: Model, card: Card, reason: EndReason): void => {
  const waiting = model.wishes.find(w => isOpen(w) && w.newCard === card)
  if (waiting) release(waiting)
  const [next] = card.behind
  // Had it lost its place itself, somebody else has it now, or a request that may still be cancelled.
  if (card.temporary && card.invalidBy === null && next) restore(next)
  terminate(model, card, reason)
}

export const release = (wish: Wish): void => {
  wish.state = 'APPROVED'
  wish.newCard = null
}

/** Cancelled, denied or expired. `restores` = false: the target is to end anyway. */
export const endWish = (wish: Wish, state: 'CANCELLED' | 'DENIED' | 'EXPIRED', restores = true): void => {
  wish.state = state
  if (wish.newCard?.state === 'ASSIGNED') unbind(wish.newCard)
  wish.newCard = null
  const [target] = wish.chain
  if (restores && target) restore(target)
}

export const unbind = (card: Card): void => {
  card.state = 'AVAILABLE'
  card.reason = 'NONE'
  card.user = null
}

/** The new device is active. */
export const complete = (model: Model, card: Card): void => {
  const { wish } = card
  if (wish?.state !== 'EXECUTING') return
  wish.state = 'COMPLETED'
  if (wish.type === 'ISSUANCE') return
  if (wish.kind === 'TEMPORARY') card.behind = [...wish.chain]
  else for (const old of [...wish.chain]) terminate(model, old, endReason(wish))
}

const endReason = ({ reason }: Wish): EndReason => {
  if (reason === null || reason === 'FORGOTTEN') throw new Error('no permanent replacement is for this reason')
  return reason
}

/** I-15; the request goes back to its queue. */
export const giveUp = (card: Card, touched: boolean): void => {
  const { job } = card
  card.job = null
  if (!job) return
  if (job.kind === 'RECYCLE') {
    card.dirty = true
    return
  }
  Object.assign(card, { state: touched ? 'PRODUCED' : 'AVAILABLE', reason: touched ? 'FAILED' : 'NONE' })
  Object.assign(card, { user: null, temporary: false, wish: null })
  Object.assign(card, { certificates: 'NONE', ended: 'cessationOfOperation' })
  if (job.wish) release(job.wish)
}
