import { randomUUID } from 'node:crypto'
import type { routes, UserLogins } from '@cardwright/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { z } from 'zod'
import type { Client } from '../testing/client.ts'
import { answerQuestions } from '../testing/enrolment.ts'
import { holds } from '../testing/holds.ts'
import { operatorWith } from '../testing/operators.ts'
import { ok, refused } from '../testing/requests.ts'
import { everythingStored, shapes } from '../testing/secret-search.ts'
import { startTestHost, type TestServer } from '../testing/test-server.ts'
import { assignCard, beginVisit, changePortalSettings, userNamed } from '../testing/visitor.ts'

const LOGIN = 'anna.lindstrom'
const RIGHT = ['Rocinante', 'Calle Mayor', 'Dulcinea']
let host: Awaited<ReturnType<typeof startTestHost>>
let server: TestServer
let admin: Client
let helpDesk: Client
let userId: string
beforeAll(async () => {
  host = await startTestHost()
}, 60_000)
beforeEach(async () => {
  server = await host.startTestServer()
  admin = await server.administrator()
  helpDesk = await operatorWith(server, admin, 'quentin.dubois', 'HELP_DESK')
  userId = (await userNamed(admin, LOGIN)).id
  const { password } = await assignCard(admin, userId, 0)
  const visitor = await beginVisit(server)
  ok(await visitor.password(LOGIN, password))
  await answerQuestions(visitor)
  return () => server.stop()
}, 60_000)
afterAll(() => host.stop())

type Asked = z.output<typeof routes.identityQuestions.answer>
type Checked = z.output<typeof routes.checkIdentity.answer>
const questions = async (of = userId): Promise<Asked> =>
  ok(await helpDesk.call<Asked>('GET', `/api/users/${of}/identity-questions`))
const check = async (answers: readonly string[], by = helpDesk, of = userId) => {
  const asked = (await questions()).questions
  return by.call<Checked & { code?: string }>('POST', `/api/users/${of}/identity-checks`, {
    answers: asked.map(({ id }, n) => ({ id, answer: answers[n] ?? '' })),
  })
}
const checks = async () =>
  ok(
    await admin.call<{ rows: { actor: string; result: string; reason: string | null }[] }>(
      'GET',
      '/api/audit?action=user.identity-checked',
    ),
  ).rows.map(({ actor, result, reason }) => [actor, result, reason])

describe("a Help desk checks a caller's identity by the security questions", () => {
  test('right or wrong is told, never which, and who checked last; no answer is kept anywhere', async () => {
    const asked = await questions()
    expect([asked.questions.length, asked.locked, asked.lastChecked]).toEqual([3, false, null])
    expect(ok(await check(['rocinante', 'CALLEMAYOR', ' Dulcinea ']))).toEqual({ right: true, locked: false })
    const secret = 'Sancho Panza of Barataria'
    for (const wrong of [
      [secret, 'Calle Mayor', 'Dulcinea'],
      ['Rocinante', 'Calle Mayor', secret],
    ])
      expect(ok(await check(wrong))).toEqual({ right: false, locked: false })
    expect((await questions()).lastChecked?.by).toBe('Quentin Dubois')
    expect(await checks()).toEqual([
      ['Quentin Dubois', 'FAILURE', null],
      ['Quentin Dubois', 'FAILURE', null],
      ['Quentin Dubois', 'SUCCESS', null],
    ])
    const seen = `${server.logged()}\n${await everythingStored(server.databaseUrl)}`
    for (const answer of [secret, ...RIGHT])
      for (const [name, shape] of shapes(answer, answer)) expect([name, holds(seen, shape)]).toEqual([answer, false])
  }, 60_000)

  test('U-8: wrong answers are counted with those at the User portal; the lock is one, and so is the reset', async () => {
    await changePortalSettings(admin, { wrongAnswers: 4 })
    for (let n = 0; n < 2; n++)
      expect((await (await beginVisit(server)).answers('WITHOUT_DEVICE', LOGIN, ['x', 'y', 'z'])).status).toBe(403)
    expect(ok(await check(['x', 'y', 'z']))).toEqual({ right: false, locked: false })
    expect(ok(await check(['x', 'y', 'z']))).toEqual({ right: false, locked: true })
    expect((await questions()).locked).toBe(true)
    expect(ok(await check(RIGHT))).toEqual({ right: false, locked: true })
    expect((await checks())[0]).toEqual(['Quentin Dubois', 'DENIED', 'LOCKED'])
    expect((await (await beginVisit(server)).answers('WITHOUT_DEVICE', LOGIN, RIGHT)).status).toBe(423)
    const reset = { method: 'SECURITY_QUESTIONS' }
    const { locked } = ok(await helpDesk.call<UserLogins>('POST', `/api/users/${userId}/logins/reset`, reset))
    expect([locked, (await questions()).questions, (await questions()).locked]).toEqual([[], [], false])
  }, 60_000)

  test('a right answer clears the counter, as at the User portal', async () => {
    await changePortalSettings(admin, { wrongAnswers: 3 })
    for (let round = 0; round < 2; round++) {
      for (let n = 0; n < 2; n++) expect(ok(await check(['x'])).locked).toBe(false)
      expect(ok(await check(RIGHT)).right).toBe(true)
    }
  }, 60_000)

  test('an operator has as many wrong tries in a quarter of an hour as a network address, over all users', async () => {
    await changePortalSettings(admin, { wrongTriesPerSource: 10, wrongAnswers: 10 })
    const others = ['bjorn.aberg', 'carmen.ortiz']
    const ids = [userId, ...(await Promise.all(others.map(async name => (await userNamed(admin, name)).id)))]
    for (let n = 0; n < 10; n++) expect(ok(await check(['x'], helpDesk, ids[n % 3])).right).toBe(false)
    expect(refused(await check(RIGHT))).toEqual([429, 'TOO_MANY_REQUESTS'])
    // Another operator is another source.
    expect(ok(await check(RIGHT, admin)).right).toBe(true)
  }, 60_000)

  test('nobody without the permission, and nobody who does not exist', async () => {
    const officer = await operatorWith(server, admin, 'priya.raman', 'ISSUANCE_OFFICER')
    expect(refused(await check(RIGHT, officer))).toEqual([403, 'PERMISSION_REQUIRED'])
    expect(refused(await check(RIGHT, helpDesk, randomUUID()))).toEqual([404, 'NOT_FOUND'])
  }, 60_000)
})
