import { randomUUID } from 'node:crypto'
import { type Route, routes } from '@cardwright/contract'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, type FastifyRequest, LogController } from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import { audienceOf, EdgeError, toProblem } from './problems.ts'
import { type Address, hostIsAllowed, originIsOwn } from './same-origin.ts'

export type AppOptions = {
  readonly log: FastifyBaseLogger
  readonly address: () => Address
  readonly secure: boolean
  /** Addresses of reverse proxies: their X-Forwarded-For is believed. */
  readonly trustProxy: false | readonly string[]
}

/** Largest body: a policy with 24 slots is a few kilobytes. */
const BODY_LIMIT = 256 * 1024
const bodyLimits = new Map<string, number>(
  (Object.values(routes) as Route[]).flatMap(({ method, path, bodyLimit }) =>
    bodyLimit === undefined ? [] : [[`${method} ${path}`, bodyLimit] as const],
  ),
)
/** Bytes a second: the largest body, a photo, still gets through from a site with 1 Mbit/s. */
const SLOWEST_LINE = 125_000
const REQUEST_TIMEOUT_MS = Math.ceil(Math.max(BODY_LIMIT, ...bodyLimits.values()) / SLOWEST_LINE) * 1000

/** A Fastify instance with everything that holds for every request: headers, limits, origin, problem documents. */
export const createApp = async (options: AppOptions): Promise<FastifyInstance> => {
  const app: FastifyInstance = Fastify({
    loggerInstance: options.log,
    // One line for each request of ours is written below, without query: it may hold names.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    trustProxy: options.trustProxy && [...options.trustProxy],
    genReqId: () => randomUUID(),
    requestTimeout: REQUEST_TIMEOUT_MS,
    return503OnClosing: false,
    routerOptions: { maxParamLength: 300 },
    // Requests that run are answered; streams of server-sent events are ended before the server closes.
    forceCloseConnections: 'idle',
  })
  const parseJson = app.getDefaultJsonParser('error', 'error')
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.decorateRequest('caller', null)
  app.decorateRequest('visitor', null)
  // Clients label a request without body as JSON too; the routes that need a body say so themselves.
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    const text = body.toString()
    if (text === '') return done(null, undefined)
    parseJson(request, text, done)
  })

  await app.register(cookie)
  await app.register(helmet, securityHeaders(options.secure))
  await app.register(rateLimit, {
    global: false,
    errorResponseBuilder: (_request, context) =>
      new EdgeError('TOO_MANY_REQUESTS', { seconds: Math.ceil(context.ttl / 1000) }),
  })

  app.addHook('onRoute', registered => {
    const limit = bodyLimits.get(`${registered.method} ${registered.url}`)
    if (limit !== undefined) registered.bodyLimit = limit
  })
  app.addHook('onRequest', async (request, reply) => {
    const address = options.address()
    if (!hostIsAllowed(request, address) && !isProbe(request.url)) throw new EdgeError('HOST_NOT_ALLOWED')
    if (isApi(request)) {
      reply.header('cache-control', 'no-store')
      if (!originIsOwn(request, address)) throw new EdgeError('ORIGIN_NOT_ALLOWED')
    }
  })
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none'
    const fields = { method: request.method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }
    if (reply.statusCode >= 500) request.log.warn(fields, 'request failed')
    else request.log.debug(fields, 'request')
    // An upgrade that was refused leaves a socket that the HTTP server no longer looks after.
    if (request.headers.upgrade !== undefined && reply.statusCode >= 400) request.raw.socket.destroySoon()
  })
  app.setErrorHandler((error, request, reply) => {
    const problem = { ...toProblem(error, audienceOf(request)), instance: `urn:uuid:${request.id}` }
    if (problem.status >= 500) request.log.error(error, `${problem.code} at ${request.routeOptions.url ?? 'no route'}`)
    return reply.status(problem.status).header('content-type', 'application/problem+json').send(JSON.stringify(problem))
  })
  return app
}

/** By the route too: the router decodes percent-encoded letters in a path before it compares (RFC 3986 §6.2.2.2). */
const isApi = (request: FastifyRequest): boolean =>
  request.url.startsWith('/api/') || (request.routeOptions.url?.startsWith('/api/') ?? false)

/** What load balancers and certificate users ask under whatever name they reach us. */
const isProbe = (url: string): boolean => /^\/(healthz|readyz|metrics|ocsp|pki)(\/|\?|$)/.test(url)

/** Style needs `unsafe-inline` for the component library's computed styles; scripts come from our files only. */
const securityHeaders = (secure: boolean) => ({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:', 'blob:'],
      fontSrc: ["'self'"],
      connectSrc: ["'self'"],
      // A letter that the portal shows is a PDF of its own making.
      frameSrc: ["'self'", 'blob:'],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
  },
  strictTransportSecurity: secure,
  xFrameOptions: { action: 'deny' as const },
  referrerPolicy: { policy: 'no-referrer' as const },
})
