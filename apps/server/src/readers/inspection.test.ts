import { createLocalGateway } from '@cardwright/adapters/card-gateway'
import { createFaultyChannel } from '@cardwright/adapters/testing/card-gateway'
import type { CardConnection, Readers } from '@cardwright/card'
import { createVirtualCard, createVirtualReaders } from '@cardwright/card-virtual'
import type { CardGateway } from '@cardwright/core'
import { expect, test } from 'vitest'
import { createInspection } from './inspection.ts'

const card = (serial: number) =>
  createVirtualCard({
    model: 'yubikey-5.7',
    serial,
    random: bytes => crypto.getRandomValues(new Uint8Array(bytes)),
    now: () => new Date(),
  })

const inspected = (readers: Readers) => {
  const opens: string[] = []
  const gateway = createLocalGateway(readers, {
    between: channel =>
      createFaultyChannel(channel, {
        onMessage: (direction, text) => {
          if (direction === 'sent' && JSON.parse(text).type === 'open') opens.push(text)
        },
      }),
  })
  return { inspection: createInspection(gateway), opens }
}

test('a card is read once for each time it is put in', async () => {
  const readers = createVirtualReaders([{ id: 'one', name: 'One', card: card(24_000_001) }])
  const { inspection, opens } = inspected(readers)
  await Promise.all([inspection.readers(), inspection.readers()])
  const [seen] = await inspection.readers()
  expect(seen?.card).toMatchObject({ state: 'read', facts: { identity: 'serial:24000001' } })
  expect(opens).toHaveLength(1)
  const taken = readers.remove('one')
  expect((await inspection.readers())[0]?.card).toBeNull()
  if (taken) readers.insert('one', taken)
  expect((await inspection.readers())[0]?.card?.state).toBe('read')
  expect(opens).toHaveLength(2)
})

test('a watcher hears of a card that was put in, and of what was read from it', async () => {
  const readers = createVirtualReaders([{ id: 'one', name: 'One' }])
  const { inspection } = inspected(readers)
  await inspection.readers()
  const read = new Promise<void>(resolve => {
    inspection.watch(async () => {
      if ((await inspection.readers())[0]?.card?.state === 'read') resolve()
    })
  })
  readers.insert('one', card(24_000_002))
  await read
})

test('a reserved reader is busy for everybody else, and its card is read anew afterwards', async () => {
  const readers = createVirtualReaders([{ id: 'one', name: 'One', card: card(24_000_003) }])
  const { inspection, opens } = inspected(readers)
  await inspection.readers()
  const release = await inspection.reserve('one')
  expect(await inspection.reserve('one')).toBeNull()
  expect((await inspection.readers())[0]).toMatchObject({ busy: true, card: { state: 'read' } })
  // Nobody looks while the card is reserved: an issuance has it open.
  expect(opens).toHaveLength(1)
  release?.()
  expect((await inspection.readers())[0]).toMatchObject({ busy: false, card: { state: 'read' } })
  expect(opens).toHaveLength(2)
})

test('a card that another program has says so, and is read as soon as it is free', async () => {
  const readers = createVirtualReaders([{ id: 'one', name: 'One', card: card(24_000_004) }])
  const other: CardConnection = await readers.connect('one')
  const { inspection } = inspected(readers)
  expect((await inspection.readers())[0]?.card).toMatchObject({ state: 'unusable', problem: { code: 'CARD_IN_USE' } })
  await other.close()
  expect((await inspection.readers())[0]?.card?.state).toBe('read')
})

test('a card that is no PIV card is named as such, in words', async () => {
  const readers: Readers = {
    list: async () => [
      { id: 'one', name: 'One', virtual: false, card: { atr: Uint8Array.of(0x3b, 0), insertion: 'x' } },
    ],
    watch: () => () => {},
    connect: async () => ({
      atr: Uint8Array.of(0x3b, 0),
      insertion: 'x',
      transmit: async () => Uint8Array.of(0x6a, 0x82),
      reset: async () => {},
      close: async () => {},
    }),
  }
  const { inspection } = inspected(readers)
  const [seen] = await inspection.readers()
  expect(seen?.card).toMatchObject({ state: 'unusable', problem: { code: 'CARD_UNKNOWN' } })
  expect(JSON.stringify(seen?.card)).toContain('does not answer as a PIV card')
})

test('a card that another program had is read as soon as it is free, without anybody asking', async () => {
  const readers = createVirtualReaders([{ id: 'one', name: 'One', card: card(24_000_009) }])
  const held = await readers.connect('one')
  const { inspection } = inspected(readers)
  expect((await inspection.readers())[0]?.card).toMatchObject({ state: 'unusable', problem: { code: 'CARD_IN_USE' } })
  const read = new Promise<void>(resolve => {
    inspection.watch(() => {
      void inspection.readers().then(([seen]) => {
        if (seen?.card?.state === 'read') resolve()
      })
    })
  })
  await held.close()
  await read
  inspection.close()
})

/** A workstation that answers nothing but its list, of as many readers as it likes. */
const hostile = (list: () => readonly { id: string; insertion: string }[]) => {
  const asked = { lists: 0, opens: [] as string[] }
  let changed = () => {}
  const gateway: CardGateway = {
    readers: async () => {
      asked.lists++
      return list().map(({ id, insertion }) => ({
        id,
        name: id,
        virtual: false,
        card: { atr: Uint8Array.of(0x3b, 0x00), insertion },
      }))
    },
    reader: async () => null,
    watch: listener => {
      changed = listener
      return () => {}
    },
    open: ({ readerId }) => {
      asked.opens.push(readerId)
      return new Promise(() => {})
    },
  }
  return { gateway, asked, change: () => changed() }
}
const turns = async (count: number) => {
  for (let i = 0; i < count; i++) await Promise.resolve()
}

test('a workstation that says all the time that something changed is asked for one list at a time', async () => {
  const { gateway, asked, change } = hostile(() => [])
  const inspection = createInspection(gateway)
  for (let i = 0; i < 1000; i++) change()
  await turns(50)
  expect(asked.lists).toBeLessThanOrEqual(3)
  inspection.close()
})

test('readers that are made up are not all read at once', async () => {
  let round = 0
  const { gateway, asked, change } = hostile(() =>
    Array.from({ length: 64 }, (_, i) => ({ id: `reader ${round}.${i}`, insertion: '1' })),
  )
  const inspection = createInspection(gateway)
  for (round = 0; round < 20; round++) {
    change()
    await turns(20)
  }
  expect(asked.opens).toHaveLength(16)
  inspection.close()
})

test('nothing is kept of a reader that is gone', async () => {
  const readers = createVirtualReaders([{ id: 'a', name: 'A', card: card(24_000_009) }])
  let gone = false
  const { inspection, opens } = inspected({
    ...readers,
    list: async () => (gone ? [] : readers.list()),
  })
  await inspection.readers()
  gone = true
  expect(await inspection.readers()).toEqual([])
  gone = false
  expect((await inspection.readers())[0]?.card?.state).toBe('read')
  expect(opens).toHaveLength(2)
  inspection.close()
})
