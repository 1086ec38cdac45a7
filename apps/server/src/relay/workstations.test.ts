import { createLocalGateway } from '@cardwright/adapters/card-gateway'
import { createVirtualCard, createVirtualReaders, type VirtualReaders } from '@cardwright/card-virtual'
import { createChannelPair, runFarEnd } from '@cardwright/relay'
import { expect, test } from 'vitest'
import { createInspection } from '../readers/inspection.ts'
import { createReach } from './reach.ts'
import { parseWorkstationReader, workstationReader } from './reader-ids.ts'
import { createEveryGateway, createWorkstations } from './workstations.ts'

const card = (serial: number) =>
  createVirtualCard({
    model: 'yubikey-5.7',
    serial,
    random: bytes => crypto.getRandomValues(new Uint8Array(bytes)),
    now: () => new Date(),
  })
const desk = (serial: number) => createVirtualReaders([{ id: 'Reader: one 00', name: 'One', card: card(serial) }])
const own = () => createLocalGateway(createVirtualReaders([{ id: 'server:1', name: 'Server', card: card(1) }]))

let arrivals = 0
const connectTab = async (
  workstations: ReturnType<typeof createWorkstations>,
  session: string,
  readers: VirtualReaders,
  arrival = ++arrivals,
) => {
  const [near, far] = createChannelPair()
  const farEnd = runFarEnd(far, readers)
  let ended = 0
  const counts = await workstations.connect({ id: session, arrival }, near, () => ended++)
  return { counts, farEnd, near, ended: () => ended }
}

test('names of readers come apart as they were put together, colons and all', () => {
  expect(parseWorkstationReader(workstationReader('s', 'a:b: c'))).toEqual({ sessionId: 's', readerId: 'a:b: c' })
  expect(parseWorkstationReader('pcsc:Reader 00')).toBeNull()
})

test('an operator reaches the own workstation and the server, a user the own workstation, nobody another one', async () => {
  const workstations = createWorkstations()
  await connectTab(workstations, 'anna', desk(24_000_001))
  await connectTab(workstations, 'bert', desk(24_000_002))
  const server = createInspection(own())
  const serials = async (reach: ReturnType<typeof createReach>) =>
    (await reach.readers()).map(r => r.card?.state === 'read' && r.card.facts.serial)
  expect(await serials(createReach('anna', workstations, server))).toEqual(['24000001', '1'])
  expect(await serials(createReach('bert', workstations, null))).toEqual(['24000002'])
  expect(await serials(createReach('carl', workstations, null))).toEqual([])
  const berts = workstationReader('bert', 'Reader: one 00')
  expect(await createReach('anna', workstations, server).reserve(berts)).toBeNull()
  expect(await createReach('bert', workstations, null).reserve('server:1')).toBeNull()
  expect(await createReach('bert', workstations, null).reserve(berts)).not.toBeNull()
})

test('flows open a card by the name of its reader; without its workstation it is RELAY_LOST', async () => {
  const workstations = createWorkstations()
  const tab = await connectTab(workstations, 'anna', desk(24_000_001))
  const gateway = createEveryGateway(own(), workstations)
  // A card that was just put in is being read; flows wait for that in `reserve`.
  await createReach('anna', workstations, null).readers()
  const id = workstationReader('anna', 'Reader: one 00')
  const reader = await gateway.reader(id)
  expect(reader).toMatchObject({ id, name: 'One' })
  const insertion = reader?.card?.insertion ?? ''
  await (await gateway.open({ readerId: id, insertion })).close()
  await expect(gateway.open({ readerId: id, insertion, typed: { pin: '123456' } })).rejects.toMatchObject({
    code: 'SCRIPT_REFUSED',
  })
  tab.near.close()
  await expect(gateway.open({ readerId: id, insertion })).rejects.toMatchObject({ code: 'RELAY_LOST' })
  expect(tab.ended()).toBe(1)
})

test('the newest tab of a session counts, unless a card is in use at the older one', async () => {
  const workstations = createWorkstations()
  const first = await connectTab(workstations, 'anna', desk(24_000_001))
  const reach = createReach('anna', workstations, null)
  const [reader] = await reach.readers()
  const release = await reach.reserve(reader?.id ?? '')
  const second = await connectTab(workstations, 'anna', desk(24_000_002))
  expect([first.counts, second.counts, first.ended()]).toEqual([true, false, 0])
  release?.()
  const third = await connectTab(workstations, 'anna', desk(24_000_003))
  expect([third.counts, first.ended(), third.ended()]).toEqual([true, 1, 0])
  // The older connection ends late: that must not take the newer one away.
  first.near.close()
  expect(workstations.of('anna')).not.toBeNull()
  expect((await reach.readers()).map(r => r.card?.state === 'read' && r.card.facts.serial)).toEqual(['24000003'])
})

test('a connection that was dropped for a newer one and is admitted after it takes nothing from it', async () => {
  const workstations = createWorkstations()
  const [older, newer] = [++arrivals, ++arrivals]
  const second = await connectTab(workstations, 'anna', desk(24_000_002), newer)
  const first = await connectTab(workstations, 'anna', desk(24_000_001), older)
  expect([first.ended(), second.ended()]).toEqual([1, 0])
  first.near.close()
  const [reader] = await createReach('anna', workstations, null).readers()
  expect(reader?.card?.state === 'read' && reader.card.facts.serial).toBe('24000002')
})

test('whoever watches hears of a workstation that comes later, and of cards put in there', async () => {
  const workstations = createWorkstations()
  const reach = createReach('anna', workstations, null)
  let heard = 0
  let wake = () => {}
  const stop = reach.watch(() => {
    heard++
    wake()
  })
  const next = () => new Promise<void>(resolve => (wake = resolve))
  const readers = createVirtualReaders([{ id: 'one', name: 'One' }])
  const coming = next()
  await connectTab(workstations, 'anna', readers)
  await coming
  while ((await reach.readers())[0]?.card) await next()
  readers.insert('one', card(24_000_004))
  while ((await reach.readers())[0]?.card?.state !== 'read') await next()
  stop()
  expect(heard).toBeGreaterThan(1)
})

test('a workstation that answers something else than the contract says is cut off', async () => {
  const workstations = createWorkstations()
  const [near, far] = createChannelPair()
  far.onMessage(() => far.send('{"type":"opened"}'))
  let ended = 0
  await workstations.connect({ id: 'anna', arrival: 1 }, near, () => ended++)
  await new Promise<void>(resolve => near.onClose(resolve))
  expect([workstations.of('anna'), ended]).toEqual([null, 1])
})
