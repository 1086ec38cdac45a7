import type { CardConnection } from '@cardwright/card'
import { beginUnblock, createLocalRunner, createSession, finishUnblock, type UnblockState } from '@cardwright/card'
import type { VirtualCard } from '@cardwright/card-virtual'
import { answerUnblock, getInitialPin, unlockPin } from '@cardwright/core'
import { describe, expect, test } from 'vitest'
import { holds } from '../../apps/server/src/testing/holds.ts'
import {
  actions,
  blockPin,
  connectWhenFree,
  deviceIn,
  everythingKept,
  exchange,
  helpDesk,
  issuedCard,
  onCard,
  place,
  stored,
} from './pins.ts'
import { blankCard, createWorld, operator, READER, type World } from './world.ts'

const NEW_PIN = '592813'

/** A user at home: a program without key and server, a card, and somebody on the telephone. */
const atHome = async (world: World) => {
  const connection: CardConnection = await connectWhenFree(world)
  const session = createSession(createLocalRunner(connection))
  const { challengeText, state } = await beginUnblock(session, connection.atr)
  return {
    challengeText,
    state,
    finish: (answer: string, pin = NEW_PIN) => finishUnblock(session, state, answer, pin),
    leave: () => connection.close(),
  }
}

const ask = (world: World, challenge: string) =>
  answerUnblock(world.ports, { deviceId: deviceIn(world).id, challenge, by: helpDesk })

const answered = async (world: World, challenge: string): Promise<string> => {
  const done = await ask(world, challenge)
  if (!done.ok) throw new Error(done.code)
  return done.value.answer
}

type Use = 'wholly' | 'not at all' | 'up to the new PIN'

/** One call to the help desk, and what became of the answer. */
const call = async (world: World, card: VirtualCard, use: Use, pin = NEW_PIN): Promise<void> => {
  if (!world.readers.card(READER)) await world.insert(card)
  const home = await atHome(world)
  const answer = await answered(world, home.challengeText)
  if (use === 'wholly') await home.finish(answer, pin)
  if (use === 'up to the new PIN') {
    let said = false
    const quiet = card.onEffect(() => {
      if (!said && onCard(card).pin === pin) card.powerOff()
      said ||= onCard(card).pin === pin
    })
    await home.finish(answer, pin).catch(() => undefined)
    quiet()
    if (onCard(card).pin !== pin) throw new Error('the PIN was not set')
  }
  await home.leave()
  if (use === 'up to the new PIN') await exchange(world, card)
}

const issuedWorld = async (card: VirtualCard) => {
  const world = await createWorld()
  const { initialPin } = await issuedCard(world, card)
  await blockPin(world)
  return { world, card, initialPin }
}

describe.each(['yubikey-5.7', 'yubikey-5.2', 'sp800-73'] as const)('a user far away with an issued %s', model => {
  test('gets a new PIN; the PUK that was spoken of in masked form is on no card any more', async () => {
    const { world, card, initialPin } = await issuedWorld(blankCard(model))
    const before = onCard(card)
    expect(before.pinLeft).toBe(0)
    await call(world, card, 'wholly')
    const after = onCard(card)
    expect(after).toMatchObject({ pin: NEW_PIN, pukLeft: before.pukTries })
    expect(after.puk).not.toBe(before.puk)
    // Nobody tells the server, so it reckons with both.
    expect(await stored(world)).toEqual({ 'PUK CURRENT': before.puk, 'PUK PENDING': after.puk })
    expect(actions(world).at(-1)).toBe('pin.unblock-answered SUCCESS')
    expect(world.store.auditTrail().at(-1)?.actor).toEqual(helpDesk)
    expect(await getInitialPin(world.ports, deviceIn(world).id, operator)).toEqual({ ok: true, value: null })
    for (const secret of [NEW_PIN, initialPin, before.puk, after.puk])
      expect(holds(everythingKept(world), secret)).toBe(false)
  })

  const stories: readonly (readonly Use[])[] = [
    ['not at all'],
    ['up to the new PIN'],
    ['wholly'],
    ['not at all', 'not at all', 'not at all', 'not at all'],
    ['not at all', 'wholly'],
    ['up to the new PIN', 'wholly'],
    ['wholly', 'wholly', 'wholly', 'wholly'],
    ['wholly', 'not at all', 'up to the new PIN', 'wholly', 'not at all'],
    ['up to the new PIN', 'up to the new PIN', 'up to the new PIN'],
  ]
  test.each(stories.map(uses => [uses.join(', '), uses] as const))(
    'answers used %s: a card at a reader is unlocked then',
    async (_, uses) => {
      const { world, card } = await issuedWorld(blankCard(model))
      for (const [i, use] of uses.entries()) {
        const pin = `59281${i}`
        await call(world, card, use, pin)
        if (use !== 'not at all') expect(onCard(card).pin).toBe(pin)
        const { puk, pukLeft } = onCard(card)
        expect(Object.values(await stored(world))).toContain(puk)
        expect(pukLeft).toBeGreaterThan(1)
      }
      const request = {
        deviceId: deviceIn(world).id,
        place: await place(world),
        typed: { newPin: '840273' },
        by: helpDesk,
      }
      expect(await unlockPin(world.ports, request)).toMatchObject({ ok: true })
      const { pin, puk, pukLeft, pukTries } = onCard(card)
      expect({ pin, pukLeft }).toEqual({ pin: '840273', pukLeft: pukTries })
      expect(await stored(world)).toEqual({ 'PUK CURRENT': puk })
      // And after that the next call begins anew.
      await call(world, card, 'wholly', '730518')
      expect(onCard(card).pin).toBe('730518')
    },
  )
})

