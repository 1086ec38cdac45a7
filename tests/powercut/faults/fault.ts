import type { IssuancePorts } from '@cardwright/core'
import type { Stage } from '../stage.ts'

/** A fault that waits at one place. */
export type Armed = {
  /** What the server works with that the fault is going to hit. */
  readonly ports: IssuancePorts
  /** Places passed so far at which it could have struck. */
  readonly places: () => readonly number[]
  readonly struck: () => boolean
  /** The server that died is started again, and sweeps what it left behind without waiting for its lease. */
  readonly comesBack?: boolean
  /** What was held up on the way arrives now, when everything is over. */
  readonly arrive?: () => Promise<void>
  /** What must hold at the end because of this fault; says what is wrong. */
  readonly inspect?: () => Promise<readonly string[]>
}

/**
 * One way to break one thing at its n-th effect, counted from arming. Armed at NOWHERE it only counts, so that no test needs to
 * know how many places there are.
 */
export type Fault = { readonly name: string; arm(stage: Stage, place: number): Armed }

export const NOWHERE = 0

export const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1)
