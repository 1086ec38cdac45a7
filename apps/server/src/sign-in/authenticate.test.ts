import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { routes } from '@cardwright/contract'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createEventStreams } from '../http/event-stream.ts'
import { createRegistrar } from '../http/registrar.ts'
import { addressOf } from '../http/same-origin.ts'
import { silentApp } from '../testing/silent-app.ts'
import { createAuthenticate, createIsUnchanged } from './authenticate.ts'
import { createLocalAccess, localAccessFile } from './local-access.ts'
import type { Sessions } from './sessions.ts'

let dataDir: string
let stop: () => Promise<unknown>
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'cardwright-local-access-'))
})
afterEach(async () => {
  await stop()
  rmSync(dataDir, { recursive: true, force: true })
})

/** No session is stored at all: whoever is let in is the command line. */
const noSessions = { find: async () => null, isUnchanged: async () => false } as unknown as Sessions

test('a stream of the command line outlives heartbeats, though no session is stored for it', async () => {
  const localAccess = createLocalAccess(dataDir)
  const streams = createEventStreams(createIsUnchanged(noSessions, localAccess, { isAlive: async () => false }), 10)
  let port = 0
  const app = await silentApp({ address: () => addressOf({ host: '127.0.0.1', port, url: undefined }) })
  const registrar = createRegistrar(app, {
    authenticate: createAuthenticate(noSessions, localAccess, false),
    authenticateVisitor: async () => null,
    idempotency: { once: async () => ({ status: 200, answer: {} }) },
    streams,
    visibility: { isVisible: async () => true },
    denied: async () => {},
  })
  registrar.stream(routes.watchReaders, async (_call, stream) => {
    stream.send({ readers: [], pcsc: { available: true }, workstation: false })
    return () => {}
  })
  stop = async () => {
    streams.closeAll()
    await app.close()
  }
  await app.listen({ port: 0, host: '127.0.0.1' })
  const address = app.server.address()
  port = typeof address === 'object' && address ? address.port : 0
  localAccess.publish(`http://127.0.0.1:${port}`)
  const { token } = JSON.parse(readFileSync(localAccessFile(dataDir), 'utf8'))
  const events = await fetch(`http://127.0.0.1:${port}/api/readers/events`, {
    headers: { authorization: `Bearer ${token}` },
  })
  const reader = events.body?.pipeThrough(new TextDecoderStream()).getReader()
  expect((await reader?.read())?.value).toMatch(/^data: /)
  for (let beat = 0; beat < 3; beat++) expect(await reader?.read()).toEqual({ done: false, value: ':\n\n' })
})
