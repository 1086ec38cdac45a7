import type { Actor, IssuanceType } from '@cardwright/core'
import { type Card, isOpen, type Model, oneTooMany, type PolicyName, type Wish } from './model.ts'

export const typeOf = (wish: Wish | null): IssuanceType =>
  wish?.kind === 'PERMANENT'
    ? 'PERMANENT_REPLACEMENT'
    : wish?.kind === 'TEMPORARY'
      ? 'TEMPORARY_REPLACEMENT'
      : 'INITIAL'

/** who asked or approved does not issue, where the settings say so; a user issues to nobody else anyway. */
export const mayIssue = ({ separation }: Model, wish: Wish | null, by: Actor): boolean =>
  wish === null ||
  by.kind === 'user' ||
  !(
    (separation.requesterIssuer && wish.requestedBy === by.id) ||
    (separation.approverIssuer && wish.decidedBy === by.id)
  )

/** Whether the workflow lets the user issue, and nothing is missing for it. */
export const issuesThemselves = ({ workflow, newCard }: Wish): boolean =>
  workflow === 'HELP_DESK_SELF' || (workflow === 'USER_SELF' && newCard !== null)

export type Start = {
  readonly card: Card
  readonly user: number
  readonly wish: Wish | null
  readonly policy: PolicyName
  readonly type: IssuanceType
  readonly self: boolean
  readonly mayBind: boolean
  readonly by: Actor
}

const executes = (model: Model, { card, user, wish, policy, type, self, by }: Start): boolean => {
  if (wish === null) return type === 'INITIAL' && policy === 'plain'
  if (wish.user !== user || wish.state !== 'APPROVED' || typeOf(wish) !== type || !mayIssue(model, wish, by))
    return false
  if (wish.type === 'ISSUANCE') return wish.policy === policy
  if (wish.newCard !== null && wish.newCard !== card) return false
  if (!self) return true
  return issuesThemselves(wish)
}

/** What REQUIREMENTS asks of an issuance before it may begin. */
export const mayStart = (model: Model, start: Start): boolean => {
  const { card, user, wish, policy, type, self, mayBind } = start
  const blank = card.state === 'AVAILABLE' ? card.job === null : card.state === 'ASSIGNED' && card.user === user
  if (!blank || (self && !mayBind && card.state !== 'ASSIGNED')) return false
  // Only the first policy is for replacements.
  if (type !== 'INITIAL' && policy !== 'plain') return false
  // A device that waits for one request is not taken for another.
  if (model.wishes.some(w => isOpen(w) && w.newCard === card && w !== wish)) return false
  return executes(model, start) && !oneTooMany(model, card, user, wish)
}

/** The approved request for a policy that needs one is found, also where it is not named. */
export const found = (model: Model, user: number, policy: PolicyName, type: IssuanceType): Wish | null =>
  type === 'INITIAL' && policy === 'checked'
    ? (model.wishes.find(w => w.user === user && w.policy === 'checked' && w.state === 'APPROVED') ?? null)
    : null
