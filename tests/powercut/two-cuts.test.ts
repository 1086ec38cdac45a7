import { cancelIssuance } from '@cardwright/core'
import { describe, expect, test } from 'vitest'
import { operator } from '../world/world.ts'
import { checkInvariants, openIssuances } from './invariants/check-invariants.ts'
import { recycle, retry, start } from './jobs.ts'
import { arrange, cardIsBack, MODELS, type Stage } from './stage.ts'

/** Starts or retries, and is cut after so many changes of the card; answers how many there were. */
const attempt = async (stage: Stage, cut: number | null): Promise<number> => {
  await cardIsBack(stage)
  const before = stage.card.effects()
  if (cut !== null) stage.card.cutPowerAfter(cut, 'after')
  const [open] = openIssuances(stage)
  await (open ? retry(stage, stage.server(), open.id) : start(stage, stage.server()))
  return stage.card.effects() - before
}

const counted = await Promise.all(
  MODELS.map(async model => ({ model, effects: await attempt(await arrange(model, { kind: 'ISSUE' }), null) })),
)

describe.each(counted)('$model', ({ model, effects }) => {
  test(`cut after each of ${effects} changes, the Retry cut again soon or late, the second Retry completes`, async () => {
    const failed: string[] = []
    let cases = 0
    for (let first = 1; first <= effects; first++)
      // Places at which secrets change, then every fifth one.
      for (const second of [1, 2, 3, 4, 5, 6, 7, 12, 17, 22]) {
        cases++
        const stage = await arrange(model, { kind: 'ISSUE' })
        await attempt(stage, first)
        await attempt(stage, second)
        await attempt(stage, null)
        await checkInvariants(stage, 'issued').catch(error => failed.push(`${first}, ${second}: ${error.message}`))
      }
    expect(failed).toEqual([])
    expect(cases).toBeGreaterThan(0)
  })
})

test('sp800-73: a PUK that stays uncertain is not tried until it blocks; recycling still works', async () => {
  const stage = await arrange('sp800-73', { kind: 'ISSUE' })
  // CHUID, then the PUK: the card has it, and nobody heard of it, three times.
  for (let i = 0; i < 3; i++) await attempt(stage, 4)
  await cardIsBack(stage)
  const [open] = openIssuances(stage)
  const end = await retry(stage, stage.server(), open?.id ?? '')
  expect(end).toMatchObject({ state: 'FAILED', error: { code: 'CARD_PUK_UNKNOWN' } })
  expect(stage.card.state().piv.puk.left).toBeGreaterThan(0)
  expect(await cancelIssuance(stage.server(), open?.id ?? '', operator)).toMatchObject({ ok: true })
  expect(await recycle(stage, stage.server())).toMatchObject({ state: 'COMPLETED' })
  await checkInvariants(stage, 'blank')
})
