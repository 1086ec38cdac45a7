import type { ReaderInfo } from '@cardwright/card'
import {
  type CardFacts,
  type CardGateway,
  fillText,
  openCard,
  type RefusalCode,
  refusalOf,
  refusalTexts,
} from '@cardwright/core'
import { oneAtATime } from '../http/one-at-a-time.ts'

export type CardProblem = { readonly code: RefusalCode; readonly text: string }

/** What is known of a card since it was put in; read once for each insertion. */
export type InspectedCard = { readonly insertion: string } & (
  | { readonly state: 'reading' }
  | { readonly state: 'read'; readonly facts: CardFacts }
  | { readonly state: 'unusable'; readonly problem: CardProblem }
)

export type SeenReader = {
  readonly id: string
  readonly name: string
  readonly virtual: boolean
  /** One of our own operations has the card. */
  readonly busy: boolean
  readonly card: InspectedCard | null
}

export type Inspection = {
  /** The readers as they are now; cards that were put in since are read first. */
  readers(): Promise<readonly SeenReader[]>
  /** Calls back when a reader, a card or what is known of it changed. */
  watch(changed: () => void): () => void
  /**
   * Keeps everybody else off the card in a reader until the returned function is called; waits for a read that goes on.
   * Null if one of our own operations has it already. Afterwards the card is read anew: it has changed.
   */
  reserve(readerId: string): Promise<(() => void) | null>
  /** Whether one of our own operations has a card here. */
  isBusy(): boolean
  close(): void
}

/** A card that somebody else has is free again without telling anybody: it is looked at again while somebody watches. */
const LOOK_AGAIN_MS = 1000

/** Cards that are read side by side; a workstation that shows more at once waits for its turn. */
const MOST_AT_ONCE = 16

/** Refusals of this moment: the next look may find the card free. */
const passing: readonly RefusalCode[] = ['CARD_IN_USE', 'CARD_REMOVED', 'CARD_EXCHANGED', 'READER_LOST', 'RELAY_LOST']

export const createInspection = (gateway: CardGateway): Inspection => {
  const known = new Map<string, InspectedCard>()
  const reading = new Map<string, Promise<void>>()
  const reserved = new Set<string>()
  const watchers = new Set<() => void>()
  let closed = false
  let again: NodeJS.Timeout | undefined
  const tell = () => {
    for (const changed of watchers) changed()
  }

  const inspect = async (reader: ReaderInfo, insertion: string): Promise<void> => {
    try {
      const card = await openCard({ gateway }, { readerId: reader.id, insertion, slots: 'all' }, () => undefined)
      await card.close()
      known.set(reader.id, { insertion, state: 'read', facts: card.facts })
    } catch (error) {
      known.set(reader.id, { insertion, state: 'unusable', problem: problemOf(error) })
    }
  }
  const inspected = (readerId: string) => {
    reading.delete(readerId)
    if (closed) return
    tell()
    const card = known.get(readerId)
    if (card && isPassing(card) && !reserved.has(readerId)) planLook()
  }
  const planLook = () => {
    if (watchers.size > 0 && !closed) again ??= setTimeout(lookAgain, LOOK_AGAIN_MS)
  }

  /** Reads a card that has not been read since it was put in, or that could not be had at the last look. */
  const look = (reader: ReaderInfo): Promise<void> => {
    const insertion = reader.card?.insertion
    if (insertion === undefined) {
      known.delete(reader.id)
      return Promise.resolve()
    }
    const found = known.get(reader.id)
    const settled = found?.insertion === insertion && !isPassing(found)
    if (settled || reserved.has(reader.id) || closed) return Promise.resolve()
    const running = reading.get(reader.id)
    if (running) return running
    if (reading.size >= MOST_AT_ONCE) {
      planLook()
      return Promise.resolve()
    }
    if (found?.insertion !== insertion) known.set(reader.id, { insertion, state: 'reading' })
    const work = inspect(reader, insertion).finally(() => inspected(reader.id))
    reading.set(reader.id, work)
    return work
  }
  /** What is known of a reader ends with it: whoever makes up new ones all the time fills no memory. */
  const lookAtAll = (list: readonly ReaderInfo[]): Promise<void>[] => {
    const there = new Set(list.map(({ id }) => id))
    for (const id of known.keys()) if (!there.has(id)) known.delete(id)
    return list.map(look)
  }

  const seen = (reader: ReaderInfo): SeenReader => {
    const card = reader.card ? known.get(reader.id) : undefined
    const { id, name, virtual } = reader
    const current = card?.insertion === reader.card?.insertion ? card : undefined
    const waiting = reader.card ? { insertion: reader.card.insertion, state: 'reading' as const } : null
    return { id, name, virtual, busy: reserved.has(id), card: current ?? waiting }
  }

  /** Changes that come while the list is on its way are one question more, however many they are. */
  const refresh = oneAtATime(async () => {
    const list = await gateway.readers().catch(() => null)
    if (list) lookAtAll(list)
    tell()
  })
  const lookAgain = () => {
    again = undefined
    void refresh()
  }
  const stopWatching = gateway.watch(() => void refresh())
  void refresh()

  return {
    readers: async () => {
      const list = await gateway.readers()
      await Promise.all(lookAtAll(list))
      return list.map(seen)
    },
    watch: changed => {
      const own = () => changed()
      watchers.add(own)
      again ??= setTimeout(lookAgain, LOOK_AGAIN_MS)
      return () => void watchers.delete(own)
    },
    reserve: async readerId => {
      if (reserved.has(readerId)) return null
      reserved.add(readerId)
      await reading.get(readerId)
      tell()
      let held = true
      return () => {
        if (!held) return
        held = false
        reserved.delete(readerId)
        known.delete(readerId)
        void refresh()
      }
    },
    isBusy: () => reserved.size > 0,
    close: () => {
      closed = true
      clearTimeout(again)
      stopWatching()
      watchers.clear()
    },
  }
}

const isPassing = (card: InspectedCard): boolean =>
  card.state === 'reading' || (card.state === 'unusable' && passing.includes(card.problem.code))

/** A card that refuses SELECT is no PIV card; that is what a person must be told, not a status word. */
const problemOf = (error: unknown): CardProblem => {
  const refusal = refusalOf(error)
  const code = refusal.code === 'CARD_STATUS_UNEXPECTED' ? 'CARD_UNKNOWN' : refusal.code
  const { what, advice } = refusalTexts[code]
  return { code, text: `${fillText(what, refusal.params)} ${fillText(advice, refusal.params)}` }
}
