import type { ModelName } from '@cardwright/card-virtual'
import { describe, expect, test } from 'vitest'
import { onCard } from '../../world/pins.ts'
import { cardPower } from '../faults/card-power.ts'
import { database, diskFull } from '../faults/database.ts'
import { type Fault, NOWHERE } from '../faults/fault.ts'
import { MODELS, type Stage } from '../stage.ts'
import { checkPinAtRest, checkUnlocked } from './pin-invariants.ts'
import { issuedStage, unblock, unlock } from './pin-jobs.ts'

const faults: readonly Fault[] = [
  cardPower('before'),
  cardPower('after'),
  database('before'),
  database('after'),
  database('dead-before'),
  database('dead-after'),
  diskFull,
]

/** How many answers came before the one that is cut, and were used: with them the client has two PUKs to try. */
const earlier = [0, 1, 2] as const

/** Whoever calls again at home, or comes to a reader. */
const waysOut: Readonly<Record<string, (stage: Stage) => Promise<void>>> = {
  'a reader': async () => undefined,
  'another call, then a reader': async stage => {
    await unblock(stage, '730518', 'used')
    if (onCard(stage.card).pin !== '730518') throw new Error('the next call did not set the PIN')
  },
}

const prepared = async (model: ModelName, answers: number): Promise<Stage> => {
  const stage = await issuedStage(model)
  for (let i = 0; i < answers; i++) await unblock(stage, `59281${i}`, 'used')
  return stage
}

const placesOf = async (model: ModelName, answers: number, fault: Fault): Promise<readonly number[]> => {
  const stage = await prepared(model, answers)
  const armed = fault.arm(stage, NOWHERE)
  await unblock(stage, '592819', 'used', armed.ports)
  return armed.places()
}

const cutOnce = async (
  model: ModelName,
  answers: number,
  fault: Fault,
  place: number,
  goOn: (stage: Stage) => Promise<void>,
): Promise<void> => {
  const stage = await prepared(model, answers)
  const armed = fault.arm(stage, place)
  // The user at home and the help desk are told that it failed; nobody else is.
  await unblock(stage, '592819', 'used', armed.ports).catch(() => undefined)
  if (!armed.struck()) throw new Error('the fault did not strike')
  await checkPinAtRest(stage, 1, fault.name.startsWith('card'))
  await goOn(stage)
  await checkPinAtRest(stage, 1, false)
  const code = await unlock(stage, '840273')
  if (code) throw new Error(`the unlock at a reader was refused with ${code}`)
  await checkUnlocked(stage, '840273')
}

for (const model of MODELS)
  describe.each(earlier)(`${model}, unblocked from afar, %i answers before`, answers => {
    test.each(faults.map(f => [f.name, f] as const))('%s, at every place and with every way out', async (_, fault) => {
      const places = await placesOf(model, answers, fault)
      expect(places.length).toBeGreaterThan(0)
      const failed: string[] = []
      for (const place of places)
        for (const [name, goOn] of Object.entries(waysOut))
          await cutOnce(model, answers, fault, place, goOn).catch(error =>
            failed.push(`place ${place}, ${name}: ${error instanceof Error ? error.message : error}`),
          )
      expect(failed).toEqual([])
    })
  })
