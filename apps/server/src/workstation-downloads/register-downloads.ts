import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { EdgeError } from '../http/problems.ts'
import type { Downloads } from './downloads.ts'
import { browserPolicy, browsers, updateManifest } from './policy.ts'

/** Open to everybody, before any sign-in: a workstation is set up first. */
const limited = { config: { rateLimit: { max: 60, timeWindow: '1 minute' } } }

/** Extension, client and what an administrator needs to roll them out. Nothing here is secret. */
export const registerDownloads = (app: FastifyInstance, downloads: Downloads): void => {
  const extension = async () => {
    const made = await downloads.extension()
    if (!made) throw new EdgeError('EXTENSION_NOT_BUILT')
    return made
  }

  app.get('/extension/cardwright.zip', limited, async (request, reply) => {
    const { zip } = await extension()
    reply.header('content-disposition', 'attachment; filename="cardwright.zip"')
    return send(request, reply, 'application/zip', zip)
  })
  app.get('/extension/cardwright.crx', limited, async (request, reply) =>
    send(request, reply, 'application/x-chrome-extension', (await extension()).crx),
  )
  app.get('/extension/updates.xml', limited, async (request, reply) => {
    const { id, version } = await extension()
    const xml = updateManifest(id, version, downloads.publicUrl())
    return send(request, reply, 'text/xml; charset=utf-8', Buffer.from(xml))
  })
  for (const browser of browsers) {
    app.get(`/extension/policy/${browser}.json`, limited, async (request, reply) => {
      const policy = browserPolicy(browser, await downloads.extensionId(), downloads.publicUrl())
      const text = `${JSON.stringify(policy, null, 2)}\n`
      return send(request, reply, 'application/json; charset=utf-8', Buffer.from(text))
    })
  }

  app.get('/client/:file', limited, async (request, reply) => {
    const client = await downloads.client()
    if (!client) throw new EdgeError('CLIENT_NOT_BUILT')
    const { file: name } = request.params as { file: string }
    const file = client.files.find(one => one.name === name)
    if (!file) throw new EdgeError('ROUTE_NOT_FOUND')
    if (isKnown(request, reply, file.sha256)) return reply
    return reply
      .header('content-disposition', `attachment; filename="${file.name}"`)
      .header('content-length', file.bytes)
      .type('application/gzip')
      .send(file.read())
  })
}

const send = (request: FastifyRequest, reply: FastifyReply, type: string, bytes: Uint8Array): FastifyReply => {
  if (isKnown(request, reply, createHash('sha256').update(bytes).digest('hex'))) return reply
  return reply.type(type).send(Buffer.from(bytes))
}

/** Every answer is checked anew by the browser's cache; what it has already is not sent again. */
const isKnown = (request: FastifyRequest, reply: FastifyReply, digest: string): boolean => {
  const tag = `"${digest.slice(0, 32)}"`
  reply.header('etag', tag).header('cache-control', 'no-cache')
  if (request.headers['if-none-match'] !== tag) return false
  void reply.status(304).send()
  return true
}
