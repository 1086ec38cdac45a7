import { changeDevice, getInitialPin, logInWithDevice } from '@cardwright/core'
import { expect, test } from 'vitest'
import { issue } from './issue.ts'
import { blankCard, createWorld, operator, READER, type World } from './world.ts'

const issued = async (model: Parameters<typeof blankCard>[0] = 'yubikey-5.7', serial?: number) => {
  const world = await createWorld()
  const card = blankCard(model, serial)
  await world.insert(card)
  const done = await issue(world)
  const pin = await getInitialPin(world.ports, done.deviceId, operator)
  if (!pin.ok || pin.value === null) throw new Error('the card was not issued')
  return { world, card, deviceId: done.deviceId, pin: pin.value }
}
const logIn = async (world: World, pin: string, ports = world.ports) =>
  logInWithDevice(ports, {
    readerId: READER,
    insertion: await world.insertion(),
    typed: { pin },
    serverUrl: 'https://cards.example',
    visit: 'visit-1',
  })
const records = (world: World) =>
  world.store
    .committed()
    .audit.filter(fact => fact.action.startsWith('user.log'))
    .map(fact => [fact.action, fact.reason])

test.each(['yubikey-5.7', 'yubikey-5.2', 'sp800-73'] as const)(
  'U-13: the holder of a working %s logs in with its PIN, in two round trips, and it is audited',
  async model => {
    const { world, pin, deviceId } = await issued(model)
    let runs = 0
    const gateway = world.gateway(channel => ({
      ...channel,
      send: text => {
        if (JSON.parse(text).type === 'run') runs++
        channel.send(text)
      },
    }))
    const done = await logIn(world, pin, world.portsWith({ gateway }))
    expect(done).toMatchObject({ ok: true, value: { user: { id: world.user.id }, device: { id: deviceId } } })
    expect(runs).toBe(2)
    expect(records(world)).toEqual([['user.logged-in', null]])
  },
)

test('a wrong PIN says how many tries are left, is audited, and the last one blocks', async () => {
  const { world } = await issued()
  const left: unknown[] = []
  for (let i = 0; i < 5; i++) {
    const refused = await logIn(world, '480213')
    left.push(refused.ok ? 'in' : [refused.code, refused.params.left])
  }
  expect(left).toEqual([
    ['PIN_WRONG', 4],
    ['PIN_WRONG', 3],
    ['PIN_WRONG', 2],
    ['PIN_WRONG', 1],
    ['PIN_BLOCKED', undefined],
  ])
  expect(records(world)).toHaveLength(5)
})

test('a device of strangers is not known, a blank one neither', async () => {
  const { world } = await issued()
  const other = await issued('yubikey-5.7', 3_000_000_002)
  world.readers.remove(READER)
  await world.insert(other.card)
  expect(await logIn(world, other.pin)).toMatchObject({ ok: false, code: 'DEVICE_NOT_KNOWN' })
  world.readers.remove(READER)
  await world.insert(blankCard('sp800-73', 3_000_000_003))
  expect(await logIn(world, other.pin)).toMatchObject({ ok: false, code: 'DEVICE_NOT_KNOWN' })
})

test('a card that says it is another one does not get in with its own key', async () => {
  const { world } = await issued()
  // Same serial number, other keys: what a forger could make of a stolen number.
  const forged = await issued()
  world.readers.remove(READER)
  await world.insert(forged.card)
  expect(await logIn(world, forged.pin)).toMatchObject({ ok: false, code: 'DEVICE_NOT_PROVEN' })
  expect(records(world)).toEqual([['user.log-in-failed', 'DEVICE_NOT_PROVEN']])
})

test.each([
  ['suspended', { change: 'suspend', note: '' }],
  ['terminated', { change: 'terminate', reason: 'LOST', note: '' }],
] as const)('a %s device does not log anybody in', async (_, change) => {
  const { world, pin, deviceId } = await issued()
  const version = world.store.committed().devices.get(deviceId)?.version ?? 0
  await changeDevice(world.ports, { deviceId, version, change, by: operator })
  expect(await logIn(world, pin)).toMatchObject({ ok: false, code: 'DEVICE_NOT_ACTIVE' })
})

test('a certificate that has ended does not log anybody in', async () => {
  const { world, pin } = await issued()
  world.now += 1200 * 86_400_000
  expect(await logIn(world, pin)).toMatchObject({ ok: false, code: 'DEVICE_NOT_ACTIVE' })
})

test('a disabled user does not get in', async () => {
  const { world, pin } = await issued()
  world.store.addUser({ ...world.user, status: 'DISABLED' })
  expect(await logIn(world, pin)).toMatchObject({ ok: false, code: 'DEVICE_NOT_ACTIVE' })
})

test('the PIN and each challenge: the PIN crosses nothing, and no two challenges are alike', async () => {
  const { world, pin } = await issued()
  const wire: string[] = []
  const gateway = world.gateway(channel => ({
    ...channel,
    send: text => {
      wire.push(text)
      channel.send(text)
    },
  }))
  await logIn(world, pin, world.portsWith({ gateway }))
  await logIn(world, pin, world.portsWith({ gateway }))
  const hexPin = Buffer.from(pin).toString('hex').toUpperCase()
  expect(wire.filter(text => text.includes(pin) || text.includes(hexPin))).toEqual([])
  const signing = wire.filter(text => text.includes('piv.sign-9a'))
  expect(signing).toHaveLength(2)
  const apdus = signing.map(text => JSON.stringify(JSON.parse(text).script.steps.at(-1).apdus))
  expect(apdus[0]).not.toBe(apdus[1])
})
