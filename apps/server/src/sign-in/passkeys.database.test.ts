import { generateKeyPairSync } from 'node:crypto'
import type { Session } from '@cardwright/contract'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createSoftwareAuthenticator } from '../testing/software-authenticator.ts'
import { startTestHost, type TestServer } from '../testing/test-server.ts'

type Ceremony<O> = { ceremony: string; options: O }
type RegisterOptions = { challenge: string; rp: { id?: string } }
type SignInOptions = { challenge: string; rpId?: string }

let host: Awaited<ReturnType<typeof startTestHost>>
let server: TestServer
let now: number
beforeAll(async () => {
  host = await startTestHost()
}, 60_000)
beforeEach(async () => {
  now = Date.now()
  server = await host.startTestServer({ demo: false, clock: () => now })
  return () => server.stop()
}, 60_000)
afterAll(() => host.stop())

const begin = async () => {
  const client = server.client()
  return (await client.call<Ceremony<SignInOptions>>('POST', '/api/session/passkey/options')).body
}
const finish = (ceremony: string, response: unknown) =>
  server.client().call<Session & { code?: string }>('POST', '/api/session/passkey', { ceremony, response })

const registered = async () => {
  const token = new URL(server.server.setupLink ?? '').hash.slice('#token='.length)
  const authenticator = createSoftwareAuthenticator(server.server.url)
  const client = server.client()
  const path = '/api/invitation/passkey'
  const { body } = await client.call<Ceremony<RegisterOptions>>('POST', `${path}/options`, { token })
  const response = authenticator.register(body.options)
  const answer = await client.call<Session>('POST', path, { token, ceremony: body.ceremony, response })
  expect([answer.status, answer.body.operator?.loginName]).toEqual([200, 'admin'])
  return authenticator
}

test('a passkey is registered with the one-time link and signs in afterwards; no link is printed any more', async () => {
  const authenticator = await registered()
  const { ceremony, options } = await begin()
  const answer = await finish(ceremony, authenticator.signIn(options))
  expect([answer.status, answer.body.operator.role.id]).toEqual([200, 'ADMINISTRATOR'])
  await server.restart()
  expect(server.server.setupLink).toBeNull()
})

test('a challenge is good once, for five minutes, and for its own ceremony', async () => {
  const authenticator = await registered()
  const first = await begin()
  const response = authenticator.signIn(first.options)
  expect((await finish(first.ceremony, response)).status).toBe(200)
  expect((await finish(first.ceremony, response)).body.code).toBe('PASSKEY_REFUSED')
  const late = await begin()
  now += 6 * 60_000
  expect((await finish(late.ceremony, authenticator.signIn(late.options))).body.code).toBe('PASSKEY_REFUSED')
  const [a, b] = [await begin(), await begin()]
  expect((await finish(a.ceremony, authenticator.signIn(b.options))).body.code).toBe('PASSKEY_REFUSED')
})

const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
test.each([
  ['another key', { key: stranger }],
  ['another site', { origin: 'https://evil.example' }],
  ['another relying party', { rpId: 'evil.example' }],
  ['a user who was not verified', { userVerified: false }],
])('an answer of %s is refused', async (_, change) => {
  const authenticator = await registered()
  const { ceremony, options } = await begin()
  const answer = await finish(ceremony, authenticator.signIn(options, change))
  expect([answer.status, answer.body.code]).toEqual([401, 'PASSKEY_REFUSED'])
  expect(answer.headers.getSetCookie()).toEqual([])
})

test('an unknown passkey is refused like a wrong one; a registration from another site spends no link', async () => {
  const token = new URL(server.server.setupLink ?? '').hash.slice('#token='.length)
  const authenticator = createSoftwareAuthenticator(server.server.url)
  const { ceremony, options } = await begin()
  expect((await finish(ceremony, authenticator.signIn(options))).body.code).toBe('PASSKEY_REFUSED')
  const path = '/api/invitation/passkey'
  const { body } = await server.client().call<Ceremony<RegisterOptions>>('POST', `${path}/options`, { token })
  const response = authenticator.register(body.options, { origin: 'https://evil.example' })
  const refused = await server.client().call('POST', path, { token, ceremony: body.ceremony, response })
  expect(refused.body.code).toBe('PASSKEY_REFUSED')
  expect((await server.client().call('POST', '/api/invitation/open', { token })).status).toBe(200)
})
