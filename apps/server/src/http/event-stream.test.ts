import { routes } from '@cardwright/contract'
import { afterEach, expect, test } from 'vitest'
import { silentApp } from '../testing/silent-app.ts'
import type { Caller } from './caller.ts'
import { createEventStreams } from './event-stream.ts'
import { createRegistrar } from './registrar.ts'
import { addressOf } from './same-origin.ts'

const caller: Caller = {
  sessionId: 'session',
  tokenHash: new Uint8Array(),
  operator: { id: 'id', displayName: 'Test', loginName: 'test', role: { id: 'AUDITOR', name: 'AUDITOR' } },
  permissions: new Set(['reader.use']),
  scope: 'ALL',
  expiresAt: 0,
  csrfToken: 'token',
}
const list = { readers: [], pcsc: { available: true }, workstation: false }
let close: () => Promise<unknown> = async () => {}
afterEach(() => close())

const serve = async (
  isAlive: () => Promise<boolean>,
  heartbeatMs: number,
  { who = caller, isVisible = async () => true, path = '/api/readers/events' } = {},
) => {
  const streams = createEventStreams(isAlive, heartbeatMs)
  let port = 0
  const app = await silentApp({ address: () => addressOf({ host: '127.0.0.1', port, url: undefined }) })
  const stopped: string[] = []
  const registrar = createRegistrar(app, {
    authenticate: async () => who,
    authenticateVisitor: async () => null,
    idempotency: { once: async () => ({ status: 200, answer: {} }) },
    streams,
    visibility: { isVisible },
    denied: async () => {},
  })
  registrar.stream(routes.watchReaders, async (_call, stream) => {
    stream.send(list)
    return () => stopped.push('stopped')
  })
  registrar.stream(routes.watchIssuance, async () => () => stopped.push('stopped'))
  await app.listen({ port: 0, host: '127.0.0.1' })
  const address = app.server.address()
  port = typeof address === 'object' && address ? address.port : 0
  close = async () => {
    streams.closeAll()
    await app.close()
  }
  const response = await fetch(`http://127.0.0.1:${port}${path}`)
  const texts = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  const next = async () => (await texts?.read()) ?? { done: true, value: undefined }
  return { response, next, streams, stopped, cancel: () => texts?.cancel() }
}

test('an event is one data line; a comment comes now and then, so that proxies keep the connection', async () => {
  const { response, next } = await serve(async () => true, 10)
  expect(response.headers.get('content-type')).toBe('text/event-stream')
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect((await next()).value).toBe(`data: ${JSON.stringify(list)}\n\n`)
  expect((await next()).value).toBe(':\n\n')
})

test('a session that ended on another server ends the stream at the next heartbeat', async () => {
  const { next, stopped } = await serve(async () => false, 10)
  await next()
  expect((await next()).done).toBe(true)
  expect(stopped).toEqual(['stopped'])
})

test('what goes to somebody in other groups is watched no longer than to the next heartbeat', async () => {
  const answers = [true, true]
  const who: Caller = { ...caller, permissions: new Set(['device.read']), scope: { groupIds: [] } }
  const isVisible = async () => answers.shift() ?? false
  const path = '/api/issuances/01890a5d-ac96-774b-bcce-b302099a8057/events'
  const { next, stopped } = await serve(async () => true, 10, { who, isVisible, path })
  expect((await next()).value).toBe(':\n\n')
  expect((await next()).done).toBe(true)
  expect(stopped).toEqual(['stopped'])
})

test('sign-out ends the stream at once', async () => {
  const { next, streams, stopped } = await serve(async () => true, 60_000)
  await next()
  streams.closeSession('another')
  streams.closeSession('session')
  expect((await next()).done).toBe(true)
  expect(stopped).toEqual(['stopped'])
})
