import type { VirtualCard } from '@cardwright/card-virtual'
import { recycleDevice, retryIssuance, setHolderPin, startIssuance } from '@cardwright/core'
import { describe, expect, test } from 'vitest'
import { issue, request } from './issue.ts'
import { blankCard, createWorld, operator, READER, type World } from './world.ts'

const other = { kind: 'operator', id: 'op-2', label: 'Otto Other' } as const

const retry = async (world: World, id: string, card: VirtualCard, by = operator) => {
  const insertion = world.readers.card(READER) ? await world.insertion() : await world.insert(card)
  return retryIssuance(world.ports, id, { readerId: READER, insertion }, by)
}

const retried = async (world: World, id: string, card: VirtualCard, by = operator) => {
  const started = await retry(world, id, card, by)
  if (!started.ok) throw new Error(started.code)
  return started.value.finished
}

/** A plain card whose maker printed a PUK of its own: no way to know it, none to reset it. */
const withStrangePuk = () => blankCard('sp800-73', 42, undefined, { puk: '97531864' })

describe('a plain card with a PUK that nobody told us', () => {
  test('is refused, keeps tries for a person, and no retry spends another', async () => {
    const world = await createWorld()
    const card = withStrangePuk()
    await world.insert(card)
    const failed = await issue(world)
    expect(failed).toMatchObject({ state: 'FAILED', error: { code: 'CARD_NOT_BLANK' } })
    const left = card.state().piv.puk.left
    for (let i = 0; i < 4; i++)
      expect(await retried(world, failed.id, card)).toMatchObject({ error: { code: 'CARD_PUK_UNKNOWN' } })
    expect(card.state().piv.puk.left).toBe(left)
    expect(left).toBeGreaterThan(1)
  })
})

describe('I-13: the card of an attempt is the card of the next', () => {
  test('a failed recycle that is retried erases no other card', async () => {
    const world = await createWorld()
    const card = blankCard('yubikey-5.7', 111)
    const insertion = await world.insert(card)
    card.cutPowerAfter(2, 'before')
    const started = await recycleDevice(world.ports, { readerId: READER, insertion }, operator)
    if (!started.ok) throw new Error(started.code)
    const failed = await started.value.finished
    expect(failed.state).toBe('FAILED')
    const somebodys = blankCard('yubikey-5.7', 222)
    const there = await world.insert(somebodys)
    const before = somebodys.effects()
    const again = await recycleDevice(world.ports, { readerId: READER, insertion: there }, operator, failed)
    expect(again).toMatchObject({ ok: false, code: 'CARD_EXCHANGED' })
    expect(somebodys.effects()).toBe(before)
  })

  test('a card that was reset by hand in between is written anew, and loses no try', async () => {
    const world = await createWorld()
    const card = blankCard('yubikey-5.7')
    await world.insert(card)
    card.cutPowerAfter(16, 'after')
    const failed = await issue(world)
    const insertion = await world.insert(card)
    const recycled = await recycleDevice(
      { ...world.ports, store: (await createWorld()).store },
      { readerId: READER, insertion },
      operator,
    )
    if (!recycled.ok) throw new Error(recycled.code)
    await recycled.value.finished
    expect(await retried(world, failed.id, card)).toMatchObject({ state: 'COMPLETED' })
  })
})

describe('a card that tells nothing of itself', () => {
  const mute = () => blankCard('sp800-73', 7, undefined, { quirks: { tellsNoLifeCycle: true } })

  test('is known by the GUID it is given: issued once, recognised after', async () => {
    const world = await createWorld()
    await world.insert(mute())
    const done = await issue(world)
    expect(done.error).toBeNull()
    expect(done.state).toBe('COMPLETED')
    expect(await startIssuance(world.ports, await request(world))).toMatchObject({
      ok: false,
      code: 'CARD_ALREADY_ISSUED',
    })
    expect([...world.store.committed().devices.values()]).toHaveLength(1)
  })

  test.each([1, 2, 4, 8, 12, 16])('cut after change %i it is found again by retry and by recycle', async n => {
    const world = await createWorld()
    const card = mute()
    await world.insert(card)
    card.cutPowerAfter(n, 'after')
    const failed = await issue(world)
    expect(failed.state).toBe('FAILED')
    expect(await retried(world, failed.id, card)).toMatchObject({ state: 'COMPLETED' })
    expect([...world.store.committed().devices.values()]).toHaveLength(1)
  })
})

