import type { ModelName } from '@cardwright/card-virtual'
import { describe, expect, test } from 'vitest'
import { cardPower } from '../faults/card-power.ts'
import { database, diskFull } from '../faults/database.ts'
import { type Fault, NOWHERE } from '../faults/fault.ts'
import { relay } from '../faults/relay.ts'
import { serverAtCard } from '../faults/server.ts'
import { MODELS, type Stage } from '../stage.ts'
import { checkPinAtRest, checkUnlocked } from './pin-invariants.ts'
import { issuedStage, unblock, unlock } from './pin-jobs.ts'

const atCard: readonly Fault[] = [cardPower('before'), cardPower('after'), relay('before'), relay('after')]
const atServer: readonly Fault[] = [
  database('before'),
  database('after'),
  database('dead-before'),
  database('dead-after'),
  diskFull,
  serverAtCard,
]

/** What came before the unlock that is cut. */
const befores: Readonly<Record<string, (stage: Stage) => Promise<void>>> = {
  'nothing before': async () => undefined,
  'after an answer from afar that was used': stage => unblock(stage, '730518', 'used'),
  'after an answer from afar that nobody used': stage => unblock(stage, '730518', 'unused'),
}

const prepared = async (model: ModelName, before: (stage: Stage) => Promise<void>): Promise<Stage> => {
  const stage = await issuedStage(model)
  await before(stage)
  return stage
}

/** The unlock with this fault at this place; answers whether it struck. */
const cut = async (stage: Stage, fault: Fault, place: number, pin: string): Promise<boolean> => {
  const armed = fault.arm(stage, place)
  await unlock(stage, pin, armed.ports).catch(error => {
    if (!(error instanceof Error && error.name === 'ServerDied')) throw error
  })
  return armed.struck()
}

const placesOf = async (model: ModelName, before: (stage: Stage) => Promise<void>, fault: Fault) => {
  const stage = await prepared(model, before)
  const armed = fault.arm(stage, NOWHERE)
  if ((await unlock(stage, '592813', armed.ports)) !== null) throw new Error('the unlock failed by itself')
  return armed.places()
}

for (const model of MODELS)
  for (const [name, before] of Object.entries(befores))
    describe(`${model}, unlock, ${name}`, () => {
      test.each([...atCard, ...atServer].map(f => [f.name, f] as const))(
        '%s at every place: the PUK is known, tries are left, and the next unlock ends well',
        async (_, fault) => {
          const places = await placesOf(model, before, fault)
          expect(places.length).toBeGreaterThan(0)
          const failed: string[] = []
          for (const place of places)
            try {
              const stage = await prepared(model, before)
              if (!(await cut(stage, fault, place, '592813'))) throw new Error('the fault did not strike')
              await checkPinAtRest(stage, 1, atCard.includes(fault))
              const code = await unlock(stage, '840273')
              if (code) throw new Error(`the next unlock was refused with ${code}`)
              await checkUnlocked(stage, '840273')
            } catch (error) {
              failed.push(`place ${place}: ${error instanceof Error ? error.message : error}`)
            }
          expect(failed).toEqual([])
        },
      )
    })

// Cards that do not tell how many tries their PUK has left.
for (const model of ['yubikey-5.2', 'sp800-73'] as const)
  describe(`${model}, unlock cut twice`, () => {
    test.each(atCard.map(f => [f.name, f] as const))('%s at every two places', async (_, fault) => {
      const failed: string[] = []
      let cases = 0
      for (const first of await placesOf(model, async () => undefined, fault)) {
        for (let second = 1; ; second++) {
          const stage = await issuedStage(model)
          await cut(stage, fault, first, '592813')
          // The second unlock came to its end before this place.
          if (!(await cut(stage, fault, second, '730518'))) break
          cases++
          try {
            await checkPinAtRest(stage, 2, true)
            const code = await unlock(stage, '840273')
            if (code) throw new Error(`the next unlock was refused with ${code}`)
            await checkUnlocked(stage, '840273')
          } catch (error) {
            failed.push(`places ${first} and ${second}: ${error instanceof Error ? error.message : error}`)
          }
        }
      }
      expect(failed).toEqual([])
      expect(cases).toBeGreaterThan(20)
    })
  })
