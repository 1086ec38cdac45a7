import {
  cancelIssuance,
  type Outcome,
  type RefusalCode,
  recycleDevice,
  retryIssuance,
  type Started,
  startIssuance,
  sweepAbandoned,
} from '@cardwright/core'
import { describe, expect, test } from 'vitest'
import { request } from '../world/issue.ts'
import { operator, READER } from '../world/world.ts'
import { createGate, gatedAuthority, gatedStore } from './gates.ts'
import { checkInvariants, deviceOf, openIssuances } from './invariants/check-invariants.ts'
import { recycle, retry, start } from './jobs.ts'
import { arrange, cardIsBack, MODELS, type Stage } from './stage.ts'

const clear: readonly RefusalCode[] = [
  'CARD_IN_USE',
  'IN_PROGRESS_ELSEWHERE',
  'WRONG_STATE',
  'CARD_ALREADY_ISSUED',
  'CARD_EXCHANGED',
]

const turns = async (count: number): Promise<void> => {
  for (let i = 0; i < count; i++) await new Promise(resolve => setImmediate(resolve))
}

const ended = async (outcome: Outcome<Started>): Promise<string> =>
  outcome.ok ? (await outcome.value.finished).state : outcome.code

/** Exactly one of them ended as wanted; each other was refused with a code that says why. */
const oneWon = (ends: readonly string[], wanted: string): void => {
  expect(ends.filter(end => end === wanted)).toHaveLength(1)
  for (const end of ends.filter(e => e !== wanted)) expect(clear).toContain(end)
}

const failedIssuance = async (stage: Stage): Promise<string> => {
  stage.card.cutPowerAfter(12, 'after')
  const failed = await start(stage, stage.server())
  if (typeof failed === 'string' || failed.state !== 'FAILED') throw new Error('it should have failed')
  await cardIsBack(stage)
  return failed.id
}

