import fc from 'fast-check'
import { expect, test } from 'vitest'
import { tally } from './commands/command.ts'
import { deviceSteps } from './commands/devices.ts'
import { issuingSteps } from './commands/issuing.ts'
import { requestSteps } from './commands/requests.ts'
import { surroundingSteps } from './commands/surroundings.ts'
import { createModel } from './model.ts'
import { createOrganisation } from './organisation.ts'

const runs = Number(process.env.CARDWRIGHT_MODEL_RUNS ?? 60)
const seed = process.env.CARDWRIGHT_MODEL_SEED

const often = <T>(times: number, one: T): T[] => Array<T>(times).fill(one)

const steps = [
  ...often(8, issuingSteps.start),
  ...often(5, requestSteps.declare),
  ...often(3, requestSteps.approve),
  ...often(2, requestSteps.cancel),
  ...often(2, issuingSteps.retry),
  ...often(3, issuingSteps.recycle),
  ...often(2, surroundingSteps.back),
  ...often(2, deviceSteps.terminate),
  ...often(2, deviceSteps.bind),
  ...often(2, surroundingSteps.wait),
  requestSteps.ask,
  requestSteps.deny,
  issuingSteps.cancel,
  deviceSteps.activate,
  deviceSteps.suspend,
  deviceSteps.resume,
  deviceSteps.unbind,
  deviceSteps.terminateAll,
  surroundingSteps.away,
  surroundingSteps.comeBack,
  surroundingSteps.settings,
]

test('whatever is asked, issued and broken in whatever order, devices, requests and what the CA says stay as they should', {
  timeout: 3_600_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.noBias(fc.commands(steps, { maxCommands: 120, size: 'max' })), commands =>
      fc.asyncModelRun(async () => {
        const real = await createOrganisation()
        return { model: createModel(real.cards.length), real }
      }, commands),
    ),
    { numRuns: runs, ...(seed ? { seed: Number(seed) } : {}), verbose: false },
  )
  if (process.env.CARDWRIGHT_MODEL_TALLY) console.log([...tally.values()].reduce((a, b) => a + b, 0) / runs)
  if (process.env.CARDWRIGHT_MODEL_TALLY)
    console.log(
      [...tally]
        .sort()
        .map(([k, v]) => `${k} ${v}`)
        .join('\n'),
    )
  expect(tally.size).toBeGreaterThan(0)
})
