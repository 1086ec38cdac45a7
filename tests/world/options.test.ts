import { getInitialPin, requestIssuance, retryIssuance } from '@cardwright/core'
import { describe, expect, test } from 'vitest'
import { createOffice, DAY, helpDesk, type Office, typeOf } from './incident.ts'
import { issue } from './issue.ts'
import { onCard, stored } from './pins.ts'
import { pivPolicy } from './policies.ts'
import { blankCard, createWorld, operator, READER } from './world.ts'

describe('N-3 CardsPINLength: the generated PIN', () => {
  const { pin } = pivPolicy
  test.each([
    ['6', {}, /^\d{6}$/],
    ['4', {}, /^\d{6}$/],
    ['6', { minLength: 8 }, /^\d{8}$/],
  ] as const)('%s with a policy of %j', async (CardsPINLength, lengths, expected) => {
    const world = await createWorld({ policy: { pin: { ...pin, rules: { ...pin.rules, ...lengths } } } })
    world.store.setOptions({ CardsPINLength })
    await world.insert(blankCard('yubikey-5.7'))
    const done = await issue(world)
    expect(world.causes).toEqual([])
    expect(await getInitialPin(world.ports, done.deviceId, operator)).toMatchObject({
      ok: true,
      value: expect.stringMatching(expected),
    })
  })
})

test('N-3 CardsPUKLength: each card has a PUK of its own with 8 digits, on the card as it is stored', async () => {
  const puks: (string | undefined)[] = []
  for (const serial of [1, 2]) {
    const world = await createWorld()
    const card = blankCard('yubikey-5.7', serial)
    await world.insert(card)
    await issue(world)
    puks.push((await stored(world))['PUK CURRENT'])
    expect(onCard(card).puk).toBe(puks.at(-1))
  }
  expect(puks).toEqual([expect.stringMatching(/^\d{8}$/), expect.stringMatching(/^\d{8}$/)])
  expect(puks[0]).not.toBe(puks[1])
})

describe('N-3 CardsRequestApproval false: what would wait is approved as it is made, and the audit says so', () => {
  const audited = (office: Office, action: string) =>
    office.world.store
      .committed()
      .audit.filter(record => record.action === action)
      .map(record => [record.actor.label, record.details.note])

  test('validated issuance', async () => {
    const office = await createOffice({ policy: { approval: 'REQUIRED' } })
    const { policy, user, ports, store } = office.world
    const ask = async () => {
      const asked = await requestIssuance(ports, { userId: user.id, policyId: policy.id, note: '', by: helpDesk })
      if (!asked.ok) throw new Error(asked.code)
      return asked.value
    }
    const waiting = await ask()
    expect(waiting).toMatchObject({ state: 'PENDING_APPROVAL', decidedBy: null })
    await office.decide('cancel', waiting.id)
    store.setOptions({ CardsRequestApproval: false })
    expect(await office.tryIssue()).toMatchObject({ ok: false, code: 'APPROVAL_NEEDED' })
    const request = await ask()
    expect(request).toMatchObject({ state: 'APPROVED', decidedBy: { kind: 'system' } })
    expect(audited(office, 'request.approved')).toEqual([['Cardwright', 'CardsRequestApproval = false']])
    expect(await office.issue()).toMatchObject({ state: 'ISSUED', requestId: request.id })
  })

  test('a replacement that a user asks for, or an operator for themselves', async () => {
    const office = await createOffice()
    office.world.store.setOptions({ CardsRequestApproval: false })
    const device = await office.issue()
    const request = await office.declare(device.id, 'DAMAGED', 'USER_LOCAL', office.holder)
    expect(request).toMatchObject({ state: 'APPROVED', decidedBy: { kind: 'system' } })
    const replaced = await office.replace(request)
    const own = { ...office.holder, kind: 'operator' } as const
    expect(await office.declare(replaced.id, 'DAMAGED', 'HELP_DESK_SELF', own)).toMatchObject({ state: 'APPROVED' })
    expect(audited(office, 'request.approved')).toHaveLength(2)
  })

  test('N-2: what waits already goes on waiting', async () => {
    const office = await createOffice()
    const device = await office.issue()
    const request = await office.declare(device.id, 'DAMAGED', 'USER_LOCAL', office.holder)
    office.world.store.setOptions({ CardsRequestApproval: false })
    expect(await office.tryIssue({ type: typeOf(request), requestId: request.id })).toMatchObject({
      code: 'REQUEST_WRONG_STATE',
    })
    await office.decide('approve', request.id)
    expect(await office.replace(office.request(request.id))).toMatchObject({ state: 'ISSUED' })
  })
})

describe('N-2: saving changes later issuances only', () => {
  test('TempCardsValidityDays and CardsPINLength of an issuance that has begun stay, over a retry too', async () => {
    const office = await createOffice()
    const { ports, store, readers } = office.world
    store.setOptions({ TempCardsValidityDays: 5, CardsPINLength: '6' })
    const device = await office.issue()
    const request = await office.declare(device.id, 'FORGOTTEN')
    await office.newCard()
    const card = readers.card(READER)
    card?.cutPowerAfter(9, 'after')
    const failed = await office.tryIssue({ type: typeOf(request), requestId: request.id })
    if (!failed.ok) throw new Error(failed.code)
    expect(failed.value).toMatchObject({ state: 'FAILED' })
    store.setOptions({ TempCardsValidityDays: 60 })
    if (card) await office.world.insert(card)
    const place = { readerId: READER, insertion: await office.world.insertion() }
    const retried = await retryIssuance(ports, failed.value.id, place, operator)
    if (!retried.ok) throw new Error(retried.code)
    const done = await retried.value.finished
    expect(done).toMatchObject({ state: 'COMPLETED', attempt: 2 })
    expect(office.device(done.deviceId).expiresAt).toBe(done.startedAt + 5 * DAY)
  })

  test('CardsMultipleActive: a second device needs it when its issuance begins; later it stays, and is the last', async () => {
    const office = await createOffice()
    const { store } = office.world
    const first = await office.issue()
    expect(await office.tryIssue()).toMatchObject({ ok: false, code: 'USER_HAS_DEVICE' })
    store.setOptions({ CardsMultipleActive: true })
    const second = await office.issue()
    store.setOptions({ CardsMultipleActive: false })
    expect([first, second].map(({ id }) => office.device(id).state)).toEqual(['ISSUED', 'ISSUED'])
    expect(await office.tryIssue()).toMatchObject({ ok: false, code: 'USER_HAS_DEVICE' })
  })
})
