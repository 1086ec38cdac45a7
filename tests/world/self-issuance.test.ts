import { randomUUID } from 'node:crypto'
import { ServerDied } from '@cardwright/adapters/testing'
import type { VirtualCard } from '@cardwright/card-virtual'
import {
  assignDevice,
  defaultUserPortalSettings,
  type Issuance,
  type Store,
  type UserPortalSettings,
} from '@cardwright/core'
import { type Channel, createChannelPair, type FarEnd, runFarEnd } from '@cardwright/relay'
import { expect, test } from 'vitest'
import { createIssuanceService } from '../../apps/server/src/issuance/issuance-service.ts'
import { sweep } from '../../apps/server/src/issuance/sweeper.ts'
import { createReach } from '../../apps/server/src/relay/reach.ts'
import { createEveryGateway, createWorkstations } from '../../apps/server/src/relay/workstations.ts'
import { createSelfIssuance } from '../../apps/server/src/self-service/self-issuance.ts'
import { userReaderList } from '../../apps/server/src/self-service/user-readers.ts'
import { sample } from '../../packages/adapters/src/testing/index.ts'
import { blankCard, createWorld, operator, READER, type World } from './world.ts'

const VISIT = 'visit-1'
const PIN = '739142'

/** One server of the organisation, with the workstation's tab connected to it. */
const createServer = (world: World, name: string, settings: Partial<UserPortalSettings> = {}) => {
  let dead = false
  const alive = <T>(work: () => Promise<T>): Promise<T> => (dead ? Promise.reject(new ServerDied()) : work())
  const store: Store = { transaction: work => alive(() => world.store.transaction(work)) }
  const workstations = createWorkstations()
  const gateway = createEveryGateway(world.gateway(), workstations)
  const ports = world.portsWith({ gateway, store, owner: name, leaseMs: 30_000 })
  const ended: Issuance[] = []
  const service = createIssuanceService(ports, issuance => void ended.push(issuance))
  const reach = createReach(VISIT, workstations, null)
  const selfIssuance = createSelfIssuance({
    store,
    service,
    settings: async () => ({ ...defaultUserPortalSettings, ...settings }),
    clock: ports.clock,
  })
  const actor = { kind: 'user', id: world.user.id, label: world.user.displayName } as const
  let tab: Channel | undefined
  const wire: string[] = []
  return {
    ports,
    service,
    reach,
    selfIssuance,
    who: { userId: world.user.id, actor, reach },
    wire,
    /** `lostAfter`: the connection is gone once so many scripts were sent. */
    connect: async (lostAfter = Number.POSITIVE_INFINITY): Promise<FarEnd> => {
      let scripts = 0
      const [near, far] = createChannelPair()
      const farEnd = runFarEnd(far, world.readers)
      tab = near
      const send = (text: string) => {
        wire.push(text)
        near.send(text)
        if (JSON.parse(text).type === 'run' && ++scripts >= lostAfter) near.close()
      }
      await workstations.connect({ id: VISIT, arrival: 1 }, { ...near, send }, () => undefined)
      return farEnd
    },
    die: () => {
      dead = true
      tab?.close()
    },
    place: async () => {
      const [reader] = await reach.readers()
      return { readerId: reader?.id ?? '', insertion: reader?.card?.insertion ?? '' }
    },
  }
}
type Server = ReturnType<typeof createServer>

const bind = async (world: World, userId = world.user.id) => {
  const bound = await assignDevice(world.ports, {
    readerId: READER,
    insertion: await world.insertion(),
    userId,
    by: operator,
  })
  if (!bound.ok) throw new Error(bound.code)
}
const until = async (server: Server, id: string, done: (issuance: Issuance) => boolean): Promise<Issuance> => {
  for (;;) {
    const now = await server.selfIssuance.own(id, server.who.userId)
    if (done(now)) return now
    await new Promise(setImmediate)
  }
}
/** What the page's look does each second: until the old session has let go of the card, the next one is refused. */
const goOn = async (server: Server, id: string, attempt: number): Promise<void> => {
  while ((await server.selfIssuance.own(id, server.who.userId)).attempt < attempt) {
    await new Promise(setImmediate)
    await server.reach.readers()
    await server.selfIssuance.goOn(server.who, id)
  }
}
const settled = ({ state }: Issuance) => state !== 'RUNNING'
const refusedWith = (code: string) => expect.objectContaining({ refusal: expect.objectContaining({ code }) })
const pinOf = (card: VirtualCard) => Buffer.from(card.state().piv.pin.value.filter(byte => byte !== 0xff)).toString()

