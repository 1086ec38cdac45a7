import { bytesToHex, changePuk, resetRetryCounter } from '@cardwright/card'
import type { VirtualCard } from '@cardwright/card-virtual'
import { changeDevice, setHolderPin, unlockPin } from '@cardwright/core'
import { describe, expect, test } from 'vitest'
import { issue } from './issue.ts'
import {
  actions,
  blockPin,
  CHANGE_REFERENCE,
  deviceIn,
  elsewhere,
  exchange,
  helpDesk,
  INS,
  issuedCard,
  onCard,
  place,
  RESET_COUNTER,
  stored,
  stubborn,
} from './pins.ts'
import { blankCard, createWorld, operator, type World } from './world.ts'

const NEW_PIN = '592813'

const unlock = async (world: World, newPin = NEW_PIN) =>
  unlockPin(world.ports, {
    deviceId: deviceIn(world).id,
    place: await place(world),
    typed: { newPin },
    by: helpDesk,
  })

const issuedWorld = async (card: VirtualCard = blankCard('sp800-73')) => {
  const world = await createWorld()
  await issuedCard(world, card)
  return { world, card }
}

const terminated = async (world: World) => {
  const { id, version } = deviceIn(world)
  const change = { change: 'terminate', reason: 'LOST', note: '' } as const
  await changeDevice(world.ports, { deviceId: id, version, change, by: operator })
}

describe('a device whose PIN is not to be set', () => {
  test('ended, Pending, waiting for its first PIN, of a disabled user, unknown: refused before the card is asked', async () => {
    const ended = await issuedWorld()
    await terminated(ended.world)
    expect(await unlock(ended.world)).toMatchObject({ ok: false, code: 'WRONG_STATE', params: { state: 'TERMINATED' } })

    const pending = await createWorld()
    await pending.insert(blankCard('sp800-73'))
    await issue(pending, { kind: 'PRODUCE' })
    expect(await unlock(pending)).toMatchObject({ ok: false, code: 'WRONG_STATE', params: { state: 'PRODUCED' } })

    const waiting = await createWorld()
    waiting.store.setSettings({ changePinDuringIssuance: true })
    await waiting.insert(blankCard('sp800-73'))
    const { id } = await issue(waiting)
    expect(await unlock(waiting)).toMatchObject({ ok: false, code: 'WRONG_STATE' })
    expect(await setHolderPin(waiting.ports, id, await place(waiting), { newPin: NEW_PIN })).toMatchObject({ ok: true })

    const { world, card } = await issuedWorld()
    world.store.addUser({ ...world.user, status: 'DISABLED' })
    expect(await unlock(world)).toMatchObject({ ok: false, code: 'USER_DISABLED' })
    const unknown = { deviceId: 'nobody', place: await place(world), typed: { newPin: NEW_PIN }, by: helpDesk }
    expect(await unlockPin(world.ports, unknown)).toMatchObject({ ok: false, code: 'NOT_FOUND' })
    expect(onCard(card).pin).not.toBe(NEW_PIN)
  })

  test('a PIN against the policy’s rules never reaches the card', async () => {
    const { world, card } = await issuedWorld()
    const before = card.effects()
    expect(await unlock(world, '111111')).toMatchObject({ ok: false, code: 'PIN_BREAKS_RULES' })
    expect(card.effects()).toBe(before)
  })

  test('another card in the reader is left alone', async () => {
    const { world } = await issuedWorld()
    const other = blankCard('sp800-73', 77)
    await exchange(world, other)
    const before = other.effects()
    expect(await unlock(world)).toMatchObject({ ok: false, code: 'CARD_EXCHANGED' })
    expect(other.effects()).toBe(before)
  })
})

test('a card that is known by its GUID alone is unlocked too', async () => {
  const { world, card } = await issuedWorld(blankCard('sp800-73', 1, undefined, { quirks: { tellsNoLifeCycle: true } }))
  expect(await unlock(world)).toMatchObject({ ok: true })
  expect(onCard(card).pin).toBe(NEW_PIN)
})

