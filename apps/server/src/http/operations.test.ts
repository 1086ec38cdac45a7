import { type Permission, permissions } from '@cardwright/contract'
import { afterEach, expect, test } from 'vitest'
import { silentApp } from '../testing/silent-app.ts'
import type { createApp } from './app.ts'
import { createMetrics, registerOperations } from './operations.ts'

let close: () => Promise<unknown> = async () => {}
afterEach(() => close())

type TrustProxy = Parameters<typeof createApp>[0]['trustProxy']
const serve = async (trustProxy: TrustProxy, held: readonly Permission[] | null = null) => {
  const app = await silentApp({ trustProxy })
  close = () => app.close()
  registerOperations(app, {
    metrics: createMetrics(),
    ping: async () => {},
    isStopping: () => false,
    trustProxy,
    authenticate: async () =>
      held === null
        ? null
        : {
            sessionId: 'session',
            tokenHash: new Uint8Array(),
            operator: { id: 'id', displayName: 'Test', loginName: 'test', role: { id: 'AUDITOR', name: 'AUDITOR' } },
            permissions: new Set(held),
            scope: 'ALL',
            expiresAt: 0,
            csrfToken: 'token',
          },
  })
  app.get('/address', async request => request.ip)
  return (path: string, remoteAddress: string, headers: Record<string, string> = {}) =>
    app.inject({ url: path, remoteAddress, headers: { host: 'localhost', ...headers } })
}

test.each<[string, TrustProxy, string, Record<string, string>, number]>([
  ['from this machine', false, '127.0.0.1', {}, 200],
  ['from this machine for somebody else', false, '127.0.0.1', { 'x-forwarded-for': '192.0.2.1' }, 401],
  ['from this machine for somebody else (RFC 7239)', false, '127.0.0.1', { forwarded: 'for=192.0.2.1' }, 401],
  ['from another machine', false, '192.0.2.1', {}, 401],
  ['through a proxy on this machine that does not say for whom', ['127.0.0.1'], '127.0.0.1', {}, 401],
  ['through a proxy that was told to say loopback', ['127.0.0.0/8'], '127.0.0.1', { 'x-forwarded-for': '::1' }, 401],
])('/metrics %s', async (_, trustProxy, remote, headers, status) => {
  const get = await serve(trustProxy)
  expect((await get('/metrics', remote, headers)).statusCode).toBe(status)
})

test('/metrics opens for a session with settings.read, and for no other', async () => {
  expect((await (await serve(['127.0.0.1'], ['settings.read']))('/metrics', '127.0.0.1')).statusCode).toBe(200)
  await close()
  const others = permissions.filter(p => p !== 'settings.read')
  expect((await (await serve(['127.0.0.1'], others))('/metrics', '127.0.0.1')).statusCode).toBe(403)
})

test.each<[TrustProxy, string]>([
  [false, '10.0.0.5'],
  [['10.0.0.5'], '192.0.2.7'],
  [['10.0.0.0/24'], '192.0.2.7'],
  [['10.9.0.0/24'], '10.0.0.5'],
])(
  'with proxies %j the caller has the address %s: what a caller wrote before the proxy counts for nothing',
  async (proxies, ip) => {
    const get = await serve(proxies)
    const answer = await get('/address', '10.0.0.5', { 'x-forwarded-for': '203.0.113.1, 192.0.2.7' })
    expect(answer.body).toBe(ip)
  },
)