const ready = async (settings: Partial<UserPortalSettings> = {}, bound = true) => {
  const world = await createWorld()
  const card = blankCard('yubikey-5.7')
  await world.insert(card)
  if (bound) await bind(world)
  const server = createServer(world, 'server-1', settings)
  const farEnd = await server.connect()
  return { world, card, server, farEnd }
}

test('U-3, U-9: a bound device is issued at its user’s desk; the PIN typed there is on the card and nowhere else', async () => {
  const { world, card, server, farEnd } = await ready()
  const { id } = await server.selfIssuance.start(server.who, await server.place())
  const waiting = await until(server, id, settled)
  expect(world.causes).toEqual([])
  expect(waiting).toMatchObject({ state: 'WAITING_FOR_PIN', pinMode: 'NOT_DISPLAYED', changePin: true })
  const kept = randomUUID()
  farEnd.keep(kept, { newPin: PIN })
  const done = await server.selfIssuance.setPin(server.who, id, { kept })
  expect(done.state).toBe('COMPLETED')
  expect(pinOf(card)).toBe(PIN)
  const traces = [JSON.stringify(server.wire), JSON.stringify(world.store.committed().audit), JSON.stringify(done)]
  const hexPin = Buffer.from(PIN).toString('hex').toUpperCase()
  expect(traces.filter(text => text.includes(PIN) || text.includes(hexPin))).toEqual([])
  expect([...world.store.committed().secrets.values()].filter(s => s.kind === 'PIN')).toEqual([])
})

test('what was kept is given out once, and a name that nobody kept opens nothing', async () => {
  const { server, farEnd } = await ready()
  const { id } = await server.selfIssuance.start(server.who, await server.place())
  await until(server, id, settled)
  await expect(server.selfIssuance.setPin(server.who, id, { kept: randomUUID() })).rejects.toThrow()
  expect((await server.selfIssuance.own(id, server.who.userId)).state).toBe('WAITING_FOR_PIN')
  const kept = randomUUID()
  farEnd.keep(kept, { newPin: PIN })
  await server.selfIssuance.setPin(server.who, id, { kept })
  await expect(server.selfIssuance.setPin(server.who, id, { kept })).rejects.toEqual(refusedWith('PIN_NOT_EXPECTED'))
})

test('U-3: an unbound device is refused where operators bind, and bound on the way where users may', async () => {
  const strict = await ready({}, false)
  await expect(strict.server.selfIssuance.start(strict.server.who, await strict.server.place())).rejects.toEqual(
    refusedWith('CARD_NOT_ASSIGNED'),
  )
  expect([...strict.world.store.committed().devices.values()]).toEqual([])
  const free = await ready({ whoCanBind: 'USER' }, false)
  const { id } = await free.server.selfIssuance.start(free.server.who, await free.server.place())
  expect(await until(free.server, id, settled)).toMatchObject({ state: 'WAITING_FOR_PIN' })
})

test('U-3: a device bound to somebody else is refused, audited, and whose it is stays untold', async () => {
  const { world, server } = await ready({ whoCanBind: 'USER' }, false)
  const other = sample.aUser({ displayName: 'Bert Other' })
  world.store.addUser(other)
  await bind(world, other.id)
  const refused = server.selfIssuance.start(server.who, await server.place())
  await expect(refused).rejects.toEqual(refusedWith('CARD_ISSUED_TO_OTHER'))
  expect(JSON.stringify(await refused.catch(e => e.refusal))).not.toContain('Bert')
  const denied = world.store.committed().audit.at(-1)
  expect(denied).toMatchObject({ action: 'issuance.denied', result: 'DENIED', reason: 'CARD_ISSUED_TO_OTHER' })
  expect(denied?.actor.id).toBe(world.user.id)
  const shown = await userReaderList(world.store, server.reach, world.user.id)
  expect(shown.readers[0]?.card).toMatchObject({ standing: 'NOT_YOURS', deviceId: null })
})

