import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { PcscUnavailableError, toCardError } from './errors.ts'
import { type FakePcsc, fakePcsc, STATUS } from './fake-pcsc.ts'
import { createPcscReaders, type PcscReaders } from './readers.ts'

describe('PC/SC readers', () => {
  let pcsc: FakePcsc
  let readers: PcscReaders
  beforeEach(() => {
    vi.useFakeTimers()
    pcsc = fakePcsc()
    readers = createPcscReaders(pcsc.load)
  })
  afterEach(() => {
    readers.close()
    vi.useRealTimers()
  })

  /** Lists while the clock goes on. */
  async function list() {
    const result = readers.list()
    result.catch(() => {})
    await vi.advanceTimersByTimeAsync(200)
    return result
  }

  it('without a service say so in a typed error, and work as soon as it is there', async () => {
    pcsc.serviceRuns = false
    await expect(list()).rejects.toBeInstanceOf(PcscUnavailableError)
    await expect(list()).rejects.toMatchObject({ code: 'READER_LOST' })
    pcsc.serviceRuns = true
    expect(await list()).toEqual([])
  })

  it('without the native library say so in a typed error', async () => {
    const none = createPcscReaders(async () => {
      throw new PcscUnavailableError(new Error('libpcsclite.so.1: cannot open shared object file'))
    })
    await expect(none.list()).rejects.toBeInstanceOf(PcscUnavailableError)
    none.watch(() => {})()
    none.close()
  })

  it('give each insertion an id of its own and read the ATR from the card', async () => {
    await list()
    pcsc.report('A', STATUS.EMPTY)
    expect(await list()).toEqual([{ id: 'A', name: 'A', virtual: false }])
    pcsc.report('A', STATUS.PRESENT)
    const first = (await list())[0]?.card
    expect(first?.atr).toEqual(Uint8Array.of(0x3b, 0x00))
    pcsc.report('A', STATUS.PRESENT | 256)
    expect((await list())[0]?.card?.insertion).toBe(first?.insertion)
    pcsc.report('A', STATUS.EMPTY)
    pcsc.report('A', STATUS.PRESENT)
    expect((await list())[0]?.card?.insertion).not.toBe(first?.insertion)
    pcsc.unplug('A')
    expect(await list()).toEqual([])
  })

  it('see a card exchanged so quickly that the reader was never empty, by the count of events', async () => {
    await list()
    pcsc.report('A', STATUS.PRESENT | (1 << 16))
    const first = (await list())[0]?.card?.insertion
    pcsc.report('A', STATUS.PRESENT | (1 << 16) | 256)
    expect((await list())[0]?.card?.insertion).toBe(first)
    pcsc.report('A', STATUS.PRESENT | (3 << 16))
    expect((await list())[0]?.card?.insertion).not.toBe(first)
    pcsc.cardState = 5 << 16
    await expect(readers.connect('A')).rejects.toMatchObject({ code: 'CARD_EXCHANGED' })
    pcsc.cardState = 3 << 16
    await (await readers.connect('A')).close()
  })

  it('list a mute card, and one that another program holds, with an empty ATR', async () => {
    await list()
    pcsc.report('A', STATUS.PRESENT | STATUS.MUTE)
    pcsc.report('B', STATUS.PRESENT)
    pcsc.connectError = 'SharingViolation'
    expect((await list()).map(reader => reader.card?.atr.length)).toEqual([0, 0])
    const refused = expect(readers.connect('B')).rejects.toMatchObject({ code: 'CARD_IN_USE' })
    await vi.advanceTimersByTimeAsync(4_000)
    await refused
    pcsc.connectError = undefined
    await (await readers.connect('B')).close()
  })

  it('wait for a card that another program has for a moment', async () => {
    await list()
    pcsc.report('B', STATUS.PRESENT)
    pcsc.connectError = 'SharingViolation'
    const connecting = readers.connect('B')
    await vi.advanceTimersByTimeAsync(1_000)
    pcsc.connectError = undefined
    await vi.advanceTimersByTimeAsync(1_000)
    await (await connecting).close()
  })

  it('lose all readers when the service goes, tell watchers, and find them again when it is back', async () => {
    let changes = 0
    const stop = readers.watch(() => changes++)
    await list()
    pcsc.report('A', STATUS.PRESENT)
    expect(changes).toBe(1)
    pcsc.fail()
    expect(changes).toBe(2)
    await expect(list()).rejects.toBeInstanceOf(PcscUnavailableError)
    pcsc.serviceRuns = true
    await vi.advanceTimersByTimeAsync(5_000)
    expect(pcsc.clients()).toBe(2)
    pcsc.report('A', STATUS.EMPTY)
    expect(await list()).toEqual([{ id: 'A', name: 'A', virtual: false }])
    stop()
  })

  it('of one process look through one client, which outlives each of them and is never stopped', async () => {
    const others = createPcscReaders(pcsc.load)
    let changes = 0
    others.watch(() => changes++)
    await list()
    pcsc.report('A', STATUS.EMPTY)
    expect(changes).toBe(1)
    await others.close()
    pcsc.report('A', STATUS.PRESENT)
    expect(changes).toBe(1)
    expect((await list()).map(reader => reader.id)).toEqual(['A'])
    expect(pcsc.clients()).toBe(1)
  })

  it('let go of the reader when connecting failed', async () => {
    await list()
    pcsc.report('A', STATUS.PRESENT)
    pcsc.connectError = 'UnresponsiveCard'
    await expect(readers.connect('A')).rejects.toMatchObject({ code: 'CARD_REMOVED' })
    pcsc.connectError = undefined
    const connection = await readers.connect('A')
    await expect(readers.connect('A')).rejects.toMatchObject({ code: 'CARD_IN_USE' })
    await connection.close()
    await (await readers.connect('A')).close()
  })

  it.each([
    ['nothing, as the drivers that report no error', new Uint8Array(0)],
    ['half a status word', Uint8Array.of(0x90)],
    ['an error', undefined],
  ])(
    'a card that is pulled in the middle of a command is gone, though PC/SC answers with %s',
    async (_what, answer) => {
      await list()
      pcsc.report('A', STATUS.PRESENT)
      const connection = await readers.connect('A')
      pcsc.cardAnswer = answer
      await expect(connection.transmit(Uint8Array.of(0x00, 0xa4, 0x04, 0x00))).rejects.toMatchObject({
        code: 'CARD_REMOVED',
      })
      pcsc.cardAnswer = Uint8Array.of(0x90, 0x00)
      expect(await connection.transmit(Uint8Array.of(0x00, 0xa4, 0x04, 0x00))).toEqual(Uint8Array.of(0x90, 0x00))
      await connection.close()
    },
  )
})

describe('errors of PC/SC', () => {
  it.each([
    ['RemovedCard', 'CARD_REMOVED'],
    ['NoSmartCard', 'CARD_REMOVED'],
    ['SharingViolation', 'CARD_IN_USE'],
    ['ReaderUnavailable', 'READER_LOST'],
    ['NoService', 'READER_LOST'],
    ['Whatever', 'READER_LOST'],
  ])('%s is %s and keeps its cause', (native, code) => {
    const cause = Object.assign(new Error('native'), { code: native })
    const error = toCardError(cause, 'Reader 1')
    expect(error.code).toBe(code)
    expect(error.cause).toBe(cause)
  })
})
