import { CardError, type ReaderInfo, type Readers } from '@cardwright/card'
import type { Reader } from 'pcsc-mini'
import { openConnection } from './connection.ts'
import { toCardError } from './errors.ts'
import { loadPcsc, type Pcsc } from './load.ts'
import { createMonitor, type SeenReader } from './monitor.ts'

/**
 * Readers over PC/SC. `close` settles when the cards that are being let go at that time are free for other programs. PC/SC is
 * watched until the process ends, which does not end by itself (monitor.ts).
 */
export type PcscReaders = Readers & { close(): Promise<void> }

/** A program that holds a card may keep the service waiting for as long as it likes; the other readers must not wait with it. */
const ATR_PATIENCE_MS = 1_500

const withinPatience = (asked: Promise<Uint8Array>): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    const patience = setTimeout(() => resolve(new Uint8Array()), ATR_PATIENCE_MS)
    asked.then(resolve, reject).finally(() => clearTimeout(patience))
  })

/**
 * All PC/SC readers of this machine; a reader's id is its PC/SC name. `list` and `connect` throw PcscUnavailableError
 * (code READER_LOST) while there is no service, `watch` waits for one. A card that another program holds exclusively or that
 * does not answer is listed with an empty ATR.
 */
export function createPcscReaders(load: () => Promise<Pcsc> = loadPcsc): PcscReaders {
  const monitor = createMonitor(load)
  /** By insertion: a card's ATR does not change while it is in. */
  const atrs = new Map<string, Uint8Array>()
  /** Questions that are still open, by insertion: a card that keeps silent is asked once. */
  const asking = new Map<string, Promise<Uint8Array>>()
  const connected = new Set<string>()
  const closing = new Set<Promise<void>>()

  async function atrOf(pcsc: Pcsc, { reader, insertion = '', mute }: SeenReader): Promise<Uint8Array> {
    const known = atrs.get(insertion)
    if (known || mute) return known ?? new Uint8Array()
    const asked =
      asking.get(insertion) ??
      askAtr(pcsc, reader)
        .then(atr => {
          if (atr.length > 0) atrs.set(insertion, atr)
          return atr
        })
        .finally(() => asking.delete(insertion))
    asking.set(insertion, asked)
    return withinPatience(asked)
  }

  return {
    async list() {
      const pcsc = await load()
      const seen = [...(await monitor.readers()).values()]
      const current = new Set(seen.map(item => item.insertion))
      for (const insertion of atrs.keys()) if (!current.has(insertion)) atrs.delete(insertion)
      return Promise.all(
        seen.map(async (item): Promise<ReaderInfo> => {
          const { name, insertion } = item
          const base = { id: name, name, virtual: false }
          return insertion ? { ...base, card: { atr: await atrOf(pcsc, item), insertion } } : base
        }),
      )
    },
    watch: monitor.watch,
    async connect(readerId) {
      const pcsc = await load()
      const found = (await monitor.readers()).get(readerId)
      if (!found) throw new CardError('READER_LOST', `There is no reader ${readerId}.`)
      const { insertion } = found
      if (!insertion) throw new CardError('CARD_REMOVED', `There is no card in ${readerId}.`)
      if (connected.has(readerId)) {
        throw new CardError('CARD_IN_USE', `Another session uses the card in ${readerId}.`)
      }
      connected.add(readerId)
      try {
        const connection = await openConnection(pcsc, { ...found, insertion }, () => connected.delete(readerId))
        atrs.set(insertion, connection.atr)
        return {
          ...connection,
          close() {
            const closed = connection.close().finally(() => closing.delete(closed))
            closing.add(closed)
            return closed
          },
        }
      } catch (error) {
        connected.delete(readerId)
        throw toCardError(error, readerId)
      }
    },
    async close() {
      // pcscd keeps a card locked whose disconnect it gets after the context has gone.
      await Promise.all(closing)
      monitor.close()
    },
  }
}

/** Looks without disturbing: shared, and the card is left as it is. The ATR in pcsc-mini's change events is not it. */
async function askAtr(pcsc: Pcsc, reader: Reader): Promise<Uint8Array> {
  try {
    const card = await reader.connect(pcsc.CardMode.SHARED)
    try {
      return (await card.state()).atr.slice()
    } finally {
      await card.disconnect(pcsc.CardDisposition.LEAVE)
    }
  } catch {
    return new Uint8Array()
  }
}
