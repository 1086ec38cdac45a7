export type UnblockErrorCode =
  /** No PIV application, or no administration key that authenticates: this card cannot be unblocked from afar. */
  | 'CARD_LACKS_KEY'
  /** Somebody misread or mistyped the challenge; `groups` tells where. */
  | 'CHALLENGE_MISTYPED'
  /** As above for the answer. Nothing was sent to the card; type it again. */
  | 'ANSWER_MISTYPED'
  /** The answer belongs to another card or another challenge. No try of the PUK was spent; a new challenge is needed. */
  | 'ANSWER_REFUSED'
  /** The new PIN cannot be a PIN. Nothing was sent to the card. */
  | 'PIN_MALFORMED'
  /** The card's own rules forbid the new PIN. No try was spent; a new challenge and another PIN are needed. */
  | 'PIN_REFUSED'
  /** The card has a PUK that the server does not know; `attemptsRemaining` where the card tells. */
  | 'PUK_REFUSED'
  | 'PUK_BLOCKED'

/** What goes wrong in an unblock from afar; what goes wrong with any card stays CardError. Holds no secrets. */
export class UnblockError extends Error {
  readonly code: UnblockErrorCode
  /** Numbers of the groups with a slip, from 1; empty = the groups do not belong together. */
  readonly groups: readonly number[]
  readonly attemptsRemaining: number | undefined
  constructor(
    code: UnblockErrorCode,
    message: string,
    details: { readonly groups?: readonly number[]; readonly attemptsRemaining?: number } & ErrorOptions = {},
  ) {
    super(message, details)
    this.name = 'UnblockError'
    this.code = code
    this.groups = details.groups ?? []
    this.attemptsRemaining = details.attemptsRemaining
  }
}
