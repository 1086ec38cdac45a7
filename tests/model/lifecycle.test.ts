import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inStory, type Step, tally } from './commands/command.ts'
import { deviceSteps } from './commands/devices.ts'
import { faults } from './commands/faults.ts'
import { issuingSteps } from './commands/issuing.ts'
import { requestSteps } from './commands/requests.ts'
import { surroundingSteps } from './commands/surroundings.ts'
import { createModel } from './model.ts'
import { createOrganisation } from './organisation.ts'
import { everyWayOut } from './ways-out.ts'

/** CARDWRIGHT_MODEL_RUNS: more sequences than there is time for each time; CARDWRIGHT_MODEL_SEED: those of a run before. */
const runs = Number(process.env.CARDWRIGHT_MODEL_RUNS ?? 60)
const seed = process.env.CARDWRIGHT_MODEL_SEED

const often = <T>(times: number, one: T): T[] => Array<T>(times).fill(one)

const { first, ...rough } = issuingSteps(faults(5))
const smooth = issuingSteps(faults(45))

/** A day of much work on which little breaks: long chains of replacements come about. */
const orderly: fc.Arbitrary<Step>[] = [
  ...often(8, smooth.start),
  ...often(6, requestSteps.declare),
  ...often(5, requestSteps.approve),
  ...often(3, smooth.recycle),
  ...often(2, deviceSteps.activate),
  ...often(2, deviceSteps.bind),
  requestSteps.cancel,
  smooth.retry,
  smooth.choosePin,
  deviceSteps.terminate,
]

/** Everything that there is, and much of it breaks. */
const anything: fc.Arbitrary<Step>[] = [
  ...often(8, rough.start),
  ...often(5, requestSteps.declare),
  ...often(3, requestSteps.approve),
  ...often(2, requestSteps.cancel),
  ...often(2, rough.retry),
  ...often(2, rough.choosePin),
  ...often(3, rough.recycle),
  ...often(2, surroundingSteps.back),
  ...often(2, deviceSteps.terminate),
  ...often(2, deviceSteps.bind),
  ...often(2, surroundingSteps.wait),
  ...often(2, deviceSteps.activate),
  requestSteps.ask,
  requestSteps.deny,
  rough.cancel,
  deviceSteps.suspend,
  deviceSteps.resume,
  deviceSteps.unbind,
  deviceSteps.terminateAll,
  surroundingSteps.away,
  surroundingSteps.comeBack,
  surroundingSteps.settings,
]

/** What no run may miss, or the sequences have become too tame to prove anything. */
const reached = [
  ...['issue: issued', 'issue: self-issued', 'issue: failed', 'issue: died', 'produce: produced', 'recycle: recycled'],
  ...['declare: done', 'approve: done', 'cancel: done', 'bind: done', 'activate: done', 'terminate: done'],
  ...['terminate-all: done', 'declare: REQUEST_OPEN_ALREADY'],
  ...['replaced: chain of 1', 'replaced: chain of 2', 'replaced: chain of 3'],
]

test('R-3 … R-9, R-16, R-18, R-19: whatever is asked, issued and broken in whatever order, devices, requests and what the CA publishes are as they should be', {
  timeout: runs * 3000,
}, async () => {
  const sequenceOf = (steps: fc.Arbitrary<Step>[]) => fc.noBias(fc.commands(steps, { maxCommands: 200, size: 'max' }))
  await fc.assert(
    fc.asyncProperty(fc.oneof(sequenceOf(orderly), sequenceOf(anything)), fc.nat(3), async (sequence, forgotten) => {
      const real = await createOrganisation()
      const model = createModel(real.cards.length)
      await first(0, 0).run(model, real)
      // One stands in for another already, and a third for both.
      for (let i = 0; i < forgotten; i++)
        for (const one of [requestSteps.forgotten, first(0, 0, 0)]) await one.run(model, real)
      await first(0, 1).run(model, real)
      await fc.asyncModelRun(() => ({ model, real }), sequence)
      await inStory(model, 'every way out', () => everyWayOut(model, real))
    }),
    { numRuns: runs, ...(seed ? { seed: Number(seed) } : {}) },
  )
  const told = [...tally].map(([what, times]) => `${times} × ${what}`).sort()
  if (process.env.CARDWRIGHT_MODEL_TALLY) console.log(told.join('\n'))
  expect(reached.filter(what => !tally.has(what))).toEqual([])
})