test('before a login the readers tell nothing of our records', async () => {
  const { world, server } = await ready()
  const before = await userReaderList(world.store, server.reach, null)
  expect(before.readers[0]?.card).toMatchObject({ serial: '3000000001', standing: null, deviceId: null })
  const after = await userReaderList(world.store, server.reach, world.user.id)
  expect(after.readers[0]?.card).toMatchObject({ standing: 'TO_ISSUE' })
})

test('another user’s issuance is not found', async () => {
  const { server } = await ready()
  const { id } = await server.selfIssuance.start(server.who, await server.place())
  await until(server, id, settled)
  await expect(server.selfIssuance.own(id, randomUUID())).rejects.toEqual(refusedWith('NOT_FOUND'))
})

test.each([true, false])('U-10: after a failure Retry works if it is enabled (%s)', async enableIssuanceRetry => {
  const { world, card, server } = await ready({ enableIssuanceRetry })
  card.cutPowerAfter(9, 'after')
  const { id } = await server.selfIssuance.start(server.who, await server.place())
  expect(await until(server, id, settled)).toMatchObject({ state: 'FAILED', error: { code: 'CARD_REMOVED' } })
  await world.insert(card)
  if (!enableIssuanceRetry) {
    await expect(server.selfIssuance.retry(server.who, id)).rejects.toEqual(refusedWith('NOT_PERMITTED'))
    return
  }
  await server.reach.readers()
  await server.selfIssuance.retry(server.who, id)
  expect(await until(server, id, settled)).toMatchObject({ state: 'WAITING_FOR_PIN', attempt: 2 })
})

/** Counts the changes of the card of one whole self-issuance. */
const effectsOfOne = async (): Promise<number> => {
  const { card, server } = await ready()
  let effects = 0
  card.onEffect(() => void effects++)
  const { id } = await server.selfIssuance.start(server.who, await server.place())
  await until(server, id, settled)
  return effects
}

test('I-17: a server dies at any change of the card; another one on the same data goes on to the end', async () => {
  const effects = await effectsOfOne()
  expect(effects).toBeGreaterThan(10)
  for (let at = 1; at <= effects; at++) {
    const { world, card, server: first } = await ready()
    let seen = 0
    card.onEffect(() => {
      if (++seen === at) first.die()
    })
    const { id } = await first.selfIssuance.start(first.who, await first.place())
    await first.service.drain()
    const second = createServer(world, 'server-2')
    await second.connect()
    await second.reach.readers()
    // While the first one might still be alive, nobody takes over.
    await sweep(second.ports, second.service.isRunning, false)
    await second.selfIssuance.goOn(second.who, id)
    const waits = await second.selfIssuance.own(id, second.who.userId)
    expect([waits.state, second.selfIssuance.isPaused(waits)], `at ${at}`).toEqual(['RUNNING', true])
    world.now += 31_000
    await sweep(second.ports, second.service.isRunning, false)
    const swept = await second.selfIssuance.own(id, second.who.userId)
    expect(second.selfIssuance.isPaused(swept), `at ${at}`).toBe(true)
    await goOn(second, id, 2)
    const end = await until(second, id, settled)
    expect(end.state, `at ${at}: ${JSON.stringify(end.error)}`).toBe('WAITING_FOR_PIN')
    const valid = [...world.store.committed().credentials.values()].filter(c => c.state === 'ISSUED')
    expect(valid.map(c => c.slot).sort(), `at ${at}`).toEqual(['9A', '9C', '9D', '9E'])
  }
})

test('a tab that loses its connection again and again: its issuance goes on by itself, then a person is asked', async () => {
  const { server } = await ready()
  // The first script reads the card that is seen, the second one claims it, the third one is on its way.
  await server.connect(3)
  const { id } = await server.selfIssuance.start(server.who, await server.place())
  for (let attempt = 1; attempt <= 5; attempt++) {
    const broken = await until(server, id, settled)
    expect(broken).toMatchObject({ state: 'FAILED', attempt, error: { code: 'RELAY_LOST' } })
    expect(server.selfIssuance.isPaused(broken)).toBe(true)
    await server.connect(3)
    await goOn(server, id, attempt + 1)
  }
  const last = await until(server, id, settled)
  expect([last.attempt, server.selfIssuance.isPaused(last)]).toEqual([6, false])
})
