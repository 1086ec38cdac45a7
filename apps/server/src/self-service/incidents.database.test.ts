import { randomUUID } from 'node:crypto'
import type { OwnRequest, Problem, RequestView, routes } from '@cardwright/contract'
import { holderTexts } from '@cardwright/core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { z } from 'zod'
import type { Client } from '../testing/client.ts'
import { answerQuestions, bindAt, desk, enrolled, ownRequests, selfIssue, withoutDevice } from '../testing/enrolment.ts'
import { relyingPartiesSee } from '../testing/relying-parties.ts'
import { changeOption, changePolicy, createRequestBench, ok, type RequestBench, refused } from '../testing/requests.ts'
import { startTestHost, type TestServer } from '../testing/test-server.ts'
import { beginVisit, changePortalSettings } from '../testing/visitor.ts'

const LOGIN = 'anna.lindstrom'
/** Of the demo's staff. */
const policies = ['PIV, RSA-2048', 'PIV, P-256', 'Plain smart card', 'Security key, RSA-4096 with touch']
let host: Awaited<ReturnType<typeof startTestHost>>
let server: TestServer
let bench: RequestBench
let userId: string
let deviceId: string
beforeAll(async () => {
  host = await startTestHost()
}, 60_000)
beforeEach(async () => {
  server = await host.startTestServer()
  bench = await createRequestBench(server)
  userId = (await bench.user(LOGIN)).id
  deviceId = await enrolled(server, bench.officer, userId, LOGIN)
  return () => server.stop()
}, 60_000)
afterAll(() => host.stop())

type Options = z.output<typeof routes.incidentOptions.answer>
type NeedsApproval = z.output<typeof routes.issuanceRequestOptions.answer>
const options = async (visitor: Client): Promise<Options> =>
  ok(await visitor.call<Options>('GET', '/api/user/incident-options'))
const declare = async (visitor: Client, reason: string, workflow: string) => {
  const [device] = (await options(visitor)).devices
  return visitor.call<OwnRequest & Problem>('POST', '/api/user/incidents', {
    ...{ deviceId: device?.id, version: device?.version, reason, workflow },
  })
}
const standing = async (id: string) => {
  const { state, reason } = await bench.device(id)
  return [state, reason]
}

test('R-13, R-15: a user reports, takes it back, reports again; after approval an officer issues at a desk', async () => {
  const before = await bench.device(deviceId)
  const visitor = await withoutDevice(server, LOGIN)
  const { devices } = await options(visitor)
  const workflows = ['USER_LOCAL', 'USER_SELF']
  expect(devices).toMatchObject([{ id: deviceId, temporary: false, workflows, temporaryDays: 14 }])
  expect(devices[0]?.reasons.map(r => r.reason)).toEqual(['LOST', 'STOLEN', 'DAMAGED', 'FORGOTTEN'])
  const renew = await declare(visitor, 'RENEW', 'USER_LOCAL')
  expect([renew.status, renew.body.fields]).toEqual([400, { reason: 'is not offered for this device' }])
  expect(refused(await declare(visitor, 'LOST', 'HELP_DESK_LOCAL'))).toEqual([422, 'WORKFLOW_NOT_OFFERED'])

  const first = ok(await declare(visitor, 'STOLEN', 'USER_LOCAL'))
  expect(first).toMatchObject({ state: 'PENDING_APPROVAL', own: true, mayCancel: true, next: 'WAIT' })
  expect(await standing(deviceId)).toEqual(['INVALID', 'STOLEN'])
  await relyingPartiesSee(bench.url(), before, 'certificateHold')
  const cancel = { version: first.version }
  const back = ok(await visitor.call<OwnRequest>('POST', `/api/user/requests/${first.id}/cancel`, cancel))
  expect([back.state, back.next, back.mayCancel]).toEqual(['CANCELLED', 'NOTHING', false])
  expect(await standing(deviceId)).toEqual(['ISSUED', 'NONE'])
  await relyingPartiesSee(bench.url(), before, null)

  const second = ok(await declare(visitor, 'LOST', 'USER_LOCAL'))
  const early = await bench.start(bench.officer, userId, { requestId: second.id })
  expect(refused(early)).toEqual([409, 'REQUEST_WRONG_STATE'])
  ok(await bench.decide(bench.validator, await bench.request(second.id), 'approve', ''))
  expect((await ownRequests(visitor)).map(r => [r.state, r.next, r.mayCancel])).toEqual([
    ['APPROVED', 'COME', true],
    ['CANCELLED', 'NOTHING', false],
  ])
  const after = await bench.issue(userId, { requestId: second.id })
  expect(await standing(deviceId)).toEqual(['TERMINATED', 'LOST'])
  expect((await ownRequests(visitor))[0]?.state).toBe('COMPLETED')
  await relyingPartiesSee(bench.url(), before, 'keyCompromise')
  await relyingPartiesSee(bench.url(), after, null)
}, 180_000)

