import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { edgeProblem } from './problems.ts'

/** The User portal is a page of its own with little script; every other address belongs to the operators' page. */
const pageAt = (url: string): string => (/^\/user(?:\/|\?|$)/.test(url) ? 'user.html' : 'index.html')

/**
 * The built portal. Files under /assets carry a hash in their name and never change; every other address that a browser
 * opens is one of the two pages, whose routes live in the portal.
 */
export const registerPortal = async (app: FastifyInstance, directory: string): Promise<void> => {
  const built = existsSync(join(directory, 'index.html'))
  app.setNotFoundHandler((request, reply) => {
    const page = built && request.method === 'GET' && /text\/html|\*\/\*/.test(request.headers.accept ?? '')
    if (page && !/^\/(api|pki|ocsp|assets)(\/|\?|$)/.test(request.url)) return reply.sendFile(pageAt(request.url))
    return reply
      .status(404)
      .header('content-type', 'application/problem+json')
      .send(JSON.stringify(edgeProblem('ROUTE_NOT_FOUND')))
  })
  if (!built) {
    app.log.warn('the portal is not built; only the API is served (npm start builds it)')
    return
  }
  await app.register(fastifyStatic, {
    root: directory,
    preCompressed: true,
    index: false,
    wildcard: true,
    cacheControl: false,
    setHeaders: (reply, path) => {
      const hashed = path.includes('/assets/')
      reply.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  app.get('/', (_request, reply) => reply.sendFile('index.html'))
}
