import { createPcscReaders } from '@cardwright/card-pcsc'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { blankCard } from './blank-card.ts'
import { canRun, run } from './foreign-tools.ts'
import { type AttachedCard, attachCard } from './pcscd.ts'

const SELECT_PIV = new Uint8Array(Buffer.from('00A4040009A00000030800001000', 'hex'))

describe.runIf(canRun('opensc-tool'))('our PC/SC readers', () => {
  const card = blankCard('sp800-73', 3_000_000_001)
  let attached: AttachedCard
  let readers: ReturnType<typeof createPcscReaders>
  beforeEach(async () => {
    attached = await attachCard(card)
    readers = createPcscReaders()
  })
  afterEach(async () => {
    readers.close()
    await attached.detach()
  })

  it('see the same card and ATR that OpenSC sees', async () => {
    const info = (await readers.list()).find(reader => reader.id === attached.reader)
    expect(Buffer.from(info?.card?.atr ?? []).toString('hex')).toBe(Buffer.from(card.atr).toString('hex'))
    const tool = await run('opensc-tool', ['--atr', '-r', attached.reader])
    expect(tool.stdout.trim().replaceAll(':', '')).toBe(Buffer.from(card.atr).toString('hex'))
  })

  it('hold a card for themselves, forget a verified PIN at reset and let the card go at close', async () => {
    const connection = await readers.connect(attached.reader)
    await expect(readers.connect(attached.reader)).rejects.toMatchObject({ code: 'CARD_IN_USE' })
    const other = createPcscReaders()
    await expect(other.connect(attached.reader)).rejects.toMatchObject({ code: 'CARD_IN_USE' })
    await connection.transmit(SELECT_PIV)
    const pin = new Uint8Array(Buffer.from('0020008008313233343536FFFF', 'hex'))
    expect([...(await connection.transmit(pin))]).toEqual([0x90, 0x00])
    await connection.reset()
    await connection.transmit(SELECT_PIV)
    expect([...(await connection.transmit(Uint8Array.of(0, 0x20, 0, 0x80)))]).toEqual([0x63, 0xc5])
    await connection.close()
    const again = await other.connect(attached.reader)
    await again.close()
    other.close()
  })

  it('tell that the card was taken out, and give it a new insertion when it comes back', async () => {
    const before = (await readers.list()).find(reader => reader.id === attached.reader)?.card?.insertion
    const connection = await readers.connect(attached.reader)
    expect(connection.insertion).toBe(before)
    await attached.detach()
    await expect(connection.transmit(SELECT_PIV)).rejects.toMatchObject({ code: 'CARD_REMOVED' })
    await connection.close()
    await expect(readers.connect(attached.reader)).rejects.toMatchObject({ code: 'CARD_REMOVED' })
    attached = await attachCard(card)
    const after = (await readers.list()).find(reader => reader.id === attached.reader)?.card?.insertion
    expect(after).toBeDefined()
    expect(after).not.toBe(before)
  })

  it('report each change to a watcher', async () => {
    const gone = new Promise<void>(resolve => {
      const stop = readers.watch(async () => {
        const info = (await readers.list()).find(reader => reader.id === attached.reader)
        if (info && !info.card) {
          stop()
          resolve()
        }
      })
    })
    await attached.detach()
    await gone
    attached = await attachCard(card)
  })

  it('refuse a reader that is not there', async () => {
    await expect(readers.connect('No such reader')).rejects.toMatchObject({ code: 'READER_LOST' })
  })
})
