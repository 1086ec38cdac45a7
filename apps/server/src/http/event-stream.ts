import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Caller, Visitor } from './caller.ts'

/** A stream of server-sent events to one browser tab. */
export type EventStream<T> = { send(answer: T): void; close(): void; readonly closed: boolean }

export type EventStreams = {
  /** `end` is called when the session ends; the answer takes the stream off the list. */
  add(sessionId: string, end: () => void): () => void
  /** Sign-out: what is still open for this session is closed at once. */
  closeSession(sessionId: string): void
  closeAll(): void
  /** Whether the session still lives with the access it had, asked at each heartbeat: another server may have ended it. */
  readonly isAlive: (session: Caller | Visitor) => Promise<boolean>
  readonly heartbeatMs: number
}

export const createEventStreams = (isAlive: EventStreams['isAlive'], heartbeatMs = 15_000): EventStreams => {
  const open = new Map<string, Set<() => void>>()
  const closeSession = (sessionId: string) => {
    for (const end of open.get(sessionId) ?? []) end()
  }
  return {
    isAlive,
    heartbeatMs,
    closeSession,
    closeAll: () => {
      for (const sessionId of open.keys()) closeSession(sessionId)
    },
    add: (sessionId, end) => {
      const streams = open.get(sessionId) ?? new Set()
      open.set(sessionId, streams.add(end))
      return () => {
        streams.delete(end)
        if (streams.size === 0) open.delete(sessionId)
      }
    },
  }
}

type StreamCall = {
  readonly session: Caller | Visitor
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  /** Asked at each heartbeat: what it is about may have gone to somebody in other groups. */
  readonly stillSees: () => Promise<boolean>
}

/**
 * Server-sent events (HTML Living Standard §9.2) on the raw response. What `watch` throws before the first event is an
 * ordinary problem document.
 */
export const openEventStream = async <A extends z.ZodType>(
  streams: EventStreams,
  schema: A,
  { session, request, reply, stillSees }: StreamCall,
  watch: (stream: EventStream<z.output<A>>) => Promise<() => void>,
): Promise<void> => {
  let begun = false
  let closed = false
  let stop: () => void = () => {}
  let forget: () => void = () => {}
  let heartbeat: NodeJS.Timeout | undefined

  const close = () => {
    if (closed) return
    closed = true
    if (!begun) begin()
    clearInterval(heartbeat)
    forget()
    stop()
    reply.raw.end()
  }
  const begin = () => {
    begun = true
    reply.hijack()
    const headers = Object.fromEntries(Object.entries(reply.getHeaders()).filter(([, value]) => value !== undefined))
    reply.raw.writeHead(200, {
      ...(headers as Record<string, string>),
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    })
    heartbeat = setInterval(() => beat(), streams.heartbeatMs)
  }
  const beat = async () => {
    const alive = await streams
      .isAlive(session)
      .then(async is => is && (await stillSees()))
      .catch(() => true)
    if (!alive) close()
    else if (!closed) reply.raw.write(':\n\n')
  }
  const stream: EventStream<z.output<A>> = {
    get closed() {
      return closed
    },
    close,
    send: answer => {
      if (closed) return
      const data = JSON.stringify(schema.encode(answer))
      if (!begun) begin()
      reply.raw.write(`data: ${data}\n\n`)
    },
  }
  // Not the request's `close`: that comes as soon as the request has been read.
  reply.raw.on('close', close)
  forget = streams.add(session.sessionId, close)
  try {
    const stopWatching = await watch(stream)
    if (closed) stopWatching()
    else stop = stopWatching
    if (!begun && !closed) begin()
  } catch (error) {
    forget()
    if (!begun) {
      closed = true
      throw error
    }
    request.log.error(error, 'an event stream ended with an error')
    close()
  }
}
