import type { Channel } from '@cardwright/relay'
import websocket from '@fastify/websocket'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { WebSocket } from 'ws'
import type { Caller, Visitor } from '../http/caller.ts'
import { sourceOf } from '../user-portal/source.ts'
import { createAllowance } from './allowance.ts'
import type { Workstations } from './workstations.ts'

export type RelaySocketPorts = {
  readonly authenticate: (request: FastifyRequest) => Promise<Caller | null>
  readonly authenticateVisitor: (request: FastifyRequest) => Promise<Visitor | null>
  /** Whether the session goes on: asked at each heartbeat. */
  readonly keepsWorkstation: (session: Caller | Visitor) => Promise<boolean>
  readonly workstations: Workstations
  readonly heartbeatMs?: number
  /** Tests need fewer. */
  readonly mostOfOneSource?: number
}

/** Why we end a connection, in the range that RFC 6455 §7.4.2 leaves to applications. The page reads them. */
export const RELAY_CLOSE = { IN_USE: 4001, SUPERSEDED: 4002, NOT_SIGNED_IN: 4003, TOO_MANY: 4004 } as const

/** Everything that is on a card stays below 1 MiB, as hex below this; whatever a peer sends is held until it is whole. */
const LARGEST_MESSAGE = 2 * 1024 * 1024
/** Anybody may begin a visit and connect: one network address must not take the places of all others. */
const MOST_CONNECTIONS = 2000
const MOST_OF_ONE_SOURCE = 500
const limited = { rateLimit: { max: 600, timeWindow: '1 minute' } }
/** A whole issuance sends a few hundred kilobytes in a few hundred messages. */
const BYTES = { atOnce: 16 * 1024 * 1024, perSecond: 1024 * 1024 }
const MESSAGES = { atOnce: 2000, perSecond: 100 }
/** How long a peer may take to agree to the end; what it sends until then is still received. */
const FAREWELL_MS = 2000

/**
 * `/api/relay`: the page's pipe to its workstation. Each text is one relay message. Host and origin were checked by the
 * hook that holds for every request: browsers send cookies along with any site's WebSocket (RFC 6455 §10.2).
 */
export const registerRelay = async (app: FastifyInstance, ports: RelaySocketPorts): Promise<void> => {
  const open = createCount(MOST_CONNECTIONS, ports.mostOfOneSource ?? MOST_OF_ONE_SOURCE)
  await app.register(websocket, {
    options: { maxPayload: LARGEST_MESSAGE },
    errorHandler: (_error, socket) => socket.terminate(),
  })
  let arrivals = 0
  app.get('/api/relay', { websocket: true, config: limited }, (socket, request) => {
    const arrival = ++arrivals
    const leave = open.enter(sourceOf(request.ip))
    if (leave === null) return end(socket, RELAY_CLOSE.TOO_MANY, 'too many connections')
    socket.once('close', leave)
    admit(ports, socket, request, arrival).catch(error => {
      request.log.error(error, 'a workstation could not be connected')
      end(socket, 1011, 'something went wrong')
    })
  })
}

/** Places, in all and for each source. `enter` answers how to leave, or null if there is none left. */
const createCount = (most: number, mostOfOne: number) => {
  const bySource = new Map<string, number>()
  let all = 0
  return {
    enter: (source: string): (() => void) | null => {
      const own = bySource.get(source) ?? 0
      if (all >= most || own >= mostOfOne) return null
      all++
      bySource.set(source, own + 1)
      return () => {
        all--
        const left = (bySource.get(source) ?? 1) - 1
        if (left === 0) bySource.delete(source)
        else bySource.set(source, left)
      }
    },
  }
}

const end = (socket: WebSocket, code: number, reason: string): void => {
  if (socket.readyState === socket.CLOSED) return
  socket.close(code, reason)
  const farewell = setTimeout(() => socket.terminate(), FAREWELL_MS)
  socket.once('close', () => clearTimeout(farewell))
}

const admit = async (
  ports: RelaySocketPorts,
  socket: WebSocket,
  request: FastifyRequest,
  arrival: number,
): Promise<void> => {
  // Attached before anything is awaited: nothing that comes meanwhile is lost.
  const channel = channelOf(socket)
  const session = await who(ports, request)
  if (session === null) return end(socket, RELAY_CLOSE.NOT_SIGNED_IN, 'nobody is signed in')
  stayAlive(ports, socket, session)
  const counts = await ports.workstations.connect({ id: session.sessionId, arrival }, channel, why => {
    if (why === 'SUPERSEDED') end(socket, RELAY_CLOSE.SUPERSEDED, 'another tab took over')
    // The page tries again: its browser may hold another session by now.
    else end(socket, RELAY_CLOSE.NOT_SIGNED_IN, 'the session has ended')
  })
  if (!counts) end(socket, RELAY_CLOSE.IN_USE, 'a card is in use in another tab')
}

/** The door says whose cookie counts; an operator without the right to use readers has no workstation. */
const who = async (ports: RelaySocketPorts, request: FastifyRequest): Promise<Caller | Visitor | null> => {
  const { door } = request.query as { door?: unknown }
  if (door === 'user') return ports.authenticateVisitor(request)
  const caller = door === 'operator' ? await ports.authenticate(request) : null
  return caller?.permissions.has('reader.use') ? caller : null
}

/** A peer that went without a word is noticed by a missing pong; a session that ended takes its workstation along. */
const stayAlive = (ports: RelaySocketPorts, socket: WebSocket, session: Caller | Visitor): void => {
  let answered = true
  socket.on('pong', () => {
    answered = true
  })
  const beat = async () => {
    if (!answered) return socket.terminate()
    answered = false
    socket.ping()
    const alive = await ports.keepsWorkstation(session).catch(() => true)
    if (!alive) end(socket, RELAY_CLOSE.NOT_SIGNED_IN, 'the session has ended')
  }
  const heartbeat = setInterval(() => void beat(), ports.heartbeatMs ?? 15_000)
  socket.once('close', () => clearInterval(heartbeat))
}

const channelOf = (socket: WebSocket): Channel => {
  let closed = false
  const now = () => performance.now()
  const [bytes, messages] = [createAllowance(BYTES, now), createAllowance(MESSAGES, now)]
  const closers: (() => void)[] = []
  socket.once('close', () => {
    closed = true
    for (const ended of closers) ended()
  })
  return {
    send: text => {
      if (socket.readyState === socket.OPEN) socket.send(text)
    },
    onMessage: receive => {
      socket.on('message', (data, isBinary) => {
        // Nothing in the relay is binary; a page that sends it is not ours.
        if (isBinary) return end(socket, 1003, 'texts only')
        const text = String(data)
        if (bytes.take(text.length) && messages.take(1)) receive(text)
        else end(socket, 1008, 'too much at once')
      })
    },
    onClose: ended => {
      if (closed) ended()
      else closers.push(ended)
    },
    close: () => end(socket, 1008, 'the relay broke its contract'),
  }
}
