export type IppLimits = {
  /** For one answer, in ms. */
  readonly answerMs: number
  /** Between two looks at a job. */
  readonly pollMs: number
  /** How long a printer may be silent in the middle of a job before it counts as vanished. */
  readonly silenceMs: number
  /** For a cancelled job to end: a card printer finishes the card that it has begun. */
  readonly cancelMs: number
  /** For the whole job; then it is taken back. */
  readonly jobMs: number
}

export const DEFAULT_LIMITS: IppLimits = {
  answerMs: 10_000,
  pollMs: 500,
  silenceMs: 20_000,
  cancelMs: 60_000,
  jobMs: 15 * 60_000,
}
