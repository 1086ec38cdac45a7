import type { User, UserLogins, UserSession } from '@cardwright/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Client } from '../testing/client.ts'
import { startTestHost, type TestServer } from '../testing/test-server.ts'
import { assignCard, beginVisit, changePortalSettings, userNamed } from '../testing/visitor.ts'

let host: Awaited<ReturnType<typeof startTestHost>>
let server: TestServer
let admin: Client
let user: User
const ANSWERS = ['Rocinante', 'Calle Mayor', 'Dulcinea']

beforeAll(async () => {
  host = await startTestHost()
}, 60_000)
beforeEach(async () => {
  server = await host.startTestServer()
  admin = await server.administrator()
  user = await userNamed(admin, 'anna.lindstrom')
  return () => server.stop()
}, 60_000)
afterAll(() => host.stop())

const logIn = async () => {
  const { password, deviceId } = await assignCard(admin, user.id, 0)
  const visitor = await beginVisit(server)
  const { body } = await visitor.password('anna.lindstrom', password)
  return { visitor, session: body, deviceId }
}
const give = async (visitor: Client, method: 'POST' | 'PUT', answers: readonly string[]) => {
  const { body } = await visitor.call<{ catalogue: { id: string }[] }>('GET', '/api/user/questions')
  const given = answers.map((answer, index) => ({ id: body.catalogue[index]?.id, answer }))
  return visitor.call(method, '/api/user/answers', { answers: given })
}
const codes = (answers: readonly { status: number; body: { code?: string } }[]) =>
  answers.map(a => a.body.code ?? String(a.status)).sort()

describe('U-8: tries side by side', () => {
  test('never exceed the limit: three are looked at, all others find the method locked, the right one too', async () => {
    await changePortalSettings(admin, { wrongAnswers: 3 })
    const { visitor } = await logIn()
    expect((await give(visitor, 'POST', ANSWERS)).status).toBe(200)
    const visitors = await Promise.all(Array.from({ length: 8 }, () => beginVisit(server)))
    const wrong = await Promise.all(visitors.map(v => v.answers('WITHOUT_DEVICE', 'anna.lindstrom', ['x', 'y', 'z'])))
    expect(codes(wrong)).toEqual([...Array(3).fill('LOGIN_FAILED'), ...Array(5).fill('LOGIN_LOCKED')])
    const right = await visitors[0]?.answers('WITHOUT_DEVICE', 'anna.lindstrom', ANSWERS)
    expect([right?.status, right?.body.code]).toEqual([423, 'LOGIN_LOCKED'])
    const { body } = await admin.call<UserLogins>('GET', `/api/users/${user.id}/logins`)
    expect(body.locked.map(l => l.method)).toEqual(['SECURITY_QUESTIONS'])
    const { rows } = (await admin.call<{ rows: { action: string }[] }>('GET', '/api/audit?limit=100')).body
    const count = (action: string) => rows.filter(row => row.action === action).length
    expect([count('user.login-failed'), count('user.login-locked'), count('user.login-refused')]).toEqual([3, 1, 6])
  })

  test('from one address never exceed its limit, whoever is named', async () => {
    await changePortalSettings(admin, { wrongTriesPerSource: 10 })
    const visitors = await Promise.all(Array.from({ length: 14 }, () => beginVisit(server)))
    const answers = await Promise.all(visitors.map((v, n) => v.password(`name ${n}`, 'wrong')))
    expect(codes(answers)).toEqual([...Array(10).fill('LOGIN_FAILED'), ...Array(4).fill('TOO_MANY_REQUESTS')])
    expect(answers.find(a => a.status === 429)?.body.advice).toMatch(/^Wait (8\d\d|900) seconds/)
  })
})

test('U-8: after the reset by a Help desk the user sets the answers anew at the next login', async () => {
  const { visitor, session } = await logIn()
  expect(session.mustSetQuestions).toBe(true)
  await give(visitor, 'POST', ANSWERS)
  expect((await visitor.call<UserSession>('GET', '/api/user/session')).body.mustSetQuestions).toBe(false)
  const reset = await admin.call<UserLogins>('POST', `/api/users/${user.id}/logins/reset`, {
    method: 'SECURITY_QUESTIONS',
  })
  expect([reset.status, reset.body.questionsSetAt]).toEqual([200, null])
  expect((await visitor.call<UserSession>('GET', '/api/user/session')).body.mustSetQuestions).toBe(true)
  expect((await (await beginVisit(server)).answers('WITHOUT_DEVICE', 'anna.lindstrom', ANSWERS)).status).toBe(403)
  expect((await give(visitor, 'POST', ['new one', 'new two', 'new three'])).status).toBe(200)
})

