import {
  isUserRight,
  permissions,
  predefinedRoles,
  type Route,
  rolePermissions,
  routes,
  type UserRight,
  userRights,
  userServiceRights,
  userServices,
} from '@cardwright/contract'
import { expect, test } from 'vitest'
import { callerWith } from '../testing/caller.ts'
import { silentApp } from '../testing/silent-app.ts'
import type { Caller, Visitor } from './caller.ts'
import { createEventStreams } from './event-stream.ts'
import { createRegistrar } from './registrar.ts'

const visit = (held: readonly UserRight[]): Visitor => ({
  sessionId: 'visit',
  tokenHash: new Uint8Array(),
  user: { id: 'id', displayName: 'Test', loginName: 'test' },
  service: 'DEVICE',
  deviceId: null,
  rights: new Set(held),
  expiresAt: 0,
  csrfToken: 'token',
})

/** Every route of the table, with a handler that only says that it was reached. */
const appFor = async (who: Caller | null, visitor: Visitor | null = null) => {
  const reached: string[] = []
  const app = await silentApp()
  const registrar = createRegistrar(app, {
    authenticate: async () => who,
    authenticateVisitor: async () => visitor,
    idempotency: {
      once: async (_caller, route) => {
        reached.push(route)
        return { status: 200, answer: {} }
      },
    },
    streams: createEventStreams(async () => true),
    visibility: { isVisible: async () => true },
    denied: async () => {},
  })
  for (const route of Object.values(routes) as Route[]) {
    if (route.stream) {
      registrar.stream(route, async (_call, stream) => {
        reached.push(route.id)
        stream.close()
        return () => {}
      })
    } else
      registrar.handle(route, () => {
        reached.push(route.id)
        return {}
      })
  }
  registrar.finish()
  const call = async (
    route: Route,
    headers: Record<string, string> = { 'x-csrf-token': 'token' },
    payload: object | string = {},
  ) => {
    reached.length = 0
    const url = route.path.replace(/:\w+/g, '01890a5d-ac96-774b-bcce-b302099a8057')
    const response = await app.inject({
      method: route.method,
      url,
      headers: { host: 'localhost', ...headers },
      ...(route.method === 'GET' ? {} : { payload }),
    })
    return { response, reached: reached.includes(route.id) }
  }
  return { call, close: () => app.close() }
}

const all = Object.values(routes) as Route[]
const refusedFor = (status: number) => status === 401 || status === 403

test('no route lacks an access rule, and ids and addresses are unique', () => {
  for (const route of all) expect(['public', 'signed-in', ...permissions, ...userRights]).toContain(route.access)
  expect(new Set(all.map(r => r.id)).size).toBe(all.length)
  expect(new Set(all.map(r => `${r.method} ${r.path}`)).size).toBe(all.length)
})

test('what is open to everybody is this and nothing more', () => {
  const open = all.filter(r => r.access === 'public').map(r => r.id)
  expect(open.sort()).toEqual(
    [
      'signInPassword',
      'passkeyOptions',
      'signInPasskey',
      'openInvitation',
      'acceptWithPassword',
      'acceptWithPasskeyOptions',
      'acceptWithPasskey',
      'userDoor',
      'beginVisit',
      'workstationNeeds',
    ].sort(),
  )
})

test('without a session every other route answers 401 and reaches nothing', async () => {
  const { call, close } = await appFor(null)
  for (const route of all.filter(r => r.access !== 'public')) {
    const { response, reached } = await call(route)
    expect([route.id, response.statusCode, reached]).toEqual([route.id, 401, false])
    expect(response.json().code).toBe(isUserRight(route.access) ? 'VISIT_REQUIRED' : 'SESSION_REQUIRED')
  }
  await close()
})

test.each(permissions)('permission × route: %s alone opens its own routes and no other', async permission => {
  const { call, close } = await appFor(callerWith([permission]))
  for (const route of all.filter(r => r.access !== 'public')) {
    const { response } = await call(route)
    const allowed = route.access === 'signed-in' || route.access === permission
    expect([route.id, refusedFor(response.statusCode)]).toEqual([route.id, !allowed])
  }
  await close()
})

test.each(predefinedRoles)('role × route: %s', async role => {
  const { call, close } = await appFor(callerWith(rolePermissions[role]))
  for (const route of all.filter(r => r.access !== 'public')) {
    const { response } = await call(route)
    const allowed = route.access === 'signed-in' || rolePermissions[role].some(p => p === route.access)
    expect([route.id, refusedFor(response.statusCode)]).toEqual([route.id, !allowed])
  }
  await close()
})

test.each(userRights)('user right × route: %s alone opens its own routes and no other', async right => {
  const { call, close } = await appFor(null, visit([right]))
  for (const route of all.filter(r => r.access !== 'public')) {
    const { response } = await call(route)
    expect([route.id, refusedFor(response.statusCode)]).toEqual([route.id, route.access !== right])
  }
  await close()
})

