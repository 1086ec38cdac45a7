import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import Fastify from 'fastify'
import { registerRelay } from '../../apps/server/src/relay/socket.ts'
import type { Workstations } from '../../apps/server/src/relay/workstations.ts'

/** The session of whoever opens a page. */
export const VISIT = 'visit-1'

/** One address: pages come from a server behind it, while their relay ends in this process, with the server's own code. */
export type Front = { readonly url: string; pagesFrom(serverUrl: string): void; close(): Promise<void> }

export const startFront = async (workstations: Workstations): Promise<Front> => {
  const relay = Fastify()
  await registerRelay(relay, {
    authenticate: async () => null,
    authenticateVisitor: async () => ({
      sessionId: VISIT,
      tokenHash: new Uint8Array(),
      user: null,
      service: null,
      deviceId: null,
      rights: new Set(),
      expiresAt: Number.MAX_SAFE_INTEGER,
      csrfToken: '',
    }),
    keepsWorkstation: async () => true,
    workstations,
  })
  await relay.ready()
  let server = ''
  const pass = (from: IncomingMessage, to: ServerResponse) => {
    const { method, headers } = from
    const asked = request(new URL(from.url ?? '/', server), { method, headers }, answer => {
      to.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(to)
    })
    asked.on('error', () => to.destroy())
    to.on('close', () => asked.destroy())
    from.pipe(asked)
  }
  const front = createServer(pass)
  const sockets = new Set<Socket>()
  front.on('connection', socket => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  front.on('upgrade', (...upgrade) => void relay.server.emit('upgrade', ...upgrade))
  await new Promise<void>(resolve => front.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://localhost:${(front.address() as AddressInfo).port}`,
    pagesFrom: serverUrl => {
      server = serverUrl.replace('localhost', '127.0.0.1')
    },
    close: async () => {
      const closed = new Promise<void>(resolve => front.close(() => resolve()))
      for (const socket of sockets) socket.destroy()
      await closed
      await relay.close()
    },
  }
}
