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

/** Keeps one PC/SC client alive, over restarts of the service too. */
export type Monitor = {
  /** Throws PcscUnavailableError if there is no service now. */
  readers(): Promise<ReadonlyMap<string, SeenReader>>
  /** The same without asking: what is known at this moment. */
  known(): ReadonlyMap<string, SeenReader>
  watch(changed: () => void): () => void
  close(): void
}

/** High word of a reader's state: "number of card insertion and removal events" (SCardGetStatusChange). */
export const EVENT_COUNT_SHIFT = 16

/** pcsc-mini tells of readers one by one and never that it is through; its first round takes some ms. */
const FIRST_ROUND_MS = 150
/** While the service is away it is looked for this often, only if somebody watches. */
const RETRY_MS = 2_000

export function createMonitor(load: () => Promise<Pcsc> = loadPcsc): Monitor {
  const seen = new Map<string, SeenReader>()
  const watchers = new Set<() => void>()
  let started: Promise<void> | undefined
  let client: Client | undefined
  let retry: NodeJS.Timeout | undefined
  let closed = false

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
    stop(own)
    seen.clear()
    changed()
    retryLater()
  }

  function retryLater(): void {
    if (closed || watchers.size === 0 || retry) return
    retry = setTimeout(() => {
      retry = undefined
      start().then(changed, () => {})
    }, RETRY_MS)
    retry.unref()
  }

  return {
    async readers() {
      await start()
      return seen
    },
    known: () => seen,
    watch(watcher) {
      const own = () => watcher()
      watchers.add(own)
      // A service that is absent is no error here: it may come, and `readers` says what is wrong to who asks.
      start().catch(() => {})
      return () => watchers.delete(own)
    },
    close() {
      closed = true
      clearTimeout(retry)
      watchers.clear()
      if (client) stop(client)
      client = undefined
      started = undefined
      seen.clear()
    },
  }
}

/**
 * Clients whose service went away. pcsc-mini 0.1.3 releases the context when a client is collected, and ends the process if
 * the service does not know that context any more; so they are never collected. One for each restart of the service.
 */
const retired = new Set<Client>()

function stop(client: Client): void {
  retired.add(client)
  try {
    client.stop()
  } catch {
    // pcsc-mini throws when the service has gone before; there is nothing left to stop then.
  }
}