test('answers set by two at once are those of one of them; the other is told', async () => {
  const { visitor } = await logIn()
  const other = ['other one', 'other two', 'other three']
  const both = await Promise.all([give(visitor, 'POST', ANSWERS), give(visitor, 'POST', other)])
  // Told when it looks, or, if both looked before either wrote, when it writes.
  const [done, told] = codes(both)
  expect(done).toBe('200')
  expect(['ANSWERS_SET_ALREADY', 'VERSION_CONFLICT']).toContain(told)
  const set = both[0]?.status === 200 ? ANSWERS : other
  const again = await beginVisit(server)
  expect((await again.answers('WITHOUT_DEVICE', 'anna.lindstrom', set)).body.service).toBe('WITHOUT_DEVICE')
  // U-13: changed in a visit that came without the device.
  expect((await give(again, 'PUT', ['changed one', 'changed two', 'changed three'])).status).toBe(200)
  expect((await give(visitor, 'PUT', ANSWERS)).body.code).toBe('LOGIN_REQUIRED')
})

test('a login in a visit of somebody else begins a new visit', async () => {
  const { visitor, deviceId } = await logIn()
  const { body: device } = await admin.call<{ version: number }>('GET', `/api/devices/${deviceId}`)
  await admin.call('POST', `/api/devices/${deviceId}/unassign`, { version: device.version })
  const { password } = await assignCard(admin, (await userNamed(admin, 'bjorn.aberg')).id, 0)
  const before = { cookie: visitor.cookie, csrfToken: visitor.csrfToken }
  const { body } = await visitor.password('bjorn.aberg', password)
  expect(body.user?.displayName).toBe('Björn Åberg')
  const old = Object.assign(server.client(), before)
  expect((await old.call('GET', '/api/user/session')).status).toBe(401)
})

describe('the configuration', () => {
  type Stored = { version: number; settings: object; problems: string[] }
  const path = '/api/settings/user-portal'

  test('says what does not work yet, refuses what cannot, and two who change it at once do not overwrite each other', async () => {
    const { body } = await admin.call<Stored>('GET', path)
    expect([body.version, body.problems]).toEqual([1, []])
    const put = (change: object) =>
      admin.call<Stored & { code: string; fields: object }>('PUT', path, {
        version: body.version,
        settings: { ...body.settings, ...change },
      })
    const mailed = await put({ initialPasswordDelivery: 'EMAIL' })
    expect([mailed.status, Object.keys(mailed.body.fields)]).toEqual([400, ['settings/initialPasswordDelivery']])
    const login = { firstIssuance: 'LDAP_PASSWORD', laterIssuance: 'LDAP_PASSWORD', withoutDevice: 'LDAP_PASSWORD' }
    const both = await Promise.all([put({ login }), put({ helpText: 'Ask Olga.' })])
    expect(codes(both)).toEqual(['200', 'VERSION_CONFLICT'])
    await changePortalSettings(admin, { login: login as never })
    expect((await admin.call<Stored>('GET', path)).body.problems.join()).toContain('no directory')
    const door = await server.client().call<{ issuance: string[]; warnings: string[] }>('GET', '/api/user/door')
    expect([door.body.issuance, door.body.warnings.length]).toEqual([['LDAP_PASSWORD'], 1])
  })

  test('questions are added, reworded and retired; a text is there once; who has answered is counted', async () => {
    const list = '/api/settings/security-questions'
    type Question = { id: string; version: number; text: string; retired: boolean; users: number }
    const made = await admin.call<Question>('POST', list, { text: 'What was your first bicycle called?' })
    expect(made.body).toMatchObject({ version: 1, retired: false, users: 0 })
    const twice = await admin.call('POST', list, { text: 'what was your first bicycle CALLED?' })
    expect([twice.status, twice.body.fields]).toEqual([400, { text: 'is taken already' }])
    const change = { version: 1, text: 'What was the name of your first bicycle?', retired: true }
    expect((await admin.call<Question>('PUT', `${list}/${made.body.id}`, change)).body).toMatchObject({ version: 2 })
    expect((await admin.call('PUT', `${list}/${made.body.id}`, change)).body.code).toBe('VERSION_CONFLICT')
    const { visitor } = await logIn()
    await give(visitor, 'POST', ANSWERS)
    const { rows } = (await admin.call<{ rows: Question[] }>('GET', list)).body
    expect(rows.map(q => q.users).slice(0, 4)).toEqual([1, 1, 1, 0])
  })
})
