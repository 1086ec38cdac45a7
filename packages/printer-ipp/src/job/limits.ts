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
  /** How long a printer that has vanished is looked for, so that it does not go on with the job when it is back. */
  readonly givenUpMs: number
  /** The longest pause between two looks for it, and between two questions to one that is busy. */
  readonly longestPollMs: number
}

export const DEFAULT_LIMITS: IppLimits = {
  answerMs: 10_000,
  pollMs: 500,
  silenceMs: 20_000,
  cancelMs: 60_000,
  jobMs: 15 * 60_000,
  givenUpMs: 12 * 60 * 60_000,
  longestPollMs: 30_000,
}

/** The longer a printer is away or busy, the less it matters that its return is noticed at once. */
export const pauseAfter = (pause: number, { longestPollMs }: Pick<IppLimits, 'longestPollMs'>): number =>
  Math.min(pause * 1.1, longestPollMs)