describe.each(MODELS)('%s', model => {
  test('two operators, or a double click, on one card: one issues it, the other is refused', async () => {
    for (let later = 0; later < 12; later++) {
      const stage = await arrange(model, { kind: 'ISSUE' })
      const wanted = await request(stage.world)
      const [first, second] = [stage.server(), stage.server()]
      const ends = await Promise.all([
        startIssuance(first, wanted).then(ended),
        turns(later)
          .then(() => startIssuance(second, wanted))
          .then(ended),
      ])
      oneWon(ends, 'COMPLETED')
      await checkInvariants(stage, 'issued')
    }
  })

  test('two operators who have both read the card claim it at the same moment: one wins', async () => {
    const stage = await arrange(model, { kind: 'ISSUE' })
    const gates = [createGate(), createGate()]
    const runs: Promise<string>[] = []
    for (const gate of gates) {
      // The second transaction is the claim; the card is pulled out of one reader meanwhile and put into another.
      const ports = stage.server({ store: gatedStore(stage.watch, gate, 2) })
      runs.push(startIssuance(ports, await request(stage.world)).then(ended))
      await gate.reached
      if (gate === gates[0]) stage.world.readers.remove(READER)
      if (gate === gates[0]) stage.world.readers.insert(READER, stage.card)
    }
    for (const gate of gates) gate.open()
    const ends = await Promise.all(runs)
    // Who claimed may be the one whose card had been pulled; that one fails and can be retried.
    expect(ends.filter(end => clear.some(code => code === end))).toHaveLength(1)
    if (!ends.includes('COMPLETED')) {
      await cardIsBack(stage)
      const [open] = openIssuances(stage)
      expect(await retry(stage, stage.server(), open?.id ?? '')).toMatchObject({ state: 'COMPLETED' })
    }
    await checkInvariants(stage, 'issued')
  })

  test('two servers retry at once: one goes on, the other is refused', async () => {
    for (let later = 0; later < 8; later++) {
      const stage = await arrange(model, { kind: 'ISSUE' })
      const id = await failedIssuance(stage)
      const place = { readerId: READER, insertion: await stage.world.insertion() }
      const ends = await Promise.all([
        retryIssuance(stage.server(), id, place, operator).then(ended),
        turns(later)
          .then(() => retryIssuance(stage.server(), id, place, operator))
          .then(ended),
      ])
      oneWon(ends, 'COMPLETED')
      await checkInvariants(stage, 'issued')
    }
  })

  test('two servers that have both read the card retry at the same moment: one goes on', async () => {
    const stage = await arrange(model, { kind: 'ISSUE' })
    const id = await failedIssuance(stage)
    const gates = [createGate(), createGate()]
    const runs: Promise<string>[] = []
    for (const gate of gates) {
      const place = { readerId: READER, insertion: await stage.world.insertion() }
      runs.push(retryIssuance(stage.server({ store: gatedStore(stage.watch, gate, 2) }), id, place).then(ended))
      await gate.reached
      if (gate === gates[0]) stage.world.readers.remove(READER)
      if (gate === gates[0]) stage.world.readers.insert(READER, stage.card)
    }
    for (const gate of gates) gate.open()
    const ends = await Promise.all(runs)
    expect(ends.filter(end => end === 'IN_PROGRESS_ELSEWHERE')).toHaveLength(1)
    await cardIsBack(stage)
    const [open] = openIssuances(stage)
    if (open) expect(await retry(stage, stage.server(), open.id)).toMatchObject({ state: 'COMPLETED' })
    await checkInvariants(stage, 'issued')
  })

  test('Retry, Cancel and recycle at once: what happens is one after the other, or refused', async () => {
    const orders = [0, 1, 2, 4, 8].flatMap(a => [0, 1, 3, 6].map(b => [a, b] as const))
    for (const [cancelLater, recycleLater] of orders) {
      const stage = await arrange(model, { kind: 'ISSUE' })
      const id = await failedIssuance(stage)
      const place = { readerId: READER, insertion: await stage.world.insertion() }
      const [retried, cancelled, recycled] = await Promise.all([
        retryIssuance(stage.server(), id, place, operator).then(ended),
        turns(cancelLater)
          .then(() => cancelIssuance(stage.server(), id, operator))
          .then(o => (o.ok ? o.value.state : o.code)),
        turns(recycleLater)
          .then(() => recycleDevice(stage.server(), place, operator))
          .then(ended),
      ])
      const say = `Cancel ${cancelLater}, recycle ${recycleLater} turns later: ${retried} ${cancelled} ${recycled}`
      if (retried === 'COMPLETED')
        expect([clear.includes(cancelled as RefusalCode), clear.includes(recycled as RefusalCode)], say).toEqual([
          true,
          true,
        ])
      else expect(clear, say).toContain(retried)
      expect(retried === 'COMPLETED' || cancelled === 'CANCELLED' || recycled === 'COMPLETED', say).toBe(true)
      for (const end of [cancelled, recycled])
        if (!['CANCELLED', 'COMPLETED'].includes(end)) expect(clear, say).toContain(end)
      await checkInvariants(
        stage,
        retried === 'COMPLETED' ? 'issued' : recycled === 'COMPLETED' ? 'blank' : 'cancelled',
      )
    }
  })

  test.each(['request', 'answer'] as const)(
    'the CA hangs on the %s until the issuance was swept and cancelled: no certificate stays valid',
    async where => {
      const stage = await arrange(model, { kind: 'ISSUE' })
      const gate = createGate()
      const slow = stage.server()
      const run = start(stage, { ...slow, authority: gatedAuthority(slow.authority, gate, where) })
      await gate.reached
      stage.world.now += slow.leaseMs + 1
      expect(await sweepAbandoned(stage.server(), false)).toBe(1)
      const [open] = openIssuances(stage)
      expect(open).toMatchObject({ state: 'FAILED', error: { code: 'SERVER_INTERRUPTED' } })
      expect(await cancelIssuance(stage.server(), open?.id ?? '', operator)).toMatchObject({ ok: true })
      await stage.world.settle()
      gate.open()
      await run
      await checkInvariants(stage, 'cancelled')
      expect(deviceOf(stage)).toMatchObject({ state: 'PRODUCED', reason: 'FAILED', userId: null })
    },
  )

  test.each(['request', 'answer'] as const)(
    'the CA hangs on the %s until the card was recycled: the card stays blank',
    async where => {
      const stage = await arrange(model, { kind: 'ISSUE' })
      const gate = createGate()
      const slow = stage.server()
      const run = start(stage, { ...slow, authority: gatedAuthority(slow.authority, gate, where) })
      await gate.reached
      stage.world.readers.remove(READER)
      await cardIsBack(stage)
      stage.world.now += slow.leaseMs + 1
      await sweepAbandoned(stage.server(), false)
      expect(await recycle(stage, stage.server())).toMatchObject({ state: 'COMPLETED' })
      await checkInvariants(stage, 'blank')
      gate.open()
      await run
      await checkInvariants(stage, 'blank')
    },
  )

  test.each(['request', 'answer'] as const)(
    'the CA hangs on the %s until another server has retried: one certificate a slot',
    async where => {
      const stage = await arrange(model, { kind: 'ISSUE' })
      const gate = createGate()
      const slow = stage.server()
      const run = start(stage, { ...slow, authority: gatedAuthority(slow.authority, gate, where) })
      await gate.reached
      stage.world.readers.remove(READER)
      await cardIsBack(stage)
      stage.world.now += slow.leaseMs + 1
      await sweepAbandoned(stage.server(), false)
      const [open] = openIssuances(stage)
      expect(await retry(stage, stage.server(), open?.id ?? '')).toMatchObject({ state: 'COMPLETED' })
      gate.open()
      await run
      await checkInvariants(stage, 'issued')
    },
  )
})