test('R-14: after approval and binding the user sets the new device up; denial restores and says why (R-9)', async () => {
  const visitor = await withoutDevice(server, LOGIN)
  const denied = ok(await declare(visitor, 'DAMAGED', 'USER_SELF'))
  const without = await bench.decide(bench.validator, await bench.request(denied.id), 'deny', '')
  expect([without.status, without.body.code]).toEqual([400, 'INPUT_INVALID'])
  ok(await bench.decide(bench.validator, await bench.request(denied.id), 'deny', 'It works, we tried it'))
  expect(await standing(deviceId)).toEqual(['ISSUED', 'NONE'])
  expect((await ownRequests(visitor))[0]).toMatchObject({ state: 'DENIED', decisionNote: 'It works, we tried it' })

  const asked = ok(await declare(visitor, 'DAMAGED', 'USER_SELF'))
  const readers = desk()
  // Nobody binds for what is not approved.
  const early = await bindAt(server, bench.helpDesk, readers, { userId, requestId: asked.id })
  expect(refused(early)).toEqual([409, 'REQUEST_WRONG_STATE'])
  ok(await bench.decide(bench.validator, await bench.request(asked.id), 'approve'))
  expect((await ownRequests(visitor))[0]?.next).toBe('WAIT')
  const { deviceId: newId, initialPassword } = ok(
    await bindAt(server, bench.helpDesk, readers, { userId, requestId: asked.id }),
  )
  expect((await bench.request(asked.id)).newDevice?.id).toBe(newId)
  expect((await ownRequests(visitor))[0]?.next).toBe('SET_UP')

  // U-4: to set up is the other login, by the method of a later issuance.
  expect(refused(await selfIssue(server, visitor, readers, '260871'))).toEqual([403, 'LOGIN_REQUIRED'])
  const later = await beginVisit(server)
  ok(await later.password(LOGIN, initialPassword.password))
  ok(await selfIssue(server, later, readers, '260871'))
  await expect.poll(async () => (await bench.request(asked.id)).state).toBe('COMPLETED')
  expect(await standing(newId)).toEqual(['ISSUED', 'NONE'])
  expect(await standing(deviceId)).toEqual(['TERMINATED', 'DAMAGED'])
  await relyingPartiesSee(bench.url(), await bench.device(deviceId), 'superseded')
}, 180_000)

test('R-11, N-1, N-3: the help desk asks and binds, the user sets up; the request need not be named', async () => {
  const asked = ok(await bench.declare(await bench.device(deviceId), 'LOST', 'HELP_DESK_SELF'))
  expect(asked.state).toBe('APPROVED')
  const readers = desk()
  const { initialPassword } = ok(await bindAt(server, bench.helpDesk, readers, { userId }))
  const other = desk()
  const visitor = await beginVisit(server)
  ok(await visitor.password(LOGIN, initialPassword.password))
  // Not with another blank device than the bound one.
  expect(refused(await selfIssue(server, visitor, other, '260871'))[0]).toBe(409)
  // N-1: without Change PIN the page says how the PIN comes, and it does.
  await changePortalSettings(bench.admin, { changePinDuringIssuance: false })
  expect(ok(await selfIssue(server, visitor, readers, null)).delivery).toEqual({ pin: 'PRINT', puk: null })
  await expect.poll(async () => (await bench.request(asked.id)).state).toBe('COMPLETED')
  expect(await standing(deviceId)).toEqual(['TERMINATED', 'LOST'])
  await expect.poll(() => bench.audited('delivery.failed')).toMatchObject([{ reason: 'NO_LETTER_PRINTER' }])

  // N-3: where nobody has to approve, that is said before, and done as it is asked for.
  const reporter = await withoutDevice(server, LOGIN)
  const { id: readerId } = await bench.blank()
  const saidBefore = async () => [
    (await options(reporter)).needsApproval,
    (await bench.options(bench.officer, userId, readerId)).needsApproval,
    ok(await bench.helpDesk.call<NeedsApproval>('GET', `/api/users/${userId}/issuance-request-options`)).needsApproval,
  ]
  expect(await saidBefore()).toEqual([true, true, true])
  await changeOption(bench.admin, 'CardsRequestApproval', false)
  expect(await saidBefore()).toEqual([false, false, false])
  // A temporary device lives no longer than its policy has it; that is said before, too.
  for (const policy of policies) await changePolicy(bench.admin, policy, { validityDays: 5 })
  expect((await options(reporter)).devices).toMatchObject([{ temporaryDays: 5 }])
  expect(ok(await declare(reporter, 'DAMAGED', 'USER_LOCAL'))).toMatchObject({ state: 'APPROVED', next: 'COME' })
  expect(await bench.audited('request.approved')).toMatchObject([{ actor: 'Cardwright' }])
}, 180_000)

