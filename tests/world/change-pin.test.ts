import { changePin, getInitialPin } from '@cardwright/core'
import { describe, expect, test } from 'vitest'
import { holds } from '../../apps/server/src/testing/holds.ts'
import {
  actions,
  CHANGE_REFERENCE,
  deviceIn,
  everythingKept,
  exchange,
  helpDesk,
  INS,
  issuedCard,
  onCard,
  place,
  stored,
  stubborn,
} from './pins.ts'
import { blankCard, createWorld, operator, READER, type World } from './world.ts'

const NEW_PIN = '592813'
const holder = { kind: 'user', id: 'u-1', label: 'Anna Beispiel' } as const

const change = async (world: World, pin: string, newPin = NEW_PIN, ports = world.ports) =>
  changePin(ports, { deviceId: deviceIn(world).id, place: await place(world), typed: { pin, newPin }, by: holder })

describe.each(['yubikey-5.7', 'yubikey-5.2', 'sp800-73'] as const)('an issued %s', model => {
  const issued = async () => {
    const world = await createWorld()
    const card = blankCard(model)
    const { deviceId, initialPin } = await issuedCard(world, card)
    return { world, card, deviceId, initialPin }
  }

  test('takes a new PIN from who knows the old one, in two round trips; the initial PIN is told no more (I-10)', async () => {
    const { world, card, deviceId, initialPin } = await issued()
    expect(await change(world, initialPin)).toMatchObject({ ok: true, value: { id: deviceId } })
    expect(onCard(card).pin).toBe(NEW_PIN)
    expect(await getInitialPin(world.ports, deviceId, operator)).toEqual({ ok: true, value: null })
    const record = world.store.auditTrail().find(r => r.action === 'pin.changed')
    expect(record).toMatchObject({ result: 'SUCCESS', actor: holder, details: { roundTrips: 2 } })
    expect(await change(world, NEW_PIN, '840273')).toMatchObject({ ok: true })
    expect(onCard(card).pin).toBe('840273')
    for (const pin of [NEW_PIN, '840273', initialPin]) expect(holds(everythingKept(world), pin)).toBe(false)
    expect(world.causes).toEqual([])
  })

  test('says how many tries are left to a wrong old PIN, and when it is blocked; the initial PIN stays', async () => {
    const { world, card, initialPin } = await issued()
    const kept = await stored(world)
    const { pinLeft } = onCard(card)
    for (let left = pinLeft - 1; left > 0; left--)
      expect(await change(world, '918273')).toEqual({ ok: false, code: 'PIN_WRONG', params: { left } })
    expect(await change(world, '918273')).toMatchObject({ ok: false, code: 'PIN_BLOCKED' })
    expect(await change(world, initialPin)).toMatchObject({ ok: false, code: 'PIN_BLOCKED' })
    expect(await stored(world)).toEqual(kept)
    expect(actions(world).slice(-2)).toEqual(['pin.changed FAILURE PIN_BLOCKED', 'pin.changed FAILURE PIN_BLOCKED'])
    expect(onCard(card)).toMatchObject({ pin: initialPin, pinLeft: 0 })
  })

  test('with PIN rules of its own says so, and another PIN does', async () => {
    const { world, card, initialPin } = await issued()
    const before = onCard(card)
    await exchange(
      world,
      stubborn(card, apdu => (apdu[INS] === CHANGE_REFERENCE ? '6A80' : null)),
    )
    expect(await change(world, initialPin)).toMatchObject({ ok: false, code: 'PIN_REFUSED_BY_CARD' })
    expect(onCard(card)).toEqual(before)
    await exchange(world, card)
    expect(await change(world, initialPin)).toMatchObject({ ok: true })
  })

  test.each(['before', 'after'] as const)('pulled out %s any change: no PIN is told that may be wrong', async when => {
    for (let effect = 1; effect <= 3; effect++) {
      const { world, card, initialPin } = await issued()
      card.cutPowerAfter(effect, when)
      const done = await change(world, initialPin)
      if (done.ok) throw new Error(`the card was not pulled out at ${effect}`)
      expect(done.code).toBe('CARD_REMOVED')
      const { pin } = onCard(card)
      expect([initialPin, NEW_PIN]).toContain(pin)
      expect(await stored(world)).not.toHaveProperty('PIN CURRENT')
      expect(actions(world).at(-1)).toBe('pin.changed FAILURE CARD_REMOVED')
      await world.insert(card)
      expect(await change(world, pin, '840273')).toMatchObject({ ok: true })
    }
  })
})

test('the connection that breaks at the command: audited, and the initial PIN is told no more', async () => {
  const world = await createWorld()
  const { initialPin } = await issuedCard(world, blankCard('sp800-73'))
  const gateway = world.gateway(near => ({
    ...near,
    send: text => {
      if (text.includes('piv.change-pin')) near.close()
      near.send(text)
    },
  }))
  expect(await change(world, initialPin, NEW_PIN, { ...world.ports, gateway })).toMatchObject({ code: 'RELAY_LOST' })
  expect(await stored(world)).not.toHaveProperty('PIN CURRENT')
  expect(actions(world).at(-1)).toBe('pin.changed FAILURE RELAY_LOST')
})

test('a new PIN against the rules, or on another card: nothing is sent to the card', async () => {
  const world = await createWorld()
  const card = blankCard('sp800-73')
  const { initialPin } = await issuedCard(world, card)
  const before = card.effects()
  expect(await change(world, initialPin, '123456')).toMatchObject({ ok: false, code: 'PIN_BREAKS_RULES' })
  expect(card.effects()).toBe(before)
  const other = blankCard('sp800-73', 77)
  await exchange(world, other)
  expect(await change(world, initialPin)).toMatchObject({ ok: false, code: 'CARD_EXCHANGED' })
  expect(other.effects()).toBe(0)
  expect(world.readers.card(READER)).toBe(other)
})

test('what a workstation keeps is only named, and passes through unopened', async () => {
  const world = await createWorld()
  await issuedCard(world, blankCard('sp800-73'))
  const asked: unknown[] = []
  const { gateway } = world.ports
  const watched: typeof gateway = {
    ...gateway,
    open: request => {
      asked.push(request.typed)
      return gateway.open({ ...request, typed: { pin: '918273', newPin: NEW_PIN } })
    },
  }
  const request = { deviceId: deviceIn(world).id, place: await place(world), typed: { kept: 'k-1' }, by: helpDesk }
  expect(await changePin({ ...world.ports, gateway: watched }, request)).toMatchObject({ code: 'PIN_WRONG' })
  expect(asked).toEqual([{ kept: 'k-1' }])
})