describe('keys of other makers', () => {
  test('a Nitrokey is issued, recycled and issued again, and two of them are two devices', async () => {
    const world = await createWorld()
    world.store.setOptions({ CardsMultipleActive: true })
    const quirks = { quirks: { speaksLikeNitrokey: true } }
    const one = blankCard('yubikey-5.2', 31, undefined, quirks)
    await world.insert(one)
    const done = await issue(world)
    expect(done.error).toBeNull()
    expect(done.state).toBe('COMPLETED')
    world.readers.remove(READER)
    await world.insert(blankCard('yubikey-5.2', 32, undefined, quirks))
    expect(await issue(world)).toMatchObject({ state: 'COMPLETED' })
    expect([...world.store.committed().devices.values()]).toHaveLength(2)
  })

  test('where a key in 9D cannot sign, the others still prove themselves', async () => {
    const world = await createWorld({ policy: { proofOfPossession: true } })
    await world.insert(blankCard('sp800-73', 9, undefined, { quirks: { keyManagementKeysOnlyAgree: true } }))
    const done = await issue(world)
    expect(done.error).toBeNull()
    expect(done.steps.filter(step => step.name === 'sign-request').map(step => step.params.slot)).toEqual([
      '9A',
      '9C',
      '9E',
    ])
  })
})

describe('who did it', () => {
  test('a retry and what follows from it are recorded as done by who retried', async () => {
    const world = await createWorld()
    const card = blankCard('yubikey-5.7')
    await world.insert(card)
    card.cutPowerAfter(9, 'after')
    const failed = await issue(world)
    await retried(world, failed.id, card, other)
    const last = world.store.auditTrail().filter(f => f.action === 'device.issued' || f.action === 'credential.issued')
    expect(last.length).toBe(5)
    expect(last.every(f => f.actor.id === other.id)).toBe(true)
  })

  test('a user who was disabled meanwhile gets no card by a retry', async () => {
    const world = await createWorld()
    const card = blankCard('yubikey-5.7')
    await world.insert(card)
    card.cutPowerAfter(9, 'after')
    const failed = await issue(world)
    world.store.addUser({ ...world.user, status: 'DISABLED' })
    expect(await retry(world, failed.id, card)).toMatchObject({ ok: false, code: 'USER_DISABLED' })
  })
})

test('I-7: the holder’s PIN can be set after any lost answer of the attempt before', async () => {
  const world = await createWorld()
  world.store.setOptions({ CardsMultipleActive: true })
  world.store.setSettings({ changePinDuringIssuance: true })
  const counting = blankCard('yubikey-5.7')
  await world.insert(counting)
  const before = counting.effects()
  await issue(world)
  const places = counting.effects() - before
  world.readers.remove(READER)
  for (let n = 1; n <= places; n++) {
    const card = blankCard('yubikey-5.7', 1000 + n)
    await world.insert(card)
    card.cutPowerAfter(n, 'after')
    const first = await issue(world)
    const waiting = first.state === 'FAILED' ? await retried(world, first.id, card) : first
    expect(waiting, `cut after ${n}`).toMatchObject({ state: 'WAITING_FOR_PIN' })
    if (!world.readers.card(READER)) await world.insert(card)
    const place = { readerId: READER, insertion: await world.insertion() }
    expect(await setHolderPin(world.ports, waiting.id, place, { newPin: '739142' }), `cut after ${n}`).toMatchObject({
      ok: true,
      value: { state: 'COMPLETED' },
    })
    world.readers.remove(READER)
  }
  expect(places).toBeGreaterThan(10)
})
