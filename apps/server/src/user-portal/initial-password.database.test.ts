import type { User, UserLogins, UserSession } from '@cardwright/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Client } from '../testing/client.ts'
import { PASSWORD, startTestHost, type TestServer } from '../testing/test-server.ts'
import { assignCard, beginVisit, changePortalSettings, userNamed } from '../testing/visitor.ts'

let host: Awaited<ReturnType<typeof startTestHost>>
let server: TestServer
let admin: Client
let user: User
let now: number
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

beforeAll(async () => {
  host = await startTestHost()
}, 60_000)
beforeEach(async () => {
  now = Date.now()
  server = await host.startTestServer({ clock: () => now })
  admin = await server.administrator()
  user = await userNamed(admin, 'anna.lindstrom')
  return () => server.stop()
}, 60_000)
afterAll(() => host.stop())

const failures = async () =>
  (
    await admin.call<{ rows: { action: string; result: string; reason: string | null }[] }>(
      'GET',
      '/api/audit?limit=50',
    )
  ).body.rows
    .filter(row => row.action.startsWith('user.log') && row.result !== 'SUCCESS')
    .map(row => `${row.action} ${row.reason}`)

describe('a visit', () => {
  test('begins before anybody is known, with no right but to be there, and goes on with its cookie', async () => {
    const visitor = await beginVisit(server)
    const { body } = await visitor.call<UserSession>('GET', '/api/user/session')
    expect(body).toMatchObject({ user: null, service: null, rights: ['user:visit'], mustSetQuestions: false })
    const again = await visitor.call<UserSession>('POST', '/api/user/session')
    expect([again.body.csrfToken, again.headers.getSetCookie()]).toEqual([visitor.csrfToken, []])
    expect((await visitor.call('GET', '/api/user/questions')).body.code).toBe('LOGIN_REQUIRED')
  })

  test('has a cookie of its own, for this server and no script', async () => {
    const begun = await server.client().call('POST', '/api/user/session')
    expect(begun.headers.getSetCookie()[0]).toMatch(/^cardwright-user=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/)
  })

  test("and an operator's session do not stand for each other", async () => {
    const visitor = await beginVisit(server)
    expect((await visitor.call('GET', '/api/session')).status).toBe(401)
    const swapped = server.client()
    swapped.cookie = visitor.cookie.replace('cardwright-user', 'cardwright')
    expect((await swapped.call('GET', '/api/session')).status).toBe(401)
    swapped.cookie = admin.cookie.replace('cardwright', 'cardwright-user')
    expect((await swapped.call('GET', '/api/user/session')).body.code).toBe('VISIT_REQUIRED')
    expect((await admin.call('GET', '/api/user/session')).body.code).toBe('VISIT_REQUIRED')
  })

  test('ends after 15 idle minutes, two hours after the login however busy, and with its log-out', async () => {
    const { password } = await assignCard(admin, user.id, 0)
    const visitor = await beginVisit(server)
    now += 15 * MINUTE
    expect((await visitor.call('GET', '/api/user/session')).body.code).toBe('VISIT_REQUIRED')
    const busy = await beginVisit(server)
    await busy.password('anna.lindstrom', password)
    for (let minutes = 10; minutes < 120; minutes += 10) {
      now += 10 * MINUTE
      expect((await busy.call('GET', '/api/user/session')).status).toBe(200)
    }
    now += 10 * MINUTE
    expect((await busy.call('GET', '/api/user/session')).status).toBe(401)
    const third = await beginVisit(server)
    const { cookie, csrfToken } = third
    expect((await third.call('DELETE', '/api/user/session')).status).toBe(200)
    const old = Object.assign(server.client(), { cookie, csrfToken })
    expect((await old.call('GET', '/api/user/session')).status).toBe(401)
  })

  test('gets a new token at the login; the one before is worth nothing (session fixation)', async () => {
    const { password } = await assignCard(admin, user.id, 0)
    const visitor = await beginVisit(server)
    const planted = Object.assign(server.client(), { cookie: visitor.cookie, csrfToken: visitor.csrfToken })
    const login = await visitor.password('anna.lindstrom', password)
    expect(login.body).toMatchObject({
      user: { id: user.id },
      service: 'ISSUANCE',
      rights: ['user:visit', 'user:self', 'user:issue'],
    })
    expect(visitor.cookie).not.toBe(planted.cookie)
    expect((await planted.call('GET', '/api/user/session')).status).toBe(401)
    expect((await visitor.call('GET', '/api/user/session')).status).toBe(200)
  })

  test('of somebody who is disabled meanwhile ends', async () => {
    const { password } = await assignCard(admin, user.id, 0)
    const visitor = await beginVisit(server)
    await visitor.password('anna.lindstrom', password)
    const { body } = await admin.call<Record<string, unknown>>('GET', `/api/users/${user.id}`)
    await admin.call('PUT', `/api/users/${user.id}`, { ...body, status: 'DISABLED' })
    expect((await visitor.call('GET', '/api/user/session')).status).toBe(401)
  })
})

