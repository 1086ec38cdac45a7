import { randomUUID } from 'node:crypto'
import { CardError, hexToBytes, type Script, type ScriptProgress } from '@cardwright/card'
import { type FromFarEnd, type FromFarPrinters, fromFarEnd, type ToFarEnd, toFarEnd } from '@cardwright/contract'
import type { CardGateway, CardSession, KeptValues, TypedValues } from '@cardwright/core'
import { type Channel, fromReadersMessage } from '@cardwright/relay'

export type RelayOptions = {
  /**
   * How typed values that this process knows get to the far end without passing the relay. A workstation's are kept there
   * beforehand, so its relay has no such way, and throws.
   */
  readonly keep: (key: string, typed: TypedValues) => void
  /** What the far end says of its printers, and prints; adapters/printer/relay listens. */
  readonly printing?: (message: FromFarPrinters) => void
  /** Silence after which the far end is given up, in milliseconds. A progress message ends the silence. */
  readonly openTimeoutMs?: number
  /** An RSA-4096 key can take a card minutes. */
  readonly runTimeoutMs?: number
}

type Answer = Extract<FromFarEnd, { type: 'opened' | 'ran' | 'readers' }>
type Waiting = {
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: Error) => void
  readonly onProgress?: (event: ScriptProgress) => void
  readonly patience: NodeJS.Timeout
}

/** Questions without an answer; a far end that answers none of them must not fill the memory until each gives up. */
const MOST_WAITING = 256

/**
 * The server's end of the relay. One `run` that was sent is one round trip, counted where it is sent: nothing else may
 * claim what an issuance costs on the wire.
 */
export const createRelayGateway = (channel: Channel, options: RelayOptions): CardGateway => {
  const { openTimeoutMs = 15_000, runTimeoutMs = 300_000 } = options
  const waiting = new Map<number, Waiting>()
  const watchers = new Set<() => void>()
  let lost = false
  let nextMessage = 0

  const lose = () => {
    if (lost) return
    lost = true
    const error = new CardError('RELAY_LOST', 'the connection to the workstation broke')
    for (const { reject, patience } of waiting.values()) {
      clearTimeout(patience)
      reject(error)
    }
    waiting.clear()
    for (const changed of watchers) changed()
  }

  const send = (message: ToFarEnd) => {
    if (lost) throw new CardError('RELAY_LOST', 'the connection to the workstation is broken')
    channel.send(JSON.stringify(message))
  }

  const take = (message: number): Waiting | undefined => {
    const found = waiting.get(message)
    waiting.delete(message)
    if (found) clearTimeout(found.patience)
    return found
  }

  const receive = (text: string) => {
    const message = parse(text)
    // An answer that breaks the contract could be taken for another; the card's state must then be read anew.
    if (message === null) return channel.close()
    switch (message.type) {
      case 'readers':
        // A list that is the answer to a question was made after it; one that nobody asked for may be older.
        if (message.message === undefined) for (const changed of watchers) changed()
        else take(message.message)?.resolve(message)
        return
      case 'progress': {
        const found = waiting.get(message.message)
        found?.patience.refresh()
        const { step, steps, progress } = message
        found?.onProgress?.({ step, steps, ...(progress === undefined ? {} : { progress }) })
        return
      }
      case 'failed':
        take(message.message)?.reject(new CardError(message.code, message.detail))
        return
      case 'printers':
      case 'print-progress':
      case 'print-ended':
        options.printing?.(message)
        return
      default:
        take(message.message)?.resolve(message)
    }
  }

  const ask = (
    make: (message: number) => Extract<ToFarEnd, { message: number }>,
    timeoutMs: number,
    onProgress?: (event: ScriptProgress) => void,
  ): Promise<Answer> => {
    if (waiting.size >= MOST_WAITING)
      return Promise.reject(new CardError('RELAY_LOST', 'the workstation answers nothing'))
    const number = nextMessage++
    const message = make(number)
    return new Promise((resolve, reject) => {
      const patience = setTimeout(() => {
        take(number)?.reject(new CardError('RELAY_LOST', 'the workstation did not answer in time'))
      }, timeoutMs)
      waiting.set(number, { resolve, reject, patience, ...(onProgress ? { onProgress } : {}) })
      try {
        send(message)
      } catch (error) {
        take(number)?.reject(error as Error)
      }
    })
  }

  const run = async (session: string, script: Script, onProgress?: (event: ScriptProgress) => void) => {
    const answer = await ask(
      message => toFarEnd.parse({ type: 'run', message, session, script }) as Extract<ToFarEnd, { type: 'run' }>,
      runTimeoutMs,
      onProgress,
    )
    if (answer.type !== 'ran' || answer.session !== session) throw wrongAnswer()
    const { results, apdus, stopped } = answer.result
    return { results, apdus, ...(stopped ? { stopped } : {}) }
  }

  channel.onMessage(receive)
  channel.onClose(lose)

  const readers = async () => {
    const answer = await ask(message => ({ type: 'watch-readers', message }), openTimeoutMs)
    if (answer.type !== 'readers') throw wrongAnswer()
    return fromReadersMessage(answer)
  }

  return {
    readers,
    reader: async id => (await readers()).find(r => r.id === id) ?? null,
    watch: changed => {
      const own = () => changed()
      watchers.add(own)
      return () => watchers.delete(own)
    },
    open: async ({ readerId, insertion, typed }): Promise<CardSession> => {
      const session = randomUUID()
      const kept = keptKey(typed, options.keep)
      const close = async () => {
        if (!lost) send({ type: 'close', session })
      }
      let opened: Answer
      try {
        opened = await ask(
          message => ({ type: 'open', message, session, readerId, insertion, ...(kept ? { kept } : {}) }),
          openTimeoutMs,
        )
        if (opened.type !== 'opened' || opened.session !== session) throw wrongAnswer()
      } catch (error) {
        // The far end may have opened the card after we stopped waiting, and holds what was typed.
        await close()
        throw error
      }
      let roundTrips = 0
      return {
        atr: hexToBytes(opened.atr),
        get roundTrips() {
          return roundTrips
        },
        run: (script, onProgress) => {
          roundTrips++
          return run(session, script, onProgress)
        },
        close,
      }
    },
  }
}

const keptKey = (typed: TypedValues | KeptValues | undefined, keep: RelayOptions['keep']): string | undefined => {
  if (typed === undefined) return undefined
  if ('kept' in typed) return typed.kept
  const key = randomUUID()
  keep(key, typed)
  return key
}

const wrongAnswer = () => new CardError('RELAY_LOST', 'the workstation answered something else than was asked')

const parse = (text: string): FromFarEnd | null => {
  try {
    return fromFarEnd.parse(JSON.parse(text))
  } catch {
    return null
  }
}