describe.each(['yubikey-5.7', 'yubikey-5.2', 'sp800-73'] as const)('%s', model => {
  test('whose PUK another program changed loses one try and never a second', async () => {
    const { world, card } = await issuedWorld(blankCard(model))
    const { puk } = onCard(card)
    await elsewhere(world, async session => void (await session.run(changePuk(puk, '86420975'))))
    const { pukTries } = onCard(card)
    expect(await unlock(world)).toMatchObject({ ok: false, code: 'PUK_NOT_OURS' })
    for (let i = 0; i < 3; i++) expect(await unlock(world)).toMatchObject({ ok: false, code: 'PUK_NOT_OURS' })
    expect(onCard(card)).toMatchObject({ puk: '86420975', pukLeft: pukTries - 1 })
    expect(actions(world).filter(a => a.startsWith('pin.unlocked'))).toEqual(['pin.unlocked FAILURE PUK_NOT_OURS'])
    expect(await stored(world)).toMatchObject({ 'PUK PENDING': puk })
  })

  test('whose PUK is blocked says so', async () => {
    const { world } = await issuedWorld(blankCard(model))
    await blockPin(world)
    await elsewhere(world, async session => {
      for (let i = 0; i < 16; i++) await session.tryRun(resetRetryCounter('00000000', NEW_PIN))
    })
    expect(await unlock(world)).toMatchObject({ ok: false, code: 'CARD_PUK_BLOCKED' })
    expect(await unlock(world)).toMatchObject({ ok: false, code: 'CARD_PUK_BLOCKED' })
  })

  test('with PIN rules of its own refuses the PIN: no try and no initial PIN is lost, and another PIN does', async () => {
    const { world, card } = await issuedWorld(blankCard(model))
    const [before, kept] = [onCard(card), await stored(world)]
    await exchange(
      world,
      stubborn(card, apdu => (apdu[INS] === RESET_COUNTER ? '6985' : null)),
    )
    for (let i = 0; i < 4; i++)
      expect(await unlock(world)).toMatchObject({
        ok: false,
        code: 'PIN_REFUSED_BY_CARD',
        params: { meaning: expect.stringContaining('PIN') },
      })
    expect(onCard(card)).toEqual(before)
    expect(await stored(world)).toEqual(kept)
    await exchange(world, card)
    expect(await unlock(world)).toMatchObject({ ok: true })
  })

  test('that keeps its PUK is unlocked all the same, and its PUK stays known', async () => {
    const { world, card } = await issuedWorld(blankCard(model))
    const { puk } = onCard(card)
    await exchange(
      world,
      stubborn(card, apdu => (apdu[INS] === CHANGE_REFERENCE ? '6A81' : null)),
    )
    expect(await unlock(world)).toMatchObject({ ok: true })
    expect(onCard(card)).toMatchObject({ puk, pin: NEW_PIN })
    expect(await stored(world)).toEqual({ 'PUK CURRENT': puk })
    expect(world.store.auditTrail().at(-1)?.details).toMatchObject({ freshPuk: false })
  })

  test('two who unlock it at once: both are told something true, and the PUK stays known', async () => {
    const { world, card } = await issuedWorld(blankCard(model))
    const outcomes = await Promise.all([unlock(world), unlock(world, '840273')])
    const codes = outcomes.map(o => (o.ok ? 'ok' : o.code)).sort()
    expect(codes).toEqual(['CARD_IN_USE', 'ok'])
    const { puk, pin } = onCard(card)
    expect([NEW_PIN, '840273']).toContain(pin)
    expect(await stored(world)).toEqual({ 'PUK CURRENT': puk })
  })
})

test('I-7: the scripts have a gap where the PIN belongs', async () => {
  const { world } = await issuedWorld()
  const scripts: string[] = []
  const gateway = world.gateway(near => ({
    ...near,
    send: text => {
      if (!text.includes('"open"')) scripts.push(text)
      near.send(text)
    },
  }))
  const request = { deviceId: deviceIn(world).id, place: await place(world), typed: { newPin: NEW_PIN }, by: helpDesk }
  expect(await unlockPin({ ...world.ports, gateway }, request)).toMatchObject({ ok: true })
  expect(scripts.join()).toContain('piv.reset-retry-counter')
  expect(scripts.join()).not.toContain(NEW_PIN)
  expect(scripts.join()).not.toContain(bytesToHex(new TextEncoder().encode(NEW_PIN)))
})
