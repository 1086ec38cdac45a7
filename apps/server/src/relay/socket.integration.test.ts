import { once } from 'node:events'
import { connect as connectTcp } from 'node:net'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterEach, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import type { Visitor } from '../http/caller.ts'
import { RELAY_CLOSE, type RelaySocketPorts, registerRelay } from './socket.ts'
import { createWorkstations } from './workstations.ts'

let app: FastifyInstance
afterEach(() => app.close())

const listen = async (ports: Partial<RelaySocketPorts>): Promise<string> => {
  app = Fastify()
  await registerRelay(app, {
    authenticate: async () => null,
    authenticateVisitor: async () => null,
    keepsWorkstation: async () => true,
    workstations: createWorkstations(),
    ...ports,
  })
  return (await app.listen({ port: 0, host: '127.0.0.1' })).replace('http', 'ws')
}
const connect = async (url: string): Promise<WebSocket> => {
  const socket = new WebSocket(`${url}/api/relay?door=user`)
  await once(socket, 'open')
  return socket
}

test('one network address does not take the places of all others, and gets a place back when it leaves one', async () => {
  // Nobody is ever found out to be nobody: the connections stay.
  const url = await listen({ mostOfOneSource: 2, authenticateVisitor: () => new Promise(() => {}) })
  const [first] = [await connect(url), await connect(url)]
  const third = await connect(url)
  expect((await once(third, 'close'))[0]).toBe(RELAY_CLOSE.TOO_MANY)
  first?.close()
  if (first) await once(first, 'close')
  const fourth = await connect(url)
  fourth.ping()
  await once(fourth, 'pong')
  expect(fourth.readyState).toBe(WebSocket.OPEN)
})

test('a message that is larger than everything on a card ends the connection', async () => {
  const url = await listen({ authenticateVisitor: () => new Promise(() => {}) })
  const socket = await connect(url)
  socket.on('error', () => {})
  socket.send('x'.repeat(3 * 1024 * 1024))
  expect((await once(socket, 'close'))[0]).not.toBe(1000)
})

test('a peer that sends without an end is cut off, however right its messages are', async () => {
  const url = await listen({ authenticateVisitor: async () => ({ sessionId: 'visit' }) as unknown as Visitor })
  const socket = new WebSocket(`${url}/api/relay?door=user`)
  // The server's first question says that it listens.
  await once(socket, 'message')
  for (let i = 0; i < 3000; i++) socket.send('{"type":"readers","readers":[]}')
  expect((await once(socket, 'close'))[0]).toBe(1008)
})

test('whoever is refused and does not agree to the end is cut off', async () => {
  const url = new URL(await listen({}))
  // By hand: a peer that never answers the close frame (RFC 6455 §5.5.1), and goes on holding the connection.
  const socket = connectTcp(Number(url.port), url.hostname)
  socket.write(
    `GET /api/relay?door=user HTTP/1.1\r\nHost: ${url.host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
      'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
  )
  let seen = ''
  socket.on('data', data => {
    seen += data.toString('latin1')
  })
  await once(socket, 'close')
  expect(seen).toMatch(/^HTTP\/1\.1 101 /)
  // The library by itself would wait for half a minute, and receive all the while.
}, 10_000)
