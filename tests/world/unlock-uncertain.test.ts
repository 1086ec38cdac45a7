import {
  beginUnblock,
  createLocalRunner,
  createSession,
  finishUnblock,
  resetRetryCounter,
  type ScriptResult,
} from '@cardwright/card'
import type { VirtualCard } from '@cardwright/card-virtual'
import { answerUnblock, changeDevice, type PinPorts, recycleDevice, unlockPin } from '@cardwright/core'
import { describe, expect, test } from 'vitest'
import { issue } from './issue.ts'
import { connectWhenFree, deviceIn, elsewhere, helpDesk, issuedCard, onCard, place, stored } from './pins.ts'
import { blankCard, createWorld, operator, type World } from './world.ts'

const unlock = async (world: World, newPin: string, ports: PinPorts = world.ports) =>
  unlockPin(ports, { deviceId: deviceIn(world).id, place: await place(world), typed: { newPin }, by: helpDesk })

/** A call to the help desk whose answer is used, or not: two PUKs come into question then. */
const callFromAfar = async (world: World, use: boolean): Promise<void> => {
  const connection = await connectWhenFree(world)
  const session = createSession(createLocalRunner(connection))
  const { challengeText, state } = await beginUnblock(session, connection.atr)
  const answered = await answerUnblock(world.ports, {
    deviceId: deviceIn(world).id,
    challenge: challengeText,
    by: helpDesk,
  })
  if (!answered.ok) throw new Error(answered.code)
  if (use) await finishUnblock(session, state, answered.value.answer, '730518')
  await connection.close()
}

const uncertain = async (card: VirtualCard, use: boolean): Promise<World> => {
  const world = await createWorld()
  await issuedCard(world, card)
  await callFromAfar(world, use)
  expect(Object.keys(await stored(world)).sort()).toEqual(['PUK CURRENT', 'PUK PENDING'])
  return world
}

/** Somebody has tried PUKs with another program, until so many tries are left. */
const leaveTries = (world: World, card: VirtualCard, left: number): Promise<void> =>
  elsewhere(world, async session => {
    while (onCard(card).pukLeft > left) await session.tryRun(resetRetryCounter('00000000', '730518'))
  })

describe.each([true, false])('two PUKs come into question, the answer from afar was used: %s', use => {
  test.each(['yubikey-5.7', 'yubikey-5.2', 'sp800-73'] as const)('%s: three round trips find out', async model => {
    const card = blankCard(model)
    const world = await uncertain(card, use)
    expect(await unlock(world, '592813')).toMatchObject({ ok: true })
    expect(world.store.auditTrail().at(-1)?.details).toMatchObject({ roundTrips: 3 })
    expect(await stored(world)).toEqual({ 'PUK CURRENT': onCard(card).puk })
  })

  test('a card that tells that one try is left is asked nothing', async () => {
    const card = blankCard('yubikey-5.7')
    const world = await uncertain(card, use)
    await leaveTries(world, card, 1)
    expect(await unlock(world, '592813')).toMatchObject({ ok: false, code: 'CARD_PUK_UNKNOWN' })
    expect(onCard(card).pukLeft).toBe(1)
  })

  test('two tries left: after a wrong guess a person decides about the last one, which is no guess any more', async () => {
    const card = blankCard('sp800-73')
    const world = await uncertain(card, use)
    await leaveTries(world, card, 2)
    const guess = deviceIn(world).version % 2 === 0 ? 'PUK PENDING' : 'PUK CURRENT'
    const isRight = (await stored(world))[guess] === onCard(card).puk
    const first = await unlock(world, '592813')
    expect(first.ok).toBe(isRight)
    if (!first.ok) {
      expect(first.code).toBe('PUK_LAST_TRY')
      expect(onCard(card).pukLeft).toBe(1)
      expect(await stored(world)).toEqual({ 'PUK CURRENT': onCard(card).puk })
      expect(await unlock(world, '592813')).toMatchObject({ ok: true })
    }
    expect(onCard(card)).toMatchObject({ pin: '592813', pukLeft: onCard(card).pukTries })
  })

  test('recycling a card that has no reset finds it too, and it is issued again', async () => {
    const world = await uncertain(blankCard('sp800-73'), use)
    const { id, version } = deviceIn(world)
    const change = { change: 'terminate', reason: 'DAMAGED', note: '' } as const
    await changeDevice(world.ports, { deviceId: id, version, change, by: operator })
    await elsewhere(world, async () => undefined)
    const started = await recycleDevice(world.ports, await place(world), operator)
    if (!started.ok) throw new Error(started.code)
    expect(await started.value.finished).toMatchObject({ state: 'COMPLETED' })
    expect(await stored(world)).toEqual({})
    await elsewhere(world, async () => undefined)
    expect(await issue(world)).toMatchObject({ state: 'COMPLETED' })
  })
})

test('the order of guesses alternates, so that one of two unlocks in a row guesses right', async () => {
  const guesses: number[] = []
  for (const extra of [0, 1]) {
    const card = blankCard('sp800-73')
    const world = await uncertain(card, false)
    for (let i = 0; i < extra; i++) await callFromAfar(world, false)
    let least = onCard(card).pukLeft
    card.onEffect(() => {
      least = Math.min(least, onCard(card).pukLeft)
    })
    await unlock(world, '592813')
    guesses.push(onCard(card).pukTries - least)
  }
  expect(guesses.sort()).toEqual([1, 2])
})

describe('a workstation that answers what was not asked', () => {
  const lies: readonly (readonly [string, (result: ScriptResult) => ScriptResult])[] = [
    ['nothing at all', () => ({ results: [], apdus: 0 })],
    ['too much', result => ({ ...result, results: [...result.results, { data: '', sw: '9000' }] })],
    ['words that are none', result => ({ ...result, results: result.results.map(() => ({ data: '', sw: 'ZZ' })) })],
    ['a stop behind the end', result => ({ ...result, stopped: { step: 9, kind: 'status' } })],
  ]
  test.each(lies)('%s: nothing is believed, no PUK is lost, and the next unlock works', async (_, lie) => {
    const world = await createWorld()
    const card = blankCard('sp800-73')
    await issuedCard(world, card)
    const { gateway } = world.ports
    const open: typeof gateway.open = async request => {
      const link = await gateway.open(request)
      const run: typeof link.run = async script => {
        const result = await link.run(script)
        return script.steps.some(step => step.command === 'piv.reset-retry-counter') ? lie(result) : result
      }
      return { atr: link.atr, roundTrips: 2, run, close: () => link.close() }
    }
    const lying = { ...world.ports, gateway: { ...gateway, open } }
    expect(await unlock(world, '592813', lying)).toMatchObject({ ok: false, code: 'CARD_ANSWER_UNEXPECTED' })
    expect(Object.values(await stored(world))).toContain(onCard(card).puk)
    expect(await unlock(world, '840273')).toMatchObject({ ok: true })
    expect(await stored(world)).toEqual({ 'PUK CURRENT': onCard(card).puk })
  })
})
