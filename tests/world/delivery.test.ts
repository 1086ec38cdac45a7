import { createSession, verifyPin } from '@cardwright/card'
import { changeDevice, getInitialPin, holdTarget, openSecret, retryIssuance } from '@cardwright/core'
import { expect, test } from 'vitest'
import { issue } from './issue.ts'
import { blankCard, createWorld, operator, READER, type World } from './world.ts'

const waiting = (world: World) =>
  [...world.store.snapshot().deliveries.values()].map(d => `${d.kind} ${d.channel}`).sort()
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

test('what is stored for the letter is the PIN that opens the card', async () => {
  const world = await begin()
  const { deviceId } = await issue(world)
  const [secret] = await world.store.transaction(tx => tx.secrets.of(deviceId, 'PIN'))
  const [delivery] = world.store.snapshot().deliveries.values()
  expect(delivery?.issuanceId).toBe(secret?.issuanceId)
  if (!secret) throw new Error('no PIN is stored')
  const link = await world.gateway().open(READER, await world.insertion())
  await createSession(link).run(verifyPin(await openSecret(world.keys, secret)))
  await link.close()
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

test('N-5: a device that is declared lost takes its letters with it, and its stored PIN; a forgotten one does not', async () => {
  for (const [reason, left] of [
    ['LOST', []],
    ['FORGOTTEN', ['PIN PRINT']],
  ] as const) {
    const world = await begin()
    const { deviceId } = await issue(world)
    const stored = await world.store
      .transaction(async tx => {
        const device = await tx.devices.get(deviceId)
        if (!device) throw new Error('no device')
        await holdTarget(tx, device, { id: crypto.randomUUID(), reason }, { by: operator, at: world.now })
        return tx.secrets.of(deviceId, 'PIN')
      })
      .catch(error => error)
    expect([reason, waiting(world), stored.length]).toEqual([reason, left, left.length])
  }
})
