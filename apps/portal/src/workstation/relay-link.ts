import type { FromPage } from '@cardwright/contract'
import { type Chunk, createChunkJoiner, toChunks } from '@cardwright/relay/chunks'
import type { Socket } from './environment.ts'

/** How the server ends a connection (apps/server/src/relay/socket.ts). */
const IN_USE = 4001
const SUPERSEDED = 4002
/** How long to wait before the next try; the last one for good. */
const PAUSES_MS = [300, 1_000, 2_000, 5_000, 10_000]

export type RelayListeners = {
  readonly changed: (relay: 'connecting' | 'open' | 'away' | 'in-use') => void
  readonly toClient: (message: FromPage) => void
}

/** The pipe between the server's WebSocket and one client; it mends itself when the server goes and comes back. */
export type RelayLink = {
  /** A part from the client. Throws ChunkError. */
  fromClient(chunk: Chunk): void
  /** The client has let go of what belonged to the connection before. */
  clientIsReset(): void
  /** Tries at once if it is not open. */
  now(): void
  /** Connects anew, open or not: the browser has another session since. */
  renew(): void
  end(): void
}

export const openRelayLink = (openSocket: () => Socket, { changed, toClient }: RelayListeners): RelayLink => {
  let ended = false
  let socket: Socket | null = null
  let opened = false
  let ready = false
  let waiting: string[] = []
  let join = createChunkJoiner()
  let sent = 0
  /** Asked of the client and not yet answered; only the last one belongs to the connection that is. */
  let resets = 0
  let failures = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const pass = (text: string) => {
    for (const chunk of toChunks(sent++, text)) toClient({ type: 'relay', chunk })
  }
  const resetClient = () => {
    resets++
    toClient({ type: 'relay-reset' })
  }
  const connect = () => {
    clearTimeout(timer)
    const own = openSocket()
    socket = own
    opened = false
    ready = false
    waiting = []
    own.onopen = () => {
      opened = true
      resetClient()
    }
    own.onmessage = ({ data }) => {
      if (typeof data !== 'string') return
      // Until the client is reset, it would take this for the connection before.
      if (ready) pass(data)
      else waiting.push(data)
    }
    own.onclose = ({ code }) => lost(code)
  }
  const lost = (code: number) => {
    socket = null
    ready = false
    if (ended) return
    // A card that the client still holds for this connection would be kept from the tab that has the readers now.
    if (opened) resetClient()
    opened = false
    changed(code === IN_USE || code === SUPERSEDED ? 'in-use' : 'away')
    // The newer tab has it until somebody comes back to this one; two tabs must not take it from each other in turn.
    if (code === SUPERSEDED) return
    timer = setTimeout(connect, PAUSES_MS[Math.min(failures, PAUSES_MS.length - 1)])
    failures++
  }

  /** Without a word to anybody: what this socket still says belongs to nobody. */
  const drop = () => {
    clearTimeout(timer)
    const own = socket
    socket = null
    if (!own) return
    own.onopen = null
    own.onmessage = null
    own.onclose = null
    own.close()
  }

  changed('connecting')
  connect()
  return {
    fromClient: chunk => {
      const text = ready ? join(chunk) : undefined
      if (text !== undefined) socket?.send(text)
    },
    clientIsReset: () => {
      resets--
      if (socket === null || !opened || resets > 0) return
      join = createChunkJoiner()
      ready = true
      failures = 0
      for (const text of waiting.splice(0)) pass(text)
      changed('open')
    },
    now: () => {
      if (socket !== null || ended) return
      changed('connecting')
      connect()
    },
    renew: () => {
      if (ended) return
      drop()
      failures = 0
      changed('connecting')
      connect()
    },
    end: () => {
      ended = true
      drop()
    },
  }
}