test.each(userServices)('service × route: what a login for %s opens', async service => {
  const { call, close } = await appFor(null, visit(userServiceRights[service]))
  for (const route of all.filter(r => r.access !== 'public')) {
    const { response } = await call(route)
    const allowed = userServiceRights[service].some(right => right === route.access)
    expect([route.id, refusedFor(response.statusCode)]).toEqual([route.id, !allowed])
  }
  await close()
})

test("an operator's session with every permission opens no route of a visit, a visit with every right none of operators", async () => {
  const operator = await appFor(callerWith(permissions))
  const visitor = await appFor(null, visit(userRights))
  for (const route of all.filter(r => r.access !== 'public')) {
    const { response, reached } = await (isUserRight(route.access) ? operator : visitor).call(route)
    const code = isUserRight(route.access) ? 'VISIT_REQUIRED' : 'SESSION_REQUIRED'
    expect([route.id, response.statusCode, response.json().code, reached]).toEqual([route.id, 401, code, false])
  }
  await operator.close()
  await visitor.close()
})

const unsafe = all.filter(r => r.access !== 'public' && r.method !== 'GET')
test.each(unsafe.map(r => r.id))('CSRF: %s is refused without the token of the session', async id => {
  const { call, close } = await appFor(callerWith(permissions), visit(userRights))
  const route = routes[id as keyof typeof routes] as Route
  for (const headers of [{}, { 'x-csrf-token': '' }, { 'x-csrf-token': 'tokem' }] as Record<string, string>[]) {
    const { response, reached } = await call(route, headers)
    expect([response.statusCode, response.json().code, reached]).toEqual([403, 'CSRF_TOKEN_WRONG', false])
  }
  await close()
})

test('P-8: the body of whoever may not call is not read: neither parsed nor measured', async () => {
  const json = { 'x-csrf-token': 'token', 'content-type': 'application/json' }
  const tooLong = JSON.stringify('x'.repeat(Math.max(...unsafe.map(r => r.bodyLimit ?? 0))))
  const nobody = await appFor(null)
  for (const route of unsafe) {
    for (const body of route.bodyLimit === undefined ? ['{'] : ['{', tooLong])
      expect([route.id, (await nobody.call(route, json, body)).response.statusCode]).toEqual([route.id, 401])
  }
  await nobody.close()
  const somebody = await appFor(callerWith([]), visit([]))
  for (const route of unsafe.filter(r => r.bodyLimit !== undefined)) {
    const { response } = await somebody.call(route, json, tooLong)
    expect([route.id, refusedFor(response.statusCode)]).toEqual([route.id, true])
  }
  await somebody.close()
})

test('requests from other sites and under other names are refused before anything else', async () => {
  const { call, close } = await appFor(callerWith(permissions))
  const token = { 'x-csrf-token': 'token' }
  const foreign = [
    { ...token, origin: 'https://evil.example' },
    { ...token, origin: 'null' },
    { ...token, 'sec-fetch-site': 'cross-site' },
    { ...token, 'sec-fetch-site': 'same-site' },
  ]
  for (const headers of foreign) {
    for (const route of [routes.signInPassword, routes.signOut, routes.getSession] as Route[]) {
      const { response, reached } = await call(route, headers)
      expect([response.statusCode, response.json().code, reached]).toEqual([403, 'ORIGIN_NOT_ALLOWED', false])
    }
  }
  // Letters of a path may be written as their codes, which the router reads as the same path.
  const coded = { ...routes.getSession, path: routes.getSession.path.replace('/api/', '/%61pi/') } as Route
  const hidden = await call(coded, { ...token, origin: 'https://evil.example' })
  expect([hidden.response.statusCode, hidden.reached]).toEqual([403, false])
  const rebound = await call(routes.getSession, { ...token, host: 'evil.example' })
  expect([rebound.response.statusCode, rebound.reached]).toEqual([421, false])
  const own = await call(routes.signOut, { ...token, origin: 'http://localhost', 'sec-fetch-site': 'same-origin' })
  expect([own.response.statusCode, own.reached]).toEqual([200, true])
  await close()
})

test('answers carry no-store and the security headers; no inline script is allowed', async () => {
  const { call, close } = await appFor(callerWith(permissions))
  const { response } = await call(routes.signOut)
  expect(response.headers['cache-control']).toBe('no-store')
  expect(response.headers['content-security-policy']).toContain("script-src 'self';")
  expect(response.headers['content-security-policy']).toContain("frame-ancestors 'none'")
  expect(response.headers['content-security-policy']).toContain("frame-src 'self' blob:;")
  expect(response.headers['x-content-type-options']).toBe('nosniff')
  await close()
})
