import type { ModelName } from '@cardwright/card-virtual'
import { describe, expect, test } from 'vitest'
import { type Fault, NOWHERE } from './faults/fault.ts'
import { checkAtRest } from './invariants/check-invariants.ts'
import type { Job } from './jobs.ts'
import { arrange } from './stage.ts'
import { afterTheFault, type WayOut, waysOut } from './ways-out.ts'

/** The job with nothing broken, to count the places at which it can be cut. */
const placesOf = async (model: ModelName, job: Job, fault: Fault): Promise<readonly number[]> => {
  const stage = await arrange(model, job.scenario)
  await job.prepare(stage)
  const armed = fault.arm(stage, NOWHERE)
  await job.run(stage, armed.ports)
  return armed.places()
}

const cutOnce = async (model: ModelName, job: Job, fault: Fault, place: number, way: WayOut): Promise<void> => {
  const stage = await arrange(model, job.scenario)
  await job.prepare(stage)
  const armed = fault.arm(stage, place)
  await job.run(stage, armed.ports)
  if (!armed.struck()) throw new Error('the fault did not strike')
  await afterTheFault(stage, armed.comesBack ? armed.ports.owner : null)
  await checkAtRest(stage)
  await way.take(stage)
  await armed.arrive?.()
  const wrong = [...((await armed.inspect?.()) ?? []), ...stage.watch.silent]
  if (wrong.length > 0) throw new Error(wrong.join('; '))
}

/** With `CARDWRIGHT_POWERCUT=all` the second and the third model of card take every way out from each place, too. */
const ALL = process.env.CARDWRIGHT_POWERCUT === 'all'

/**
 * One test for each card, job and fault: cuts at every place there is. From each the first model of card takes every way
 * out, the others take them in turn, which keeps all of it short enough to be run each time. Places are counted while the
 * tests are collected, so that the titles say how many cases there were.
 */
export const cutEverywhere = async (
  models: readonly ModelName[],
  jobs: readonly Job[],
  faults: readonly Fault[],
): Promise<void> => {
  for (const model of models) {
    const every = ALL || model === models[0]
    const waysFrom = (at: number) => (every ? waysOut : waysOut.slice(at % waysOut.length).slice(0, 1))
    const each = every ? `each with ${waysOut.length} ways out` : `with ${waysOut.length} ways out in turn`
    for (const job of jobs) {
      const counted: (readonly [Fault, readonly number[]])[] = []
      for (const fault of faults) counted.push([fault, await placesOf(model, job, fault)])
      describe(`${model}, ${job.name}`, () => {
        for (const [fault, places] of counted)
          test(`${fault.name}: ${places.length} places, ${each}`, async () => {
            expect(places.length).toBeGreaterThan(0)
            const failed: string[] = []
            for (const [at, place] of places.entries())
              for (const way of waysFrom(at))
                await cutOnce(model, job, fault, place, way).catch(error =>
                  failed.push(`place ${place}, ${way.name}: ${error instanceof Error ? error.message : error}`),
                )
            expect(failed).toEqual([])
          })
      })
    }
  }
}
