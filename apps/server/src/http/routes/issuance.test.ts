import { createMemoryStore, sample } from '@cardwright/adapters/testing'
import { type IssuanceView, type Permission, type Problem, rolePermissions } from '@cardwright/contract'
import type { Actor, Issuance } from '@cardwright/core'
import { afterEach, expect, test } from 'vitest'
import { createIssuanceEvents } from '../../issuance/event-bus.ts'
import type { IssuanceService } from '../../issuance/issuance-service.ts'
import { createIssuanceViews } from '../../issuance/issuance-view.ts'
import { silentApp } from '../../testing/silent-app.ts'
import { createEventStreams } from '../event-stream.ts'
import { createRegistrar } from '../registrar.ts'
import { addressOf } from '../same-origin.ts'
import { type IssuanceRoutePorts, registerIssuanceRoutes } from './issuance.ts'

let close: () => Promise<unknown> = async () => {}
afterEach(() => close())

const serve = async (permissions: readonly Permission[]) => {
  const store = createMemoryStore()
  const events = createIssuanceEvents()
  const streams = createEventStreams(async () => true)
  const asked: [string, Actor][] = []
  let port = 0
  const app = await silentApp({ address: () => addressOf({ host: '127.0.0.1', port, url: undefined }) })
  const load = async (id: string) => (await store.transaction(tx => tx.issuances.get(id))) as Issuance
  const service: Partial<IssuanceService> = {
    retry: async (_reach, id, _reader, by) => {
      asked.push(['retry', by])
      return load(id)
    },
    cancel: async (id, by) => {
      asked.push(['cancel', by])
      return load(id)
    },
  }
  const ports = { store, events, service, view: createIssuanceViews(store), pollMs: 5, reachOf: () => null }
  const registrar = createRegistrar(app, {
    authenticate: async () => ({
      sessionId: 'session',
      tokenHash: new Uint8Array(),
      operator: { id: 'o-2', displayName: 'Second', loginName: 'second', role: { id: 'HELP_DESK', name: 'HELP_DESK' } },
      permissions: new Set(permissions),
      scope: 'ALL',
      expiresAt: 0,
      csrfToken: 'token',
    }),
    authenticateVisitor: async () => null,
    idempotency: { once: async () => ({ status: 200, answer: {} }) },
    streams,
    visibility: { isVisible: async () => true },
    denied: async () => {},
  })
  registerIssuanceRoutes(registrar, ports as unknown as IssuanceRoutePorts)
  await app.listen({ port: 0, host: '127.0.0.1' })
  const address = app.server.address()
  port = typeof address === 'object' && address ? address.port : 0
  close = async () => {
    streams.closeAll()
    await app.close()
  }
  const put = (change: Partial<Issuance>) =>
    store.transaction(async tx => {
      const device = await tx.devices.save(sample.aDevice({ state: 'AVAILABLE' }))
      return (await tx.issuances.save(sample.anIssuance(device?.id ?? '', change))) as Issuance
    })
  const post = async (path: string) => {
    const headers = { 'x-csrf-token': 'token', 'content-type': 'application/json' }
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', headers, body: '{}' })
    return { status: answer.status, body: (await answer.json()) as Problem }
  }
  const watch = async function* (id: string): AsyncGenerator<IssuanceView> {
    const answer = await fetch(`http://127.0.0.1:${port}/api/issuances/${id}/events`)
    let text = ''
    for await (const chunk of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const parts = (text + chunk).split('\n\n')
      text = parts.pop() ?? ''
      for (const part of parts) if (part.startsWith('data: ')) yield JSON.parse(part.slice('data: '.length))
    }
  }
  return { store, events, asked, put, post, watch }
}

const failed = (kind: Issuance['kind']): Partial<Issuance> => ({
  kind,
  state: 'FAILED',
  lease: null,
  error: { code: 'CARD_REMOVED', step: 'read-card', params: {}, at: 1 },
})

test.each(['retry', 'cancel'])('%s of a recycle needs device.recycle, of an issuance device.issue', async verb => {
  const { put, post, asked } = await serve(rolePermissions.HELP_DESK)
  const recycle = await put(failed('RECYCLE'))
  const issue = await put(failed('ISSUE'))
  expect((await post(`/api/issuances/${recycle.id}/${verb}`)).status).toBe(200)
  const refused = await post(`/api/issuances/${issue.id}/${verb}`)
  expect([refused.status, refused.body.code, refused.body.detail]).toEqual([
    403,
    'PERMISSION_REQUIRED',
    expect.stringContaining('device.issue'),
  ])
  expect(asked).toEqual([[verb, { kind: 'operator', id: 'o-2', label: 'Second' }]])
})

test('who may issue but not recycle is refused the retry of a recycle', async () => {
  const { put, post, asked } = await serve(['device.read', 'device.issue'])
  const refused = await post(`/api/issuances/${(await put(failed('RECYCLE'))).id}/retry`)
  expect([refused.status, refused.body.detail]).toEqual([403, expect.stringContaining('device.recycle')])
  expect(asked).toEqual([])
})

test('a tab at this server sees that another server retries what failed here', async () => {
  const { store, events, put, watch } = await serve(['device.read'])
  const here = await put(failed('ISSUE'))
  events.report(here)
  const states: string[] = []
  for await (const { state } of watch(here.id)) {
    states.push(state)
    if (state === 'RUNNING') break
    const lease = { owner: 'another', until: Date.now() }
    await store.transaction(tx => tx.issuances.save({ ...here, state: 'RUNNING', attempt: 2, error: null, lease }))
  }
  expect(states).toEqual(['FAILED', 'RUNNING'])
})
