import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Answer, Client } from '../testing/client.ts'
import { holds } from '../testing/holds.ts'
import { everythingStored, shapes } from '../testing/secret-search.ts'
import { startTestHost, type TestServer } from '../testing/test-server.ts'
import { assignCard, beginVisit, changePortalSettings, type TestVisitor, userNamed } from '../testing/visitor.ts'

let host: Awaited<ReturnType<typeof startTestHost>>
let server: TestServer
beforeAll(async () => {
  host = await startTestHost()
  server = await host.startTestServer()
}, 90_000)
afterAll(async () => {
  await server.stop()
  await host.stop()
})

const answers: string[] = []
/** Its answers are searched afterwards. */
const listened = async (): Promise<TestVisitor> => {
  const visitor = await beginVisit(server)
  const { call } = visitor
  visitor.call = async <T>(...args: Parameters<Client['call']>): Promise<Answer<T>> => {
    const answer = await call<T>(...args)
    answers.push(answer.text)
    return answer
  }
  return visitor
}

/** As it is typed, and in the form in which it is compared. */
const forms = (name: string, secret: string): [string, string][] => [
  ...shapes(name, secret),
  ...shapes(`${name}, compared form`, secret.toLowerCase().replace(/[\s-]/g, '')),
]

test('no initial password, answer, directory password or typed name reaches a log, an answer, the audit or the database', async () => {
  const admin = await server.administrator()
  await changePortalSettings(admin, {
    login: { firstIssuance: 'INITIAL_PASSWORD', laterIssuance: 'LDAP_PASSWORD', withoutDevice: 'SECURITY_QUESTIONS' },
  })
  const user = await userNamed(admin, 'carmen.ortiz')
  // The one answer that shows the password is not among those that are searched.
  const { password } = await assignCard(admin, user.id, 0)
  const [first, second, third] = [await listened(), await listened(), await listened()]
  const typed = { password: 'WRNG-PASS-WRTH-7777', ldap: 'Directory pass phrase 77', name: 'secret typed as a name' }
  const mine = ['Rocinante the horse', 'Calle Nueva 5 Toledo', 'Dulcinea del Toboso']
  const tokens = [first, second, third].map(v => v.cookie)

  await first.password('carmen.ortiz', typed.password)
  await first.password(typed.name, password)
  expect((await first.password('carmen.ortiz', password)).status).toBe(200)
  await second.password('carmen.ortiz', password)
  for (const loginName of ['carmen.ortiz', typed.name]) {
    const body = { service: 'ISSUANCE', loginName, password: typed.ldap }
    expect((await second.call('POST', '/api/user/login/ldap', body)).status).toBe(503)
  }
  const { body } = await first.call<{ catalogue: { id: string }[] }>('GET', '/api/user/questions')
  const given = mine.map((answer, index) => ({ id: body.catalogue[index]?.id, answer }))
  const refused = given.map(g => ({ ...g, answer: mine[0] }))
  expect((await first.call('POST', '/api/user/answers', { answers: refused })).status).toBe(400)
  expect((await first.call('POST', '/api/user/answers', { answers: given })).status).toBe(200)
  await third.answers('WITHOUT_DEVICE', 'carmen.ortiz', [...mine.slice(0, 2), 'wrong'])
  await third.answers('WITHOUT_DEVICE', typed.name, mine)
  expect((await third.answers('WITHOUT_DEVICE', 'carmen.ortiz', mine)).status).toBe(200)
  for (const path of [`/api/users/${user.id}/logins`, '/api/audit?limit=200'])
    answers.push((await admin.call('GET', path)).text)

  const secrets = [
    ...forms('initial password', password),
    ...forms('wrong initial password', typed.password),
    ...forms('directory password', typed.ldap),
    ...forms('typed name', typed.name),
    ...mine.flatMap(answer => forms('answer', answer)),
    ...[...tokens, first.cookie, third.cookie].flatMap(cookie =>
      shapes('token of a visit', cookie.split('=')[1] ?? ''),
    ),
  ]
  const places = {
    log: server.logged(),
    answers: answers.join('\n'),
    database: await everythingStored(server.databaseUrl),
  }
  // What is searched is what was written: otherwise this test could not fail.
  expect(places.log).toContain('"route":"/api/user/login/initial-password"')
  expect(places.log).toContain('"route":"/api/user/login/answers"')
  expect(places.database).toMatch(/^initial_passwords .*\$scrypt\$/m)
  expect(places.database).toMatch(/^security_answers .*\$scrypt\$/m)
  expect(places.database).toMatch(/^user_visits .*WITHOUT_DEVICE/m)
  expect(places.answers).toContain('USED_BEFORE')
  for (const [where, text] of Object.entries(places)) {
    const found = secrets.filter(([, secret]) => holds(text, secret)).map(([name]) => name)
    expect([where, found]).toEqual([where, []])
  }
})
