import { getInitialPin, unlockPin } from '@cardwright/core'
import { describe, expect, test } from 'vitest'
import { holds } from '../../apps/server/src/testing/holds.ts'
import { blockPin, deviceIn, everythingKept, helpDesk, issuedCard, onCard, place, stored } from './pins.ts'
import { blankCard, createWorld, operator, type World } from './world.ts'

const NEW_PIN = '592813'

const unlock = async (world: World, newPin = NEW_PIN, ports = world.ports) =>
  unlockPin(ports, {
    deviceId: deviceIn(world).id,
    place: await place(world),
    typed: { newPin },
    by: helpDesk,
  })

describe.each(['yubikey-5.7', 'yubikey-5.2', 'sp800-73'] as const)('an issued %s whose PIN is blocked', model => {
  test('is unlocked in two round trips, and has a PUK that no one has seen before', async () => {
    const world = await createWorld()
    const card = blankCard(model)
    const { deviceId } = await issuedCard(world, card)
    await blockPin(world)
    const before = onCard(card)
    expect(before.pinLeft).toBe(0)

    expect(await unlock(world)).toMatchObject({ ok: true, value: { id: deviceId, state: 'ISSUED' } })
    const after = onCard(card)
    expect(after).toMatchObject({ pin: NEW_PIN, pukLeft: before.pukTries })
    expect(after.pinLeft).toBeGreaterThan(0)
    expect(after.puk).not.toBe(before.puk)
    expect(await stored(world)).toEqual({ 'PUK CURRENT': after.puk })
    expect(world.store.auditTrail().at(-1)).toMatchObject({
      action: 'pin.unlocked',
      result: 'SUCCESS',
      actor: helpDesk,
      details: { roundTrips: 2, freshPuk: true },
    })
    expect(world.causes).toEqual([])
  })

  test('I-10: the initial PIN is not told any more; the new one is nowhere (I-7)', async () => {
    const world = await createWorld()
    const { deviceId, initialPin } = await issuedCard(world, blankCard(model))
    expect(await unlock(world)).toMatchObject({ ok: true })
    expect(await getInitialPin(world.ports, deviceId, operator)).toEqual({ ok: true, value: null })
    expect(holds(everythingKept(world), NEW_PIN)).toBe(false)
    expect(holds(everythingKept(world), initialPin)).toBe(false)
  })
})
