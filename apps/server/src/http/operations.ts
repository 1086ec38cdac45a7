import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'
import type { Caller } from './caller.ts'
import { EdgeError } from './problems.ts'
import { isLoopback } from './same-origin.ts'

export type Metrics = {
  readonly registry: Registry
  readonly issuances: Counter<'kind' | 'state'>
  readonly roundTrips: Histogram<'kind'>
}

export const createMetrics = (): Metrics => {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  return {
    registry,
    issuances: new Counter({
      name: 'cardwright_issuances_total',
      help: 'Issuances and recycles by how they ended',
      labelNames: ['kind', 'state'],
      registers: [registry],
    }),
    roundTrips: new Histogram({
      name: 'cardwright_round_trips',
      help: 'Relay round trips of one issuance',
      labelNames: ['kind'],
      buckets: [1, 2, 3, 4, 5, 6, 8, 12, 20, 50],
      registers: [registry],
    }),
  }
}

export type OperationsPorts = {
  readonly metrics: Metrics
  /** Throws if the database does not answer. */
  readonly ping: () => Promise<void>
  readonly isStopping: () => boolean
  readonly authenticate: (request: FastifyRequest) => Promise<Caller | null>
  readonly trustProxy: false | readonly string[]
}

/** Also a reverse proxy on this machine calls from loopback, and not all of them say for whom: with one, nobody is local. */
const isLocal = (request: FastifyRequest, trustProxy: boolean): boolean =>
  !trustProxy &&
  isLoopback(request.socket.remoteAddress ?? '') &&
  request.headers['x-forwarded-for'] === undefined &&
  request.headers.forwarded === undefined

/** What whoever runs the server looks at: alive, ready for work, figures. */
export const registerOperations = (app: FastifyInstance, ports: OperationsPorts): void => {
  const seconds = new Histogram({
    name: 'cardwright_http_request_seconds',
    help: 'Time to answer, by route',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
    registers: [ports.metrics.registry],
  })
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none'
    seconds.observe({ method: request.method, route, status: String(reply.statusCode) }, reply.elapsedTime / 1000)
  })

  app.get('/healthz', async () => ({ status: 'alive' }))
  app.get('/readyz', async (_request, reply) => {
    if (ports.isStopping()) return reply.status(503).send({ status: 'stopping' })
    try {
      await ports.ping()
      return { status: 'ready' }
    } catch {
      return reply.status(503).send({ status: 'the database does not answer' })
    }
  })
  app.get('/metrics', async (request, reply) => {
    if (!isLocal(request, ports.trustProxy !== false)) {
      const caller = await ports.authenticate(request)
      if (caller === null) throw new EdgeError('SESSION_REQUIRED')
      if (!caller.permissions.has('settings.read')) {
        throw new EdgeError('PERMISSION_REQUIRED', { permission: 'settings.read' })
      }
    }
    reply.header('content-type', ports.metrics.registry.contentType)
    return ports.metrics.registry.metrics()
  })
}
