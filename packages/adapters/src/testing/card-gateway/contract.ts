import type { Script } from '@cardwright/card'
import {
  createVirtualCard,
  createVirtualReaders,
  type VirtualCard,
  type VirtualReaders,
} from '@cardwright/card-virtual'
import type { CardGateway } from '@cardwright/core'
import { describe, expect, test } from 'vitest'

export type GatewayUnderTest = {
  readonly gateway: CardGateway
  /** Every text that crossed the wire so far. */
  readonly wire: readonly string[]
  /** Breaks the connection. */
  readonly cut: () => void
}

const SELECT_PIV = '00A404000BA000000308000010000100'
const script = (...apdus: string[]): Script => ({
  steps: apdus.map(apdu => ({ command: 'test', apdus: [apdu], accept: ['9000'] })),
})
/** VERIFY of the PIV card application PIN (SP 800-73pt2-5 §3.2.1) with a gap where the PIN goes. */
const verifyScript: Script = {
  steps: [
    { command: 'select', apdus: [SELECT_PIV], accept: ['9000'] },
    {
      command: 'verify',
      apdus: ['0020008008FFFFFFFFFFFFFFFF'],
      accept: ['9000'],
      gaps: [{ name: 'pin', offset: 5, encoding: 'pin8' }],
      secret: true,
    },
  ],
}

const newCard = (): VirtualCard =>
  createVirtualCard({
    model: 'yubikey-5.7',
    serial: 24_000_001,
    random: bytes => crypto.getRandomValues(new Uint8Array(bytes)),
    now: () => new Date(),
  })

/** What every card gateway must do, whatever lies between it and the cards. */
export const cardGatewayContract = (
  name: string,
  connect: (readers: VirtualReaders) => Promise<GatewayUnderTest>,
): void => {
  const set = async () => {
    const readers = createVirtualReaders([{ id: 'one', name: 'Reader one', card: newCard() }])
    const under = await connect(readers)
    const [reader] = await under.gateway.readers()
    return { readers, ...under, insertion: reader?.card?.insertion ?? '' }
  }

  describe(name, () => {
    test('I-2: readers and cards are listed, and a change is told', async () => {
      const { gateway, readers } = await set()
      const told = new Promise<void>(resolve => gateway.watch(resolve))
      readers.remove('one')
      await told
      expect(await gateway.readers()).toEqual([{ id: 'one', name: 'Reader one', virtual: true }])
    })

    test('the list that is answered was made after the question, however many changes are still on their way', async () => {
      const { gateway, readers } = await set()
      for (let n = 0; n < 5; n++) {
        const card = readers.remove('one')
        if (card) readers.insert('one', card)
        const [now] = await readers.list()
        expect((await gateway.readers())[0]?.card?.insertion).toBe(now?.card?.insertion)
      }
    })

    test('a script runs as one message and one answer, counted where it is sent', async () => {
      const { gateway, insertion, wire } = await set()
      const session = await gateway.open({ readerId: 'one', insertion })
      const seen: number[] = []
      const before = wire.length
      const result = await session.run(script(SELECT_PIV, '00CB3FFF035C017E00'), p => seen.push(p.step))
      expect(result.stopped).toBeUndefined()
      expect(result.results).toHaveLength(2)
      expect(seen).toEqual([0, 1])
      const types = wire.slice(before).map(text => JSON.parse(text).type)
      expect(types).toEqual(['run', 'progress', 'progress', 'ran'])
      expect(session.roundTrips).toBe(1)
      await session.close()
    })

    test('I-13: the same card put in again is another insertion and is refused', async () => {
      const { gateway, readers, insertion } = await set()
      const card = readers.remove('one')
      if (card) readers.insert('one', card)
      await expect(gateway.open({ readerId: 'one', insertion })).rejects.toMatchObject({ code: 'CARD_EXCHANGED' })
    })

    test('an empty reader is CARD_REMOVED, an unknown one READER_LOST', async () => {
      const { gateway, readers, insertion } = await set()
      readers.remove('one')
      await expect(gateway.open({ readerId: 'one', insertion })).rejects.toMatchObject({ code: 'CARD_REMOVED' })
      await expect(gateway.open({ readerId: 'two', insertion })).rejects.toMatchObject({ code: 'READER_LOST' })
    })

    test('a card has one session at a time; after close the next may have it', async () => {
      const { gateway, insertion } = await set()
      const first = await gateway.open({ readerId: 'one', insertion })
      await expect(gateway.open({ readerId: 'one', insertion })).rejects.toMatchObject({ code: 'CARD_IN_USE' })
      await first.close()
      const second = await gateway.open({ readerId: 'one', insertion })
      expect((await second.run(script(SELECT_PIV))).stopped).toBeUndefined()
      await second.close()
    })

    test('a card pulled between two scripts stops the second one as card-removed', async () => {
      const { gateway, readers, insertion } = await set()
      const session = await gateway.open({ readerId: 'one', insertion })
      await session.run(script(SELECT_PIV))
      readers.remove('one')
      expect((await session.run(script(SELECT_PIV))).stopped).toEqual({ step: 0, kind: 'card-removed' })
    })

    test("the holder's PIN fills its gap at the far end and never crosses the wire", async () => {
      const { gateway, insertion, wire } = await set()
      const session = await gateway.open({ readerId: 'one', insertion, typed: { pin: '123456' } })
      const result = await session.run(verifyScript)
      expect(result.results.map(r => r.sw)).toEqual(['9000', '9000'])
      expect(wire.length).toBeGreaterThan(0)
      expect(wire.join()).not.toContain('123456')
      expect(wire.join()).not.toContain('313233343536')
      await session.close()
      const later = await gateway.open({ readerId: 'one', insertion })
      const refused = await later.run(verifyScript)
      expect(refused.stopped).toMatchObject({ kind: 'refused' })
      expect(refused.apdus).toBe(0)
    })

    test('a broken connection ends what waits with RELAY_LOST and frees the card', async () => {
      const { gateway, readers, insertion, cut } = await set()
      const session = await gateway.open({ readerId: 'one', insertion })
      const waiting = session.run(script(SELECT_PIV))
      cut()
      await expect(waiting).rejects.toMatchObject({ code: 'RELAY_LOST' })
      await expect(session.run(script(SELECT_PIV))).rejects.toMatchObject({ code: 'RELAY_LOST' })
      await expect(gateway.readers()).rejects.toMatchObject({ code: 'RELAY_LOST' })
      const connection = await readers.connect('one')
      await connection.close()
    })
  })
}
