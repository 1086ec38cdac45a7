import { resetRetryCounter, verifyPin } from '@cardwright/card'
import { changeDevice, getInitialPin, openSecret, retryIssuance } from '@cardwright/core'
import { expect, test } from 'vitest'
import { createOffice } from './incident.ts'
import { issue } from './issue.ts'
import { elsewhere, stored } from './pins.ts'
import { blankCard, createWorld, operator, READER, type World } from './world.ts'

const waiting = (world: World) =>
  [...world.store.committed().deliveries.values()].map(d => `${d.kind} ${d.channel}`).sort()
const letters = (world: World) =>
  world.store.outboxMessages().filter(m => m.kind === 'letter.print' || m.kind === 'mail.deliver')
const begin = async () => {
  const world = await createWorld()
  await world.insert(blankCard('yubikey-5.7'))
  return world
}

test('N-1, N-3: as installed, a generated PIN goes out as a letter and the PUK not at all', async () => {
  const world = await begin()
  const issuance = await issue(world)
  expect(issuance).toMatchObject({ state: 'COMPLETED', delivery: { pin: 'PRINT', puk: null } })
  expect(waiting(world)).toEqual(['PIN PRINT'])
  expect(letters(world).map(m => m.kind)).toEqual(['letter.print'])
})

test('N-3: PIN and PUK by their own ways are two deliveries', async () => {
  const world = await begin()
  world.store.setOptions({ CardsPINDeliveryMethod: 'email', CardsPUKDeliveryMethod: 'print' })
  await issue(world)
  expect(waiting(world)).toEqual(['PIN EMAIL', 'PUK PRINT'])
})

test('N-1: "nopin" and "nopuk" send nothing; the PIN stays for Get Initial PIN', async () => {
  const world = await begin()
  world.store.setOptions({ CardsPINDeliveryMethod: 'nopin' })
  const { deviceId } = await issue(world)
  expect(letters(world)).toEqual([])
  const pin = await getInitialPin({ ...world.ports }, deviceId, operator)
  expect(pin).toMatchObject({ ok: true, value: expect.stringMatching(/^\d{6}$/) })
})

test('N-4: with Change PIN at the end nothing is sent at all, whatever the options say', async () => {
  const world = await begin()
  world.store.setSettings({ changePinDuringIssuance: true })
  world.store.setOptions({ CardsPUKDeliveryMethod: 'print' })
  expect(await issue(world)).toMatchObject({ state: 'WAITING_FOR_PIN', delivery: { pin: null, puk: null } })
  expect(letters(world)).toEqual([])
})

test('N-4: a PIN that was typed at the desk is not delivered, nor is its PUK', async () => {
  const world = await begin()
  world.store.setSettings({ pinDisplayMode: 'DISGUISED' })
  world.store.setOptions({ CardsPUKDeliveryMethod: 'print' })
  await issue(world, { pin: '284917' })
  expect(letters(world)).toEqual([])
})

test.each([
  [true, 'WAITING_FOR_PIN', []],
  [false, 'COMPLETED', ['PIN PRINT']],
] as const)(
  'N-4: at a self-issuance with Change PIN = %s, which ends as %s, wait %j',
  async (changePin, state, left) => {
    const world = await begin()
    const self = { mayBind: true, onlyDeviceId: null, changePin }
    expect(await issue(world, { self })).toMatchObject({ state })
    expect(waiting(world)).toEqual(left)
  },
)

test('a Pending card (PRODUCE) gets its letter at once: it travels apart from the card', async () => {
  const world = await begin()
  expect(await issue(world, { kind: 'PRODUCE' })).toMatchObject({ state: 'COMPLETED' })
  expect(waiting(world)).toEqual(['PIN PRINT'])
})

test('N-2: the options at the start count, also when the issuance fails, they are changed, and it is retried', async () => {
  const world = await begin()
  const broken = world.portsWith({
    authority: { ...world.authority, issue: () => Promise.reject(new Error('the CA is away')) },
  })
  const failed = await issue({ ...world, ports: broken } as World)
  expect(failed.state).toBe('FAILED')
  expect(letters(world)).toEqual([])
  world.store.setOptions({ CardsPINDeliveryMethod: 'email' })
  const place = { readerId: READER, insertion: await world.insertion() }
  const retried = await retryIssuance(world.ports, failed.id, place, operator)
  if (!retried.ok) throw new Error(retried.code)
  expect((await retried.value.finished).state).toBe('COMPLETED')
  expect(waiting(world)).toEqual(['PIN PRINT'])
})

test('N-1, N-3: what is stored for the letters is the PIN that the card verifies and the PUK that unblocks it', async () => {
  const world = await begin()
  world.store.setOptions({ CardsPUKDeliveryMethod: 'email' })
  const { deviceId } = await issue(world)
  const brought: Record<string, string> = {}
  for (const { kind, issuanceId } of world.store.committed().deliveries.values()) {
    const secrets = await world.store.transaction(tx => tx.secrets.of(deviceId, kind))
    expect(secrets.map(secret => [secret.stage, secret.issuanceId])).toEqual([['CURRENT', issuanceId]])
    for (const secret of secrets) brought[kind] = await openSecret(world.keys, secret)
  }
  const { PIN = '', PUK = '' } = brought
  await elsewhere(world, async session => {
    await session.run(verifyPin(PIN))
    await session.run(resetRetryCounter(PUK, '592813'))
    await session.run(verifyPin('592813'))
    expect((await session.tryRun(verifyPin(PIN))).stop).toBeDefined()
  })
})

test('N-5: a device that ends before delivery takes its letters with it', async () => {
  const world = await begin()
  world.store.setOptions({ CardsPUKDeliveryMethod: 'print' })
  const { deviceId } = await issue(world)
  const device = await world.store.transaction(tx => tx.devices.get(deviceId))
  const change = { change: 'terminate', reason: 'LOST', note: '' } as const
  const ended = await changeDevice(world.ports, { deviceId, version: device?.version ?? 0, change, by: operator })
  expect([ended.ok, waiting(world)]).toEqual([true, []])
})

test.each([
  ['LOST', [], []],
  ['STOLEN', [], []],
  ['FORGOTTEN', ['PIN PRINT', 'PUK EMAIL'], ['PIN CURRENT']],
  ['DAMAGED', ['PIN PRINT', 'PUK EMAIL'], ['PIN CURRENT']],
] as const)('N-5: of a device that is declared %s wait %j, and of its PIN is stored %j', async (reason, left, kept) => {
  const office = await createOffice()
  const { world } = office
  world.store.setOptions({ CardsPUKDeliveryMethod: 'email' })
  const { id } = await office.issue()
  expect(waiting(world)).toEqual(['PIN PRINT', 'PUK EMAIL'])
  await office.declare(id, reason)
  expect(waiting(world)).toEqual(left)
  expect(Object.keys(await stored(world)).filter(name => name.startsWith('PIN'))).toEqual(kept)
})