test('an initial issuance that needs approval is refused in the words of a holder, and done once it is approved', async () => {
  const login = 'bjorn.aberg'
  const person = await bench.user(login)
  for (const policy of policies) await changePolicy(bench.admin, policy, { approval: 'REQUIRED' })
  const readers = desk()
  const { deviceId: blank, initialPassword } = ok(await bindAt(server, bench.officer, readers, { userId: person.id }))
  const visitor = await beginVisit(server)
  ok(await visitor.password(login, initialPassword.password))
  await answerQuestions(visitor)
  const early = await selfIssue(server, visitor, readers, '739142')
  expect(refused(early)).toEqual([409, 'APPROVAL_NEEDED'])
  expect(early.body.detail).toBe(holderTexts.APPROVAL_NEEDED.what)

  const { id: policyId } = await changePolicy(bench.admin, 'PIV, P-256', {})
  const path = `/api/users/${person.id}/issuance-requests`
  const asked = ok(await bench.helpDesk.call<RequestView>('POST', path, { policyId }))
  expect((await ownRequests(visitor))[0]).toMatchObject({ type: 'ISSUANCE', own: false, next: 'WAIT' })
  ok(await bench.decide(bench.validator, asked, 'approve'))
  expect((await ownRequests(visitor))[0]?.next).toBe('SET_UP')
  ok(await selfIssue(server, visitor, readers, '739142'))
  await expect.poll(async () => (await bench.request(asked.id)).state).toBe('COMPLETED')
  expect((await bench.device(blank)).policy?.id).toBe(policyId)
}, 180_000)

test("what is another user's does not exist here, whatever is said of it", async () => {
  const visitor = await withoutDevice(server, LOGIN)
  const other = await bench.issue((await bench.user('bjorn.aberg')).id)
  const open = ok(await bench.declare(await bench.device(deviceId), 'DAMAGED'))
  const report = (id: string, version: number) =>
    visitor.call('POST', '/api/user/incidents', { deviceId: id, version, reason: 'LOST', workflow: 'USER_LOCAL' })
  const foreign = await report(other.id, other.version)
  const stale = await report(other.id, other.version + 7)
  const nothing = await report(randomUUID(), 1)
  for (const answer of [foreign, stale, nothing]) expect(refused(answer)).toEqual([404, 'NOT_FOUND'])
  const told = ({ detail, advice, title }: Problem) => ({ detail, advice, title })
  expect([told(foreign.body), told(stale.body)]).toEqual([told(nothing.body), told(nothing.body)])
  expect((await bench.device(other.id)).state).toBe('ISSUED')

  // What the help desk asked for is the help desk's to take back; the user sees it.
  const [seen] = await ownRequests(visitor)
  expect([seen?.id, seen?.own, seen?.mayCancel]).toEqual([open.id, false, false])
  const cancel = (id: string) => visitor.call('POST', `/api/user/requests/${id}/cancel`, { version: 1 })
  expect(refused(await cancel(open.id))).toEqual([404, 'NOT_FOUND'])
  expect(refused(await cancel(randomUUID()))).toEqual([404, 'NOT_FOUND'])
}, 180_000)
