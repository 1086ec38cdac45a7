import { createVirtualCard, createVirtualReaders } from '@cardwright/card-virtual'
import { type Channel, createChannelPair, runFarEnd } from '@cardwright/relay'
import { expect, test } from 'vitest'
import { cardGatewayContract, createFaultyChannel } from '../testing/card-gateway/index.ts'
import { combineReaders } from './combine-readers.ts'
import { createLocalGateway } from './local-gateway.ts'
import { createRelayGateway } from './relay-gateway.ts'

for (const delayMs of [0, 3]) {
  cardGatewayContract(`relay gateway over a channel with ${delayMs} ms each way`, async readers => {
    const wire: string[] = []
    let near: Channel | undefined
    const gateway = createLocalGateway(readers, {
      between: channel => {
        near = createFaultyChannel(channel, { delayMs, onMessage: (_, text) => wire.push(text) })
        return near
      },
    })
    return { gateway, wire, cut: () => near?.close() }
  })
}

const card = () =>
  createVirtualCard({
    model: 'yubikey-5.7',
    serial: 24_000_002,
    random: bytes => crypto.getRandomValues(new Uint8Array(bytes)),
    now: () => new Date(),
  })

test.each([
  'not json',
  '{}',
  '{"type":"run","message":0,"session":"x","script":{"steps":[]}}',
  '{"type":"open","message":-1,"session":"00000000-0000-4000-8000-000000000000","readerId":"one","insertion":"x"}',
])('the far end ends the connection at a message that breaks the contract: %s', async text => {
  const [near, far] = createChannelPair()
  runFarEnd(far, createVirtualReaders([]))
  const closed = new Promise<void>(resolve => near.onClose(resolve))
  near.send(text)
  await closed
})

test.each([
  ['before', 2],
  ['after', 2],
] as const)('a connection lost %s the answer to open is RELAY_LOST, and the card is free again', async (when, n) => {
  const readers = createVirtualReaders([{ id: 'one', name: 'One', card: card() }])
  const insertion = (await readers.list())[0]?.card?.insertion ?? ''
  const fault = when === 'before' ? { dropBefore: n } : { dropAfter: n - 1 }
  const gateway = createLocalGateway(readers, { between: channel => createFaultyChannel(channel, fault) })
  await expect(gateway.open({ readerId: 'one', insertion })).rejects.toMatchObject({ code: 'RELAY_LOST' })
  await new Promise(setImmediate)
  const connection = await readers.connect('one')
  await connection.close()
})

test('a workstation that never answers is given up', async () => {
  const [near] = createChannelPair()
  const gateway = createRelayGateway(near, { keep: () => {}, openTimeoutMs: 5 })
  await expect(gateway.open({ readerId: 'one', insertion: 'x' })).rejects.toMatchObject({ code: 'RELAY_LOST' })
})

test('one kind of reader that fails leaves the others alone', async () => {
  const broken = {
    list: async () => {
      throw new Error('no service')
    },
    watch: () => () => {},
    connect: async () => {
      throw new Error('no service')
    },
  }
  const both = combineReaders([broken, createVirtualReaders([{ id: 'one', name: 'One', card: card() }])])
  expect((await both.list()).map(r => r.id)).toEqual(['one'])
  expect(both.failures().map(e => e.message)).toEqual(['no service'])
  await (await both.connect('one')).close()
  await expect(both.connect('two')).rejects.toMatchObject({ code: 'READER_LOST' })
})
