import { isUserRight, type Route, routes } from '@cardwright/contract'
import { RefusalError, refuse } from '@cardwright/core'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { type Caller, mayCall, type Visitor } from './caller.ts'
import { tokensAgree } from './csrf.ts'
import type { Denials } from './denials.ts'
import { type EventStream, type EventStreams, openEventStream } from './event-stream.ts'
import type { Idempotency } from './idempotency.ts'
import { EdgeError } from './problems.ts'
import { seesAll, type Visibility } from './scope.ts'

/** One request as a handler sees it: checked against the route's schemas, its caller known and permitted. */
export type Call<P, Q, B> = {
  readonly params: P
  readonly query: Q
  readonly body: B
  /** Throws on public routes: nobody is signed in there. */
  readonly caller: Caller
  /** The visit to the User portal; throws on all other routes. */
  readonly visitor: Visitor
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

export type RegistrarPorts = {
  /** The caller of a request from its session cookie, or null. Told whether the request keeps the session alive. */
  readonly authenticate: (request: FastifyRequest) => Promise<Caller | null>
  /** The visit to the User portal that a request belongs to, from its own cookie. */
  readonly authenticateVisitor: (request: FastifyRequest) => Promise<Visitor | null>
  readonly idempotency: Idempotency
  readonly streams: EventStreams
  readonly visibility: Pick<Visibility, 'isVisible'>
  readonly denied: Denials
}

const unsafe = (method: string): boolean => method !== 'GET'
const sessionOf = ({ caller, visitor }: FastifyRequest): Caller | Visitor => {
  const session = caller ?? visitor
  if (session === null) throw new Error('a public route has no session')
  return session
}
const whoAsks = ({ caller, visitor }: FastifyRequest): string =>
  caller?.operator.id ?? visitor?.user?.id ?? visitor?.sessionId ?? ''
/** Password hashing costs 128 MiB and a third of a second each: what may ask for it is limited by address. */
const publicLimit = { rateLimit: { max: 60, timeWindow: '1 minute' } }

/**
 * The one way a route comes to life. Everything that guards it is derived from its row in the route table: schemas,
 * access rule, scope of groups, CSRF check, idempotency. `finish` throws if a row of the table has no handler.
 */
export const createRegistrar = (app: FastifyInstance, ports: RegistrarPorts) => {
  const registered = new Set<string>()

  const checkCsrf = (route: Route, request: FastifyRequest, csrfToken: string): void => {
    if (unsafe(route.method) && !tokensAgree(request.headers['x-csrf-token'], csrfToken)) {
      throw new EdgeError('CSRF_TOKEN_WRONG')
    }
  }
  const admit = async (route: Route, request: FastifyRequest): Promise<void> => {
    const { access } = route
    if (access === 'public') return
    if (isUserRight(access)) {
      const visitor = await ports.authenticateVisitor(request)
      if (visitor === null) throw new EdgeError('VISIT_REQUIRED')
      if (!visitor.rights.has(access)) throw new EdgeError('LOGIN_REQUIRED')
      checkCsrf(route, request, visitor.csrfToken)
      request.visitor = visitor
      return
    }
    const caller = await ports.authenticate(request)
    if (caller === null) throw new EdgeError('SESSION_REQUIRED')
    if (!mayCall(access, caller)) throw new EdgeError('PERMISSION_REQUIRED', { permission: access })
    checkCsrf(route, request, caller.csrfToken)
    request.caller = caller
    if (route.needsAllGroups && caller.scope !== 'ALL') await deny(route, request, new EdgeError('ALL_GROUPS_REQUIRED'))
  }
  const deny = async (route: Route, request: FastifyRequest, error: unknown): Promise<never> => {
    const { id } = request.params as { readonly id?: string }
    if (request.caller) await ports.denied(request.caller, route, id ?? null, error)
    throw error
  }
  const stillSees = async (route: Route, request: FastifyRequest): Promise<boolean> =>
    request.caller === null || seesAll(ports.visibility, route, request.caller, request)

  const mount = <P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
    route: Route<P, Q, B, A>,
    answer: (call: Call<z.output<P>, z.output<Q>, z.output<B>>) => Promise<unknown>,
    kept?: (answer: unknown) => unknown,
  ) => {
    if (registered.has(route.id)) throw new Error(`route ${route.id} has two handlers`)
    registered.add(route.id)
    app.route({
      method: route.method,
      url: route.path,
      schema: {
        ...(route.params ? { params: route.params } : {}),
        ...(route.query ? { querystring: route.query } : {}),
        ...(route.body ? { body: route.body } : {}),
        ...(route.stream ? {} : { response: { 200: route.answer } }),
      },
      ...(route.access === 'public' || route.access === 'user:visit' ? { config: publicLimit } : {}),
      // Before the body is read: who may not call learns nothing about what would be valid, and has nothing parsed.
      preParsing: async request => admit(route, request),
      // Afterwards, when ids are ids: what is outside of the own groups does not exist.
      preHandler: async request => {
        if (!(await stillSees(route, request))) throw new RefusalError(refuse('NOT_FOUND'))
      },
      handler: async (request, reply) => {
        const call = {
          params: request.params as z.output<P>,
          query: request.query as z.output<Q>,
          body: request.body as z.output<B>,
          request,
          reply,
          get caller(): Caller {
            if (request.caller === null) throw new Error(`${route.id} is public: it has no caller`)
            return request.caller
          },
          get visitor(): Visitor {
            if (request.visitor === null) throw new Error(`${route.id} belongs to no visit`)
            return request.visitor
          },
        }
        const work = () => answer(call).catch(error => deny(route, request, error))
        if (!route.idempotent) return work()
        const outcome = await ports.idempotency.once(whoAsks(request), route.id, request, work, kept)
        return reply.status(outcome.status).send(outcome.answer)
      },
    })
  }

  return {
    handle: <P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
      route: Route<P, Q, B, A>,
      handler: (call: Call<z.output<P>, z.output<Q>, z.output<B>>) => Promise<z.output<A>> | z.output<A>,
      /** What is stored of the answer for the same idempotency key; all of it unless this is said. */
      kept?: (answer: z.output<A>) => z.output<A>,
    ): void => mount(route, async call => handler(call), kept as ((answer: unknown) => unknown) | undefined),

    /** `watch` sends the state as it is, then each change, and answers how to stop. */
    stream: <P extends z.ZodType, Q extends z.ZodType, A extends z.ZodType>(
      route: Route<P, Q, z.ZodType, A>,
      watch: (call: Call<z.output<P>, z.output<Q>, unknown>, stream: EventStream<z.output<A>>) => Promise<() => void>,
    ): void =>
      mount(route, async call => {
        await openEventStream(
          ports.streams,
          route.answer,
          {
            request: call.request,
            reply: call.reply,
            session: sessionOf(call.request),
            stillSees: () => stillSees(route, call.request),
          },
          stream => watch(call, stream),
        )
        return call.reply
      }),

    finish: (): void => {
      const missing = Object.values(routes).filter(route => !registered.has(route.id))
      if (missing.length > 0) throw new Error(`routes without a handler: ${missing.map(r => r.id).join(', ')}`)
    },
  }
}

export type Registrar = ReturnType<typeof createRegistrar>

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller | null
    visitor: Visitor | null
  }
}
