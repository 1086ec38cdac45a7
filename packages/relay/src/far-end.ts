import {
  type CardConnection,
  CardError,
  type Readers,
  runScript,
  type Script,
  type ScriptProgress,
} from '@cardwright/card'
import { type FromFarEnd, type ToFarEnd, toFarEnd } from '@cardwright/contract'
import type { Channel } from './channel.ts'
import { createFarPrinting, type FarPrinters } from './far-printing.ts'
import { toReadersMessage } from './readers-message.ts'

/** What the holder typed, by gap name. */
export type TypedValues = Readonly<Partial<Record<'pin' | 'newPin', string>>>

export type FarEnd = {
  /**
   * What the holder typed, under a name that whoever opens a session then gives (`open.kept`). Stays in this memory
   * until that session closes; given out once.
   */
  keep(key: string, typed: TypedValues): void
}

export type FarEndOptions = {
  /**
   * The reason why a script is not run, or undefined: the client refuses applications that no issuer needs. `connection` is
   * the one that the readers gave for this session, so what was selected in it can be known.
   */
  readonly refuse?: (script: Script, connection: CardConnection) => string | undefined
  /** The local queues; without, there are none. */
  readonly printers?: FarPrinters
}

/** Values that nobody asked for make room for newer ones: a page that gave up must not fill the memory. */
const MOST_KEPT = 4

type OpenCard = {
  readonly connection: CardConnection
  readonly typed: TypedValues
  /** The card is free again. */
  readonly gone: PromiseWithResolvers<void>
  running: boolean
  closing: boolean
}
type Failure = Extract<FromFarEnd, { type: 'failed' }>['code']

/**
 * The end of the relay where the cards are: the workstation's client, or the server's own readers. Whatever arrives is
 * checked against the contract; a message that breaks it ends the connection, as nothing after it could be trusted.
 */
export const runFarEnd = (channel: Channel, readers: Readers, options: FarEndOptions = {}): FarEnd => {
  const cards = new Map<string, OpenCard>()
  const kept = new Map<string, TypedValues>()
  /** Cards that are being let go; a real one is reset meanwhile, and nobody can open it. */
  const lettingGo = new Set<Promise<void>>()
  let stopWatching: (() => void) | undefined
  let ended = false

  const send = (message: FromFarEnd) => channel.send(JSON.stringify(message))
  const printing = createFarPrinting(options.printers, send)
  const fail = (message: number, error: unknown) => send({ type: 'failed', message, ...describe(error) })
  const tellReaders = async (message?: number) => send(toReadersMessage(await readers.list().catch(() => []), message))

  const release = async (session: string) => {
    const card = cards.get(session)
    if (!card) return
    // The command that runs is left to end: half of one is worse for a card than a whole one. The rest is not begun.
    card.closing = true
    lettingGo.add(card.gone.promise)
    if (card.running) return
    cards.delete(session)
    await card.connection.close().finally(() => {
      card.gone.resolve()
      lettingGo.delete(card.gone.promise)
    })
  }

  const open = async ({ message, session, readerId, insertion, kept: key }: Extract<ToFarEnd, { type: 'open' }>) => {
    const typed = key === undefined ? {} : kept.get(key)
    if (key !== undefined) kept.delete(key)
    if (!typed) throw new CardError('SCRIPT_REFUSED', 'nothing was typed for this session')
    if (cards.has(session)) throw new CardError('CARD_IN_USE', 'this session is open already')
    await Promise.all(lettingGo)
    const connection = await readers.connect(readerId)
    // Nobody is there any more who could close it.
    if (ended) return connection.close()
    if (connection.insertion !== insertion) {
      await connection.close()
      throw new CardError('CARD_EXCHANGED', 'another card, or the same one put in again, is in the reader')
    }
    cards.set(session, { connection, typed, gone: Promise.withResolvers(), running: false, closing: false })
    send({ type: 'opened', message, session, atr: Buffer.from(connection.atr).toString('hex').toUpperCase() })
  }

  const run = async ({ message, session, script }: Extract<ToFarEnd, { type: 'run' }>) => {
    const card = cards.get(session)
    if (!card || card.closing) throw new CardError('SCRIPT_REFUSED', 'no card is open for this session')
    if (card.running) throw new CardError('SCRIPT_REFUSED', 'another script runs in this session')
    const reason = options.refuse?.(script, card.connection)
    if (reason !== undefined) throw new CardError('SCRIPT_REFUSED', reason)
    card.running = true
    const progress = ({ step, steps, progress: name }: ScriptProgress) =>
      send({ type: 'progress', message, session, step, steps, ...(name === undefined ? {} : { progress: name }) })
    try {
      const result = await runScript(card.connection, script, progress, card.typed, () => card.closing)
      send({ type: 'ran', message, session, result: structuredClone(result) as Ran })
    } finally {
      card.running = false
      if (card.closing) await release(session)
    }
  }

  const receive = async (text: string) => {
    const message = parse(text)
    if (message === null) return channel.close()
    if (message.type === 'watch-readers') {
      stopWatching ??= readers.watch(() => void tellReaders())
      return tellReaders(message.message)
    }
    if (message.type === 'close') return release(message.session)
    if (message.type !== 'open' && message.type !== 'run') return printing.receive(message)
    try {
      await (message.type === 'open' ? open(message) : run(message))
    } catch (error) {
      fail(message.message, error)
    }
  }

  channel.onMessage(text => void receive(text))
  channel.onClose(() => {
    ended = true
    stopWatching?.()
    kept.clear()
    for (const session of cards.keys()) void release(session)
  })
  return {
    keep: (key, typed) => {
      kept.set(key, typed)
      if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value ?? '')
    },
  }
}

type Ran = Extract<FromFarEnd, { type: 'ran' }>['result']

const parse = (text: string): ToFarEnd | null => {
  try {
    return toFarEnd.parse(JSON.parse(text))
  } catch {
    return null
  }
}

/** Codes that the contract carries; details are for people at the server and never hold what a card answered. */
const describe = (error: unknown): { code: Failure; detail: string } => {
  const detail = error instanceof Error ? error.message.slice(0, 500) : 'unknown'
  if (error instanceof CardError && isFailure(error.code)) return { code: error.code, detail }
  return { code: 'READER_LOST', detail }
}

const failures: readonly Failure[] = ['CARD_REMOVED', 'CARD_EXCHANGED', 'CARD_IN_USE', 'READER_LOST', 'SCRIPT_REFUSED']
const isFailure = (code: string): code is Failure => failures.some(f => f === code)