describe('the help desk', () => {
  const setting = () => issuedWorld(blankCard('yubikey-5.7'))

  test('is told in which group it mistyped, and nothing is stored or wiped for that', async () => {
    const { world } = await setting()
    const kept = await stored(world)
    const { challengeText, leave } = await atHome(world)
    const slip = challengeText.replace(/.$/, last => (last === '0' ? '1' : '0'))
    expect(await ask(world, slip)).toMatchObject({ ok: false, code: 'CHALLENGE_MISTYPED', params: { groups: '7' } })
    expect(await ask(world, 'hello')).toMatchObject({ ok: false, code: 'CHALLENGE_MISTYPED' })
    expect(await stored(world)).toEqual(kept)
    await leave()
  })

  test('who answers for another device spends no try of the user’s card and spoils nothing', async () => {
    const { world, card } = await setting()
    const other = await issuedWorld(blankCard('yubikey-5.7', 4711))
    const home = await atHome(other.world)
    const before = onCard(other.card)
    const wrong = await answered(world, home.challengeText)
    await expect(home.finish(wrong)).rejects.toMatchObject({ code: 'ANSWER_REFUSED' })
    await home.leave()
    expect(onCard(other.card)).toEqual(before)
    await call(other.world, other.card, 'wholly')
    await call(world, card, 'wholly')
    expect(onCard(other.card).pin).toBe(NEW_PIN)
    expect(onCard(card).pin).toBe(NEW_PIN)
  })

  test('two who answer one challenge at once give two answers that both work out', async () => {
    const { world, card } = await setting()
    const home = await atHome(world)
    const both = await Promise.all([ask(world, home.challengeText), ask(world, home.challengeText)])
    const answers = both.flatMap(o => (o.ok ? [o.value.answer] : []))
    expect(answers.length).toBeGreaterThan(0)
    await home.finish(answers[0] ?? '')
    expect(Object.values(await stored(world))).toContain(onCard(card).puk)
    await home.leave()
  })

  test('is refused for devices that are not active, not ours by key, or whose key is of another kind', async () => {
    const { world } = await setting()
    const { challengeText, leave } = await atHome(world)
    const device = deviceIn(world)
    const put = (change: Partial<typeof device>) =>
      world.store.transaction(async tx => {
        const now = await tx.devices.get(device.id)
        if (now) await tx.devices.save({ ...now, ...change })
      })
    await put({ administrationKey: null })
    expect(await ask(world, challengeText)).toMatchObject({ ok: false, code: 'UNBLOCK_NEEDS_OWN_KEY' })
    await put({ administrationKey: { kind: 'individual', identity: device.identity, version: 1, algorithm: '3DES' } })
    expect(await ask(world, challengeText)).toMatchObject({ ok: false, code: 'CHALLENGE_OF_OTHER_CARD' })
    await put({ administrationKey: device.administrationKey, state: 'INVALID' })
    expect(await ask(world, challengeText)).toMatchObject({ ok: false, code: 'WRONG_STATE' })
    await put({ state: 'ISSUED' })
    world.store.addUser({ ...world.user, status: 'DISABLED' })
    expect(await ask(world, challengeText)).toMatchObject({ ok: false, code: 'USER_DISABLED' })
    await leave()
  })

  test('what is said on the telephone differs each time and holds no PUK', async () => {
    const { world, card } = await setting()
    const { puk } = onCard(card)
    const said: string[] = []
    for (let i = 0; i < 5; i++) {
      const home = await atHome(world)
      said.push(home.challengeText, await answered(world, home.challengeText))
      await home.leave()
    }
    expect(new Set(said).size).toBe(said.length)
    expect(said.join().replaceAll('-', '')).not.toContain(puk)
  })
})

/** Kept so that the state that crosses the program of the workstation stays what it is told to be. */
test('the workstation keeps nothing secret between challenge and answer', async () => {
  const { world } = await issuedWorld(blankCard('sp800-73'))
  const { state, leave } = await atHome(world)
  const names: readonly (keyof UnblockState)[] = ['algorithm', 'witness', 'witnessForm']
  expect(Object.keys(state).sort()).toEqual([...names].sort())
  await leave()
})
