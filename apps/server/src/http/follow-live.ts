import type { EventStream } from './event-stream.ts'
import { oneAtATime } from './one-at-a-time.ts'

type Versioned = { readonly version: number }

/** Another server may do the work, or go on with it: what is stored is asked for this often. */
const POLL_MS = 1000

/**
 * Sends a piece of work as it goes on: what this server sees of it at once, and what is stored in between. Each state once,
 * and none after a newer one: events may overtake each other on their way through `view`.
 */
export const followLive = async <T extends Versioned, A>(
  stream: EventStream<A>,
  source: {
    /** What is stored, or known better here. Asked again and again, also for what else has to be done meanwhile. */
    readonly current: () => Promise<T>
    readonly watch: (changed: (state: T) => void) => () => void
    readonly view: (state: T) => Promise<A>
    readonly pollMs?: number | undefined
  },
): Promise<() => void> => {
  let sent = { version: -1, text: '' }
  const send = async (state: T) => {
    const next = await source.view(state)
    const text = JSON.stringify(next)
    if (state.version < sent.version || text === sent.text) return
    sent = { version: state.version, text }
    stream.send(next)
  }
  await send(await source.current())
  const stop = source.watch(state => void send(state).catch(() => stream.close()))
  const look = oneAtATime(async () => send(await source.current()))
  const poll = setInterval(() => void look().catch(() => stream.close()), source.pollMs ?? POLL_MS)
  return () => {
    clearInterval(poll)
    stop()
  }
}