describe('U-11: an initial password', () => {
  const logIn = async (password: string, name = 'anna.lindstrom') => (await beginVisit(server)).password(name, password)

  test('is shown once, works once, typed in any case; the second use is refused and audited for what it is', async () => {
    const { deviceId, password } = await assignCard(admin, user.id, 0)
    expect(password).toMatch(/^(\w{4}-){3}\w{4}$/)
    expect((await logIn(password.toLowerCase().replaceAll('-', ' '), 'Anna.LINDSTROM')).status).toBe(200)
    const again = await logIn(password)
    expect([again.status, again.body.code]).toEqual([403, 'LOGIN_FAILED'])
    expect(await failures()).toEqual(['user.login-failed USED_BEFORE'])
    const { body } = await admin.call<UserLogins>('GET', `/api/users/${user.id}/logins`)
    expect(body.initialPasswords).toMatchObject([{ deviceId, usedAt: new Date(now).toISOString(), expired: false }])
  })

  test('used by two at once lets one in', async () => {
    const { password } = await assignCard(admin, user.id, 0)
    const visitors = await Promise.all([1, 2, 3].map(() => beginVisit(server)))
    const answers = await Promise.all(visitors.map(v => v.password('anna.lindstrom', password)))
    expect(answers.map(a => a.status).sort()).toEqual([200, 403, 403])
    expect(new Set(await failures())).toEqual(new Set(['user.login-failed USED_BEFORE']))
  })

  test('ends after 14 days, with a newer one, and when its device is unbound; another user cannot use it', async () => {
    const { deviceId, password } = await assignCard(admin, user.id, 0)
    expect((await logIn(password, 'bjorn.aberg')).status).toBe(403)
    now += 14 * DAY
    admin = await signedInAgain()
    expect((await logIn(password)).status).toBe(403)
    const newer = async () =>
      (await admin.call<{ password: string }>('POST', `/api/devices/${deviceId}/initial-password`)).body.password
    const [second, third] = [await newer(), await newer()]
    expect((await logIn(second)).status).toBe(403)
    const device = (await admin.call<{ version: number }>('GET', `/api/devices/${deviceId}`)).body
    await admin.call('POST', `/api/devices/${deviceId}/unassign`, { version: device.version })
    expect((await logIn(third)).status).toBe(403)
    const none = await admin.call('POST', `/api/devices/${deviceId}/initial-password`)
    expect([none.status, none.body.code]).toEqual([409, 'WRONG_STATE'])
    // Bound anew to the same user, the old one stays dead.
    const rebound = await assignCard(admin, user.id, 0)
    expect((await logIn(third)).status).toBe(403)
    const last = await logIn(rebound.password)
    expect([last.status, last.body.service]).toEqual([200, 'ISSUANCE'])
    const all = ['WRONG', 'EXPIRED', 'ENDED', 'ENDED', 'ENDED']
    expect(await failures()).toEqual(all.reverse().map(reason => `user.login-failed ${reason}`))
  })

  test('is refused like a wrong one where another method applies, and not spent', async () => {
    const { password } = await assignCard(admin, user.id, 0)
    const methods = { laterIssuance: 'INITIAL_PASSWORD', withoutDevice: 'SECURITY_QUESTIONS' } as const
    await changePortalSettings(admin, { login: { ...methods, firstIssuance: 'LDAP_PASSWORD' } })
    expect((await logIn(password)).body.code).toBe('LOGIN_FAILED')
    await changePortalSettings(admin, { login: { ...methods, firstIssuance: 'INITIAL_PASSWORD' } })
    expect((await logIn(password)).status).toBe(200)
    expect(await failures()).toEqual(['user.login-failed OTHER_METHOD_APPLIES'])
  })

  test('the answer that is stored for its idempotency key is without it', async () => {
    const reader = (
      await admin.call<{ readers: { id: string; virtual: boolean; card: { insertion: string } }[] }>(
        'GET',
        '/api/readers',
      )
    ).body.readers.find(r => r.virtual)
    const body = { userId: user.id, readerId: reader?.id, insertion: reader?.card.insertion, initialPassword: true }
    const call = () =>
      admin.call<{ initialPassword: { password: string | null } }>('POST', '/api/assignments', body, {
        'idempotency-key': 'once',
      })
    const [first, second] = [await call(), await call()]
    expect(first.body.initialPassword.password).toMatch(/-/)
    expect(second.body).toEqual({ ...first.body, initialPassword: { ...first.body.initialPassword, password: null } })
  })
})

const signedInAgain = async (): Promise<Client> => {
  const client = server.client()
  const { body } = await client.call<{ csrfToken: string }>('POST', '/api/session/password', {
    loginName: 'admin',
    password: PASSWORD,
  })
  client.csrfToken = body.csrfToken
  return client
}
