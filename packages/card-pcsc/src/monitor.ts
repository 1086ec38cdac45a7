import type { Client, Reader } from 'pcsc-mini'
import { PcscUnavailableError } from './errors.ts'
import { loadPcsc, type Pcsc } from './load.ts'

/** A reader as the monitor saw it last. `insertion` is undefined while it is empty. */
export type SeenReader = {
  readonly name: string
  readonly reader: Reader
  readonly insertion: string | undefined
  /** PC/SC's count of insertions and removals, 0 where the service does not count. */
  readonly events: number
  /** The card is there but does not answer (upside down, not a smart card). */
  readonly mute: boolean
}

/** What PC/SC shows, over restarts of the service too. */
export type Monitor = {
  /** Throws PcscUnavailableError if there is no service now. */
  readers(): Promise<ReadonlyMap<string, SeenReader>>
  watch(changed: () => void): () => void
  /** Tells its watchers no more. */
  close(): void
}

/** High word of a reader's state: "number of card insertion and removal events" (SCardGetStatusChange). */
export const EVENT_COUNT_SHIFT = 16

/** pcsc-mini tells of readers one by one and never that it is through; its first round takes some ms. */
const FIRST_ROUND_MS = 150
/** While the service is away it is looked for this often, only if somebody watches. */
const RETRY_MS = 2_000

type Observation = Omit<Monitor, 'close'>
const observations = new WeakMap<() => Promise<Pcsc>, Observation>()

/**
 * All monitors of a process look through one PC/SC client, which is never stopped: pcsc-mini's `stop` cancels the wait of
 * its thread and waits for it to end, but a cancel between two waits is lost (SCardCancel only reaches a wait that has begun),
 * and then everything stands still for ever. So the process does not end by itself either; `process.exit` ends it at once.
 */
export function createMonitor(load: () => Promise<Pcsc> = loadPcsc): Monitor {
  const { readers, watch } = observations.get(load) ?? observe(load)
  const own = new Set<() => void>()
  return {
    readers,
    watch(watcher) {
      const forget = watch(watcher)
      own.add(forget)
      return () => {
        own.delete(forget)
        forget()
      }
    },
    close() {
      for (const forget of own) forget()
      own.clear()
    },
  }
}

function observe(load: () => Promise<Pcsc>): Observation {
  const seen = new Map<string, SeenReader>()
  const watchers = new Set<() => void>()
  let started: Promise<void> | undefined
  let client: Client | undefined
  let retry: NodeJS.Timeout | undefined

  function changed(): void {
    for (const watcher of watchers) watcher()
  }

  function start(): Promise<void> {
    started ??= connect().catch(error => {
      started = undefined
      retryLater()
      throw error
    })
    return started
  }

  async function connect(): Promise<void> {
    const pcsc = await load()
    const own = new pcsc.Client()
    kept.add(own)
    own.on('reader', reader => follow(pcsc, own, reader))
    own.on('error', () => lost(own))
    try {
      own.start()
    } catch (cause) {
      throw new PcscUnavailableError(cause)
    }
    client = own
    await new Promise(resolve => setTimeout(resolve, FIRST_ROUND_MS))
    if (client !== own) throw new PcscUnavailableError()
  }

  function follow(pcsc: Pcsc, own: Client, reader: Reader): void {
    const name = reader.name()
    reader.on('change', status => {
      if (client !== own) return
      const present = status.has(pcsc.ReaderStatus.PRESENT)
      const events = status.raw >>> EVENT_COUNT_SHIFT
      const before = seen.get(name)
      // The same count means the same card; without it a quick exchange would look like one card that stayed.
      const same = before?.events === events ? before.insertion : undefined
      const insertion = present ? (same ?? globalThis.crypto.randomUUID()) : undefined
      seen.set(name, { name, reader, insertion, events, mute: status.has(pcsc.ReaderStatus.MUTE) })
      changed()
    })
    reader.on('disconnect', () => {
      if (seen.get(name)?.reader !== reader) return
      seen.delete(name)
      changed()
    })
  }

  /** The service went away: all readers with it, and this client for good. */
  function lost(own: Client): void {
    if (client !== own) return
    client = undefined
    started = undefined
    seen.clear()
    changed()
    retryLater()
  }

  function retryLater(): void {
    if (watchers.size === 0 || retry) return
    retry = setTimeout(() => {
      retry = undefined
      start().then(changed, () => {})
    }, RETRY_MS)
    retry.unref()
  }

  const observation: Observation = {
    async readers() {
      await start()
      return seen
    },
    watch(watcher) {
      const own = () => watcher()
      watchers.add(own)
      // A service that is absent is no error here: it may come, and `readers` says what is wrong to who asks.
      start().catch(() => {})
      return () => watchers.delete(own)
    },
  }
  observations.set(load, observation)
  return observation
}

/**
 * pcsc-mini 0.1.3 releases the context when a client is collected: that waits as `stop` does, and ends the process if the
 * service does not know the context any more. So none is ever collected; there is one for each restart of the service.
 */
const kept = new Set<Client>()
