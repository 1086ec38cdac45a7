import { type CardConnection, CardError, type ReaderInfo, type Readers } from '@cardwright/card'
import type { VirtualCard } from './virtual-card.ts'

export type VirtualReader = {
  /** Stable over restarts, unique in this list. */
  readonly id: string
  readonly name: string
  readonly card?: VirtualCard
}

export type VirtualReaderOptions = {
  /** Waited for before each APDU, so that a benchmark can imitate slow cards. Default: none. */
  readonly latency?: () => Promise<void>
}

/** Readers in this process, with cards that can be put in and taken out while it runs. */
export interface VirtualReaders extends Readers {
  /** Puts a card in and powers it. Throws CARD_IN_USE if the reader is full, READER_LOST if there is no such reader. */
  insert(readerId: string, card: VirtualCard): void
  /** Takes the card out, in the middle of a command if need be; undefined if there was none. */
  remove(readerId: string): VirtualCard | undefined
  card(readerId: string): VirtualCard | undefined
  add(reader: VirtualReader): void
  /** Unplugs a reader. Returns the card that was in it. */
  unplug(readerId: string): VirtualCard | undefined
}

type Slot = {
  readonly id: string
  readonly name: string
  inserted?: { readonly card: VirtualCard; readonly insertion: string; readonly stop: () => void }
  /** The open connection's insertion. */
  connected?: string
}

export function createVirtualReaders(
  readers: readonly VirtualReader[],
  options: VirtualReaderOptions = {},
): VirtualReaders {
  const slots = new Map<string, Slot>()
  const watchers = new Set<() => void>()

  function changed(): void {
    for (const watcher of watchers) watcher()
  }

  function slot(id: string): Slot {
    const found = slots.get(id)
    if (!found) throw new CardError('READER_LOST', `there is no reader ${id}`)
    return found
  }

  function insert(readerId: string, card: VirtualCard): void {
    const target = slot(readerId)
    if (target.inserted) throw new CardError('CARD_IN_USE', `${target.name} already holds a card`)
    card.powerOn()
    // A card whose power is cut is a card pulled out: the reader is empty until it is put in again.
    const stop = card.onPowerLost(() => remove(readerId))
    target.inserted = { card, insertion: globalThis.crypto.randomUUID(), stop }
    changed()
  }

  function remove(readerId: string): VirtualCard | undefined {
    const target = slot(readerId)
    const { inserted } = target
    if (!inserted) return undefined
    inserted.stop()
    inserted.card.powerOff()
    target.inserted = undefined
    target.connected = undefined
    changed()
    return inserted.card
  }

  function connect(readerId: string): CardConnection {
    const target = slot(readerId)
    const { inserted } = target
    if (!inserted) throw new CardError('CARD_REMOVED', `there is no card in ${target.name}`)
    if (target.connected) throw new CardError('CARD_IN_USE', `another session uses the card in ${target.name}`)
    const { card, insertion } = inserted
    target.connected = insertion
    card.reset()
    let open = true

    function check(): void {
      if (!slots.has(readerId)) throw new CardError('READER_LOST', `${target.name} was unplugged`)
      if (!open || target.inserted?.insertion !== insertion) {
        throw new CardError('CARD_REMOVED', `the card was taken out of ${target.name}`)
      }
    }

    return {
      atr: card.atr,
      insertion,
      async transmit(apdu) {
        check()
        await options.latency?.()
        check()
        const answer = await card.transmit(apdu)
        check()
        return answer
      },
      async reset() {
        check()
        card.reset()
      },
      async close() {
        if (!open) return
        open = false
        if (target.connected !== insertion) return
        target.connected = undefined
        // What the session proved (PIN, administrator) must not be there for the next one.
        card.reset()
      },
    }
  }

  const result: VirtualReaders = {
    async list() {
      return [...slots.values()].map(
        ({ id, name, inserted }): ReaderInfo => ({
          id,
          name,
          virtual: true,
          ...(inserted ? { card: { atr: inserted.card.atr, insertion: inserted.insertion } } : {}),
        }),
      )
    },
    watch(watcher) {
      const own = () => watcher()
      watchers.add(own)
      return () => watchers.delete(own)
    },
    connect: async readerId => connect(readerId),
    insert,
    remove,
    card: readerId => slot(readerId).inserted?.card,
    add(reader) {
      if (slots.has(reader.id)) throw new TypeError(`two readers with id ${reader.id}`)
      slots.set(reader.id, { id: reader.id, name: reader.name })
      if (reader.card) insert(reader.id, reader.card)
      else changed()
    },
    unplug(readerId) {
      const card = remove(readerId)
      slots.delete(readerId)
      changed()
      return card
    },
  }
  for (const reader of readers) result.add(reader)
  return result
}
