import type { Session } from '@cardwright/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { PASSWORD, startTestHost, type TestServer } from '../testing/test-server.ts'

let host: Awaited<ReturnType<typeof startTestHost>>
let server: TestServer
let now: number
const MINUTE = 60_000

beforeAll(async () => {
  host = await startTestHost()
}, 60_000)
beforeEach(async () => {
  now = Date.now()
  server = await host.startTestServer({ demo: false, clock: () => now })
  return () => server.stop()
}, 60_000)
afterAll(() => host.stop())

const signIn = async (loginName: string, password: string) => {
  const client = server.client()
  const answer = await client.call<Session & { code?: string }>('POST', '/api/session/password', {
    loginName,
    password,
  })
  client.csrfToken = answer.body.csrfToken ?? ''
  return { client, answer }
}

describe('the one-time link', () => {
  test('signs the first administrator in once; the second use is refused, and no new one is printed', async () => {
    const link = server.server.setupLink ?? ''
    const token = new URL(link).hash.slice('#token='.length)
    expect(new URL(link).pathname).toBe('/setup')
    const opened = await server.client().call<{ loginName: string }>('POST', '/api/invitation/open', { token })
    expect(opened.body.loginName).toBe('admin')

    const admin = await server.administrator()
    expect((await admin.call<Session>('GET', '/api/session')).body.operator.role.id).toBe('ADMINISTRATOR')
    const again = await server.client().call('POST', '/api/invitation/password', { token, password: PASSWORD })
    expect([again.status, again.body.code]).toEqual([410, 'INVITATION_SPENT'])
    await server.restart()
    expect(server.server.setupLink).toBeNull()
  })

  test('no link is printed for a first administrator who was given a lesser role', async () => {
    const admin = await server.administrator()
    const person = { loginName: 'deputy', displayName: 'Deputy', groupIds: [] }
    const deputy = await admin.call<{ id: string }>('POST', '/api/users', person)
    const invitation = `/api/users/${deputy.body.id}/invitation`
    const { link } = (await admin.call<{ link: string }>('POST', invitation, { role: 'ADMINISTRATOR' })).body
    const client = server.client()
    const accepting = { token: new URL(link).hash.slice('#token='.length), password: PASSWORD }
    client.csrfToken = (await client.call<Session>('POST', '/api/invitation/password', accepting)).body.csrfToken
    const { id } = (await admin.call<Session>('GET', '/api/session')).body.operator
    const lesser = await client.call('POST', `/api/users/${id}/invitation`, { role: 'AUDITOR' })
    expect(lesser.status).toBe(200)
    expect((await signIn('admin', PASSWORD)).answer.status).toBe(200)
    const none = await client.call('DELETE', `/api/users/${id}/role`)
    expect(none.status).toBe(200)
    expect((await signIn('admin', PASSWORD)).answer.status).toBe(401)
    await server.restart()
    expect(server.server.setupLink).toBeNull()
  })

  test('two who use it at once: one gets in', async () => {
    const token = new URL(server.server.setupLink ?? '').hash.slice('#token='.length)
    const answers = await Promise.all(
      [1, 2].map(n =>
        server.client().call('POST', '/api/invitation/password', { token, password: `${PASSWORD} ${n}` }),
      ),
    )
    expect(answers.map(a => a.status).sort()).toEqual([200, 410])
  })

  test('a new start takes the place of the link before it, and a link ends after a day', async () => {
    const old = new URL(server.server.setupLink ?? '').hash.slice('#token='.length)
    await server.restart()
    const fresh = new URL(server.server.setupLink ?? '').hash.slice('#token='.length)
    const open = (token: string) => server.client().call('POST', '/api/invitation/open', { token })
    expect((await open(old)).status).toBe(410)
    expect((await open(fresh)).status).toBe(200)
    now += 25 * 60 * MINUTE
    expect((await open(fresh)).status).toBe(410)
  })
})

