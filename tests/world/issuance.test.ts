import { cancelIssuance, getInitialPin, recycleDevice, retryIssuance } from '@cardwright/core'
import { describe, expect, test } from 'vitest'
import { issue } from './issue.ts'
import { blankCard, createWorld, operator, READER } from './world.ts'

describe.each(['yubikey-5.7', 'yubikey-5.2', 'sp800-73'] as const)('a blank %s', model => {
  test('is issued in four round trips, with four certificates, and its initial PIN can be had', async () => {
    const world = await createWorld()
    await world.insert(blankCard(model))
    const done = await issue(world)
    expect(world.causes, JSON.stringify(done.error)).toEqual([])
    expect(done.state).toBe('COMPLETED')
    expect(done.roundTrips).toBeLessThanOrEqual(4)
    const state = world.store.committed()
    expect([...state.devices.values()][0]).toMatchObject({ state: 'ISSUED', userId: world.user.id })
    expect([...state.credentials.values()].map(c => `${c.slot} ${c.state}`).sort()).toEqual([
      '9A ISSUED',
      '9C ISSUED',
      '9D ISSUED',
      '9E ISSUED',
    ])
    const pin = await getInitialPin(world.ports, done.deviceId, operator)
    expect(pin).toMatchObject({ ok: true, value: expect.stringMatching(/^\d{6}$/) })
  })

  test('issued with requests signed by the card takes one round trip more', async () => {
    const world = await createWorld({ policy: { proofOfPossession: true } })
    await world.insert(blankCard(model))
    const done = await issue(world)
    expect(world.causes, JSON.stringify(done.error)).toEqual([])
    expect(done.roundTrips).toBeLessThanOrEqual(5)
  })

  test('failed, retried, cancelled and recycled comes back blank', async () => {
    const world = await createWorld()
    const card = blankCard(model)
    await world.insert(card)
    card.cutPowerAfter(9, 'after')
    const failed = await issue(world)
    expect(failed).toMatchObject({ state: 'FAILED', error: { code: 'CARD_REMOVED' } })
    const insertion = await world.insert(card)
    const retried = await retryIssuance(world.ports, failed.id, { readerId: READER, insertion })
    if (!retried.ok) throw new Error(retried.code)
    expect(await retried.value.finished).toMatchObject({ state: 'COMPLETED', attempt: 2 })
  })

  test('cancelled on the way is unbound, its certificates end, and recycling makes it blank again', async () => {
    const world = await createWorld()
    const card = blankCard(model)
    await world.insert(card)
    card.cutPowerAfter(15, 'before')
    const failed = await issue(world)
    expect(failed.state).toBe('FAILED')
    const cancelled = await cancelIssuance(world.ports, failed.id, operator)
    expect(cancelled).toMatchObject({ ok: true, value: { state: 'CANCELLED' } })
    expect([...world.store.committed().devices.values()][0]).toMatchObject({
      state: 'PRODUCED',
      reason: 'FAILED',
      userId: null,
    })
    await world.settle()
    const insertion = await world.insert(card)
    const recycled = await recycleDevice(world.ports, { readerId: READER, insertion }, operator)
    if (!recycled.ok) throw new Error(recycled.code)
    const end = await recycled.value.finished
    expect(end.error).toBeNull()
    expect([...world.store.committed().devices.values()][0]).toMatchObject({ state: 'AVAILABLE', reason: 'RECYCLE' })
    expect(await issue(world)).toMatchObject({ state: 'COMPLETED' })
  })
})
