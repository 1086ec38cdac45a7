import type { Actor, Outcome } from '@cardwright/core'
import fc from 'fast-check'
import { checkStep } from '../check-step.ts'
import type { Model } from '../model.ts'
import type { Organisation, State } from '../organisation.ts'

export type Step = fc.AsyncCommand<Model, Organisation>

/** How often each thing was done or refused, so that a run can tell what it never reached. */
export const tally = new Map<string, number>()
const count = (what: string) => tally.set(what, (tally.get(what) ?? 0) + 1)

/** How many devices each permanent replacement that this step completed was for. */
const replacedChains = (before: State, after: State): number[] =>
  [...after.requests.values()].flatMap(({ id, state, replacement }) =>
    state === 'COMPLETED' && before.requests.get(id)?.state !== state && replacement?.kind === 'PERMANENT'
      ? [1 + replacement.undo.behind.length]
      : [],
  )

/** The generator runs the same steps again in shorter sequences, so a failure tells what happened in its own. */
export const inStory = async (model: Model, name: string, work: () => Promise<void>): Promise<void> => {
  try {
    await work()
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error)
    throw new Error(`at "${name}": ${said}\nafter\n${model.story.join('\n')}`, { cause: error })
  }
}

/** `run` does it to both and answers what happened; after it everything is compared. */
export const step = (
  name: string,
  possible: (model: Model) => boolean,
  run: (model: Model, org: Organisation) => Promise<string>,
): Step => ({
  check: possible,
  async run(model, org) {
    const before = org.world.store.committed()
    await inStory(model, name, async () => {
      const happened = await run(model, org)
      model.story.push(`${name}: ${happened}`)
      count(`${name.split(' ', 1)[0]}: ${happened.split(' ', 1)[0]}`)
      await checkStep(model, org, before)
    })
    for (const length of replacedChains(before, org.world.store.committed())) count(`replaced: chain of ${length}`)
  },
  toString: () => name,
})

const rows = ['devices', 'credentials', 'issuances', 'requests'] as const

/**
 * The outcome is the one that was expected, and a refusal has changed nothing. `struck` = something was broken on the way,
 * so that what should be done may be refused, or be done and look refused.
 */
export const expectOutcome = <T>(
  org: Organisation,
  before: State,
  outcome: Outcome<T>,
  allowed: boolean,
  what: string,
  struck = false,
): outcome is Extract<Outcome<T>, { ok: true }> => {
  const got = outcome.ok ? 'done' : `refused with ${outcome.code} ${JSON.stringify(outcome.params)}`
  if (outcome.ok !== allowed && !(allowed && struck)) {
    const causes = outcome.ok ? '' : org.world.causes.slice(-1).map(String).join()
    throw new Error(`${what} was ${got}, should have been ${allowed ? 'done' : 'refused'} ${causes}`)
  }
  const after = org.world.store.committed()
  const same = rows.every(
    table =>
      before[table].size === after[table].size && [...before[table]].every(([k, v]) => after[table].get(k) === v),
  )
  if (!outcome.ok && !struck && !same) throw new Error(`${what} was ${got}, and yet something changed`)
  return outcome.ok
}

export const codeOf = (outcome: Outcome<unknown>): string => (outcome.ok ? 'done' : outcome.code)

export const pick = <T>(from: readonly T[], n: number): T => {
  const found = from[n % from.length]
  if (found === undefined) throw new Error('there is nothing to pick from')
  return found
}

export const asUser = (org: Organisation, user: number): Actor => {
  const { id, displayName } = pick(org.users, user)
  return { kind: 'user', id, label: displayName }
}

export const asOfficer = (org: Organisation, n: number): Actor => pick(org.officers, n)

/** What is tried although it should be refused. */
export const rarely = fc.integer({ min: 0, max: 9 }).map(n => n === 9)