describe('sessions', () => {
  test('end after 30 idle minutes, and not while somebody works', async () => {
    const admin = await server.administrator()
    now += 29 * MINUTE
    expect((await admin.call('GET', '/api/session')).status).toBe(200)
    now += 29 * MINUTE
    expect((await admin.call('GET', '/api/session')).status).toBe(200)
    now += 30 * MINUTE
    expect((await admin.call('GET', '/api/session')).status).toBe(401)
  })

  test('end after 30 idle minutes, though a page that nobody attends goes on asking', async () => {
    const admin = await server.administrator()
    const ask = async (headers?: Record<string, string>) =>
      (await admin.call('GET', '/api/home', undefined, headers)).status
    for (const _ of [1, 2]) {
      now += 14 * MINUTE
      expect(await ask({ 'x-unattended': '1' })).toBe(200)
    }
    now += 3 * MINUTE
    expect(await ask({ 'x-unattended': '1' })).toBe(401)
  })

  test('end after their absolute lifetime, however busy', async () => {
    const admin = await server.administrator()
    for (let minutes = 0; minutes < 10 * 60 - 20; minutes += 20) {
      now += 20 * MINUTE
      expect((await admin.call('GET', '/api/session')).status).toBe(200)
    }
    now += 20 * MINUTE
    expect((await admin.call('GET', '/api/session')).status).toBe(401)
  })

  test('a shortened idle time-out holds for sessions that are there already', async () => {
    const admin = await server.administrator()
    const stored = await admin.call<{ version: number; settings: object }>('GET', '/api/settings/security')
    const settings = { ...stored.body.settings, idleMinutes: 5 }
    const put = await admin.call('PUT', '/api/settings/security', { version: stored.body.version, settings })
    expect(put.status).toBe(200)
    now += 6 * MINUTE
    expect((await admin.call('GET', '/api/session')).status).toBe(401)
  })

  test('get a new token at each sign-in, and the one that was brought along ends (session fixation)', async () => {
    const admin = await server.administrator()
    const before = admin.cookie
    await admin.call('POST', '/api/session/password', { loginName: 'admin', password: PASSWORD })
    expect(admin.cookie).not.toBe(before)
    const old = server.client()
    old.cookie = before
    expect((await old.call('GET', '/api/session')).status).toBe(401)
    const planted = server.client()
    planted.cookie = `cardwright=${'A'.repeat(43)}`
    await planted.call('POST', '/api/session/password', { loginName: 'admin', password: PASSWORD })
    expect(planted.cookie).not.toContain('AAAA')
  })

  test('sign-out ends the session on the server and the open streams with it', async () => {
    const admin = await server.administrator()
    const events = await fetch(`${server.server.url}/api/readers/events`, { headers: { cookie: admin.cookie } })
    const reader = events.body?.getReader()
    expect(new TextDecoder().decode((await reader?.read())?.value)).toMatch(/^data: \{"readers"/)
    const { cookie, csrfToken } = admin
    expect((await admin.call('DELETE', '/api/session')).status).toBe(200)
    while (!(await reader?.read())?.done);
    const old = server.client()
    Object.assign(old, { cookie, csrfToken })
    expect((await old.call('GET', '/api/session')).status).toBe(401)
  })

  test('the cookie is for this server and no script', async () => {
    const { answer } = await signIn('nobody', 'x')
    expect(answer.headers.getSetCookie()).toEqual([])
    await server.administrator()
    const { answer: good } = await signIn('admin', PASSWORD)
    expect(good.headers.getSetCookie()[0]).toMatch(/HttpOnly; SameSite=Strict/)
  })
})

describe('passwords', () => {
  test('a wrong password and an unknown name get the same answer', async () => {
    await server.administrator()
    const wrong = (await signIn('admin', 'wrong password')).answer
    const unknown = (await signIn('nobody', 'wrong password')).answer
    const { instance: _, ...a } = wrong.body as unknown as Record<string, unknown>
    const { instance: __, ...b } = unknown.body as unknown as Record<string, unknown>
    expect([wrong.status, a]).toEqual([unknown.status, b])
    expect(wrong.body.code).toBe('SIGN_IN_FAILED')
  })

  test('a wrong password and an unknown name are the same work: both are recorded, the unknown name is not kept', async () => {
    const admin = await server.administrator()
    type Audit = { rows: { action: string; result: string; object: { id: string; label: string } }[] }
    const failed = async () =>
      (await admin.call<Audit>('GET', '/api/audit?limit=200')).body.rows.filter(
        row => row.action === 'operator.sign-in-failed',
      )
    await signIn('admin', 'wrong password')
    expect(await failed()).toHaveLength(1)
    await signIn('my secret, typed into the wrong field', 'x')
    const rows = await failed()
    expect(rows).toHaveLength(2)
    expect(JSON.stringify(rows)).toContain('Unknown name')
    expect(JSON.stringify(rows)).not.toContain('my secret')
  })

  test('too many tries lock any name in the same way, known or not; the lock ends', async () => {
    const admin = await server.administrator()
    const stored = await admin.call<{ version: number; settings: object }>('GET', '/api/settings/security')
    await admin.call('PUT', '/api/settings/security', {
      version: stored.body.version,
      settings: { ...stored.body.settings, passwordAttempts: 3 },
    })
    for (const name of ['admin', 'nobody']) {
      const codes: (string | undefined)[] = []
      for (let n = 0; n < 5; n++) codes.push((await signIn(name, `wrong ${n}`)).answer.body.code)
      expect([name, codes]).toEqual([
        name,
        ['SIGN_IN_FAILED', 'SIGN_IN_FAILED', 'SIGN_IN_FAILED', 'SIGN_IN_LOCKED', 'SIGN_IN_LOCKED'],
      ])
    }
    expect((await signIn('ADMIN', PASSWORD)).answer.body.code).toBe('SIGN_IN_LOCKED')
    now += 16 * MINUTE
    expect((await signIn('ADMIN', PASSWORD)).answer.status).toBe(200)
  })

  test('are 12 characters or more; the refusal names the field and never repeats the value', async () => {
    const token = new URL(server.server.setupLink ?? '').hash.slice('#token='.length)
    const short = await server.client().call('POST', '/api/invitation/password', { token, password: 'eleven char' })
    expect([short.status, Object.keys(short.body.fields ?? {})]).toEqual([400, ['password']])
    expect(short.text).not.toContain('eleven')
  })
})

test('a one-time link that is accepted with a new password ends the sessions that were open, and the old password', async () => {
  const admin = await server.administrator()
  const newUser = { loginName: 'grace', displayName: 'Grace', groupIds: [] }
  const { body: user } = await admin.call<{ id: string }>('POST', '/api/users', newUser)
  const invite = async (password: string) => {
    const path = `/api/users/${user.id}/invitation`
    const { link } = (await admin.call<{ link: string }>('POST', path, { role: 'AUDITOR' })).body
    const client = server.client()
    const token = new URL(link).hash.slice('#token='.length)
    expect((await client.call('POST', '/api/invitation/password', { token, password })).status).toBe(200)
    return client
  }
  const before = await invite(PASSWORD)
  expect((await before.call('GET', '/api/session')).status).toBe(200)
  const after = await invite(`${PASSWORD} anew`)
  expect((await before.call('GET', '/api/session')).status).toBe(401)
  expect((await after.call('GET', '/api/session')).status).toBe(200)
  expect((await signIn('grace', PASSWORD)).answer.status).toBe(401)
})

describe('operators', () => {
  const newUser = { loginName: 'grace', displayName: 'Grace', groupIds: [] }

  test('are made by a role and a link; nobody can change their own access', async () => {
    const admin = await server.administrator()
    const { body: user } = await admin.call<{ id: string }>('POST', '/api/users', newUser)
    const invited = await admin.call<{ link: string }>('POST', `/api/users/${user.id}/invitation`, { role: 'AUDITOR' })
    const token = new URL(invited.body.link).hash.slice('#token='.length)
    const grace = server.client()
    const session = await grace.call<Session>('POST', '/api/invitation/password', { token, password: PASSWORD })
    grace.csrfToken = session.body.csrfToken
    expect(session.body.permissions).not.toContain('device.issue')
    expect((await grace.call('POST', '/api/users', { ...newUser, loginName: 'x' })).body.code).toBe(
      'PERMISSION_REQUIRED',
    )
    const { operator } = (await admin.call<Session>('GET', '/api/session')).body
    const self = await admin.call('POST', `/api/users/${operator.id}/invitation`, { role: 'AUDITOR' })
    expect(self.body.code).toBe('OWN_ACCESS')

    const { body: now } = await admin.call<Record<string, unknown>>('GET', `/api/users/${user.id}`)
    const disabled = await admin.call('PUT', `/api/users/${user.id}`, { ...now, status: 'DISABLED' })
    expect(disabled.status).toBe(200)
    expect((await grace.call('GET', '/api/session')).status).toBe(401)
  })
})
