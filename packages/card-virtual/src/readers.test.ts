import { describe, expect, it } from 'vitest'
import { fromHex, toHex } from './bytes.ts'
import { createVirtualReaders } from './readers.ts'
import { testCard } from './test-cards.ts'

const SELECT = fromHex('00A40400 09 A00000030800001000'.replaceAll(' ', ''))
const VERIFY = fromHex('0020008008313233343536FFFF')
const QUERY = fromHex('00200080')

describe('virtual readers', () => {
  it('list readers with and without card, marked as virtual', async () => {
    const card = testCard('sp800-73')
    const readers = createVirtualReaders([{ id: 'a', name: 'A', card }])
    readers.add({ id: 'b', name: 'B' })
    const [a, b] = await readers.list()
    expect(a).toMatchObject({ id: 'a', name: 'A', virtual: true, card: { atr: card.atr } })
    expect(b).toEqual({ id: 'b', name: 'B', virtual: true })
    expect(() => readers.add({ id: 'b', name: 'B' })).toThrow(TypeError)
  })

  it('let one session at a card, and the next one start without its PIN', async () => {
    const readers = createVirtualReaders([{ id: 'a', name: 'A', card: testCard('yubikey-5.7') }])
    const first = await readers.connect('a')
    await expect(readers.connect('a')).rejects.toMatchObject({ code: 'CARD_IN_USE' })
    await first.transmit(SELECT)
    expect(toHex(await first.transmit(VERIFY))).toBe('9000')
    await first.close()
    await expect(first.transmit(QUERY)).rejects.toMatchObject({ code: 'CARD_REMOVED' })
    const second = await readers.connect('a')
    await second.transmit(SELECT)
    expect(toHex(await second.transmit(QUERY))).toBe('63C3')
  })

  it('see an exchange: the old connection is dead, the insertion is another', async () => {
    const readers = createVirtualReaders([{ id: 'a', name: 'A', card: testCard('yubikey-5.7') }])
    const connection = await readers.connect('a')
    const card = readers.remove('a')
    await expect(connection.transmit(SELECT)).rejects.toMatchObject({ code: 'CARD_REMOVED' })
    await expect(readers.connect('a')).rejects.toMatchObject({ code: 'CARD_REMOVED' })
    if (!card) throw new Error('there was a card')
    readers.insert('a', card)
    expect(() => readers.insert('a', card)).toThrow('already holds a card')
    await expect(connection.transmit(SELECT)).rejects.toMatchObject({ code: 'CARD_REMOVED' })
    const again = await readers.connect('a')
    expect(again.insertion).not.toBe(connection.insertion)
    await connection.close()
    expect(toHex(await again.transmit(SELECT))).toMatch(/9000$/)
  })

  it('are empty after a power cut until the card is put in again', async () => {
    const card = testCard('yubikey-5.7')
    const readers = createVirtualReaders([{ id: 'a', name: 'A', card }])
    const connection = await readers.connect('a')
    await connection.transmit(SELECT)
    card.cutPowerAfter(1, 'before')
    await expect(connection.transmit(VERIFY)).rejects.toMatchObject({ code: 'CARD_REMOVED' })
    expect((await readers.list())[0]?.card).toBeUndefined()
    readers.insert('a', card)
    await (await readers.connect('a')).transmit(SELECT)
  })

  it('tell watchers of each change until they stop', async () => {
    const readers = createVirtualReaders([{ id: 'a', name: 'A' }])
    let changes = 0
    const stop = readers.watch(() => changes++)
    readers.insert('a', testCard('yubikey-5.7'))
    readers.remove('a')
    stop()
    readers.insert('a', testCard('yubikey-5.7'))
    expect(changes).toBe(2)
  })

  it('lose connections when they are unplugged', async () => {
    const readers = createVirtualReaders([{ id: 'a', name: 'A', card: testCard('yubikey-5.7') }])
    const connection = await readers.connect('a')
    readers.unplug('a')
    await expect(connection.transmit(SELECT)).rejects.toMatchObject({ code: 'READER_LOST' })
    await expect(readers.connect('a')).rejects.toMatchObject({ code: 'READER_LOST' })
    expect(await readers.list()).toEqual([])
  })

  it('wait before each APDU as they were told', async () => {
    let waits = 0
    const latency = async () => {
      waits++
    }
    const readers = createVirtualReaders([{ id: 'a', name: 'A', card: testCard('yubikey-5.7') }], { latency })
    const connection = await readers.connect('a')
    await connection.transmit(SELECT)
    await connection.transmit(QUERY)
    expect(waits).toBe(2)
  })
})
