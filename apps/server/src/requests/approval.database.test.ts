import type { IssuanceOptions, PolicyContent, RequestView } from '@cardwright/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Client, createClient } from '../testing/client.ts'
import {
  changeLifecycle,
  changePolicy,
  createRequestBench,
  ok,
  type RequestBench,
  refused,
} from '../testing/requests.ts'
import { startTestHost, type TestServer } from '../testing/test-server.ts'

const POLICY = 'PIV, P-256'
let host: Awaited<ReturnType<typeof startTestHost>>
let server: TestServer
let bench: RequestBench
let userId: string
let policyId: string
beforeAll(async () => {
  host = await startTestHost()
}, 60_000)
beforeEach(async () => {
  server = await host.startTestServer()
  bench = await createRequestBench(server)
  userId = (await bench.user('anna.lindstrom')).id
  policyId = (await changePolicy(bench.admin, POLICY, { approval: 'REQUIRED' })).id
  return () => server.stop()
}, 60_000)
afterAll(() => host.stop())

const ask = (by: Client, user = userId) =>
  by.call<RequestView & { code?: string }>('POST', `/api/users/${user}/issuance-requests`, {
    policyId,
    note: 'new here',
  })
const approvalOf = ({ policies }: IssuanceOptions) => policies.find(p => p.id === policyId)?.approval
/** The same session at another server. */
const at = (url: string, { cookie, csrfToken }: Client): Client =>
  Object.assign(
    createClient(() => url),
    { cookie, csrfToken },
  )

test('validated issuance: what needs approval is not issued without, and need not be named with it', async () => {
  const reader = await bench.blank()
  const before = await bench.options(bench.officer, userId, reader.id)
  expect([approvalOf(before), before.policies.find(p => p.name === 'PIV, RSA-2048')?.approval]).toEqual([
    'NEEDED',
    null,
  ])
  expect(refused(await bench.start(bench.officer, userId))).toEqual([409, 'APPROVAL_NEEDED'])

  const path = `/api/users/${userId}/issuance-request-options`
  const offered = async () =>
    ok(await bench.helpDesk.call<{ policies: { name: string; openRequestId: string | null }[] }>('GET', path)).policies
  expect(await offered()).toMatchObject([{ name: POLICY, openRequestId: null }])
  const asked = ok(await ask(bench.helpDesk))
  expect(asked).toMatchObject({ type: 'ISSUANCE', state: 'PENDING_APPROVAL', policy: { name: POLICY }, device: null })
  expect(await offered()).toMatchObject([{ name: POLICY, openRequestId: asked.id }])
  expect(refused(await ask(bench.helpDesk))).toEqual([409, 'REQUEST_OPEN_ALREADY'])
  expect(refused(await bench.start(bench.officer, userId))).toEqual([409, 'APPROVAL_NEEDED'])

  expect(refused(await bench.decide(bench.officer, asked, 'approve'))).toEqual([403, 'PERMISSION_REQUIRED'])
  const approved = ok(await bench.decide(bench.validator, asked, 'approve'))
  expect([approved.state, approved.decidedBy, approved.decisionNote]).toEqual(['APPROVED', 'יעל כהן', 'looked at'])
  expect(approvalOf(await bench.options(bench.officer, userId, reader.id, asked.id))).toBe('GIVEN')
  await bench.issue(userId)
  expect((await bench.request(asked.id)).state).toBe('COMPLETED')
}, 120_000)

describe('R-16: separation of duties', () => {
  test("nobody approves their own request, or what they get themselves; it is told in the request's story", async () => {
    const own = ok(await ask(bench.admin))
    expect(own.actions.find(a => a.action === 'approve')).toMatchObject({
      allowed: false,
      reason: expect.stringContaining('requester'),
    })
    for (const what of ['approve', 'deny'] as const)
      expect(refused(await bench.decide(bench.admin, own, what))).toEqual([403, 'SEPARATION_OF_DUTIES'])
    const { rows } = ok(
      await bench.admin.call<{ rows: { action: string; result: string }[] }>('GET', `/api/requests/${own.id}/timeline`),
    )
    expect(rows.map(r => [r.action, r.result])).toEqual([
      ['access.denied', 'DENIED'],
      ['access.denied', 'DENIED'],
      ['request.created', 'SUCCESS'],
    ])
    expect((await bench.audited('access.denied'))[0]).toMatchObject({
      actor: 'First administrator',
      reason: 'SEPARATION_OF_DUTIES',
    })
    const forValidator = ok(await ask(bench.helpDesk, bench.validator.userId))
    expect(refused(await bench.decide(bench.validator, forValidator, 'approve'))).toEqual([403, 'SEPARATION_OF_DUTIES'])
    // A setting, like the two others.
    const separation = { requesterApprover: false, approverIssuer: true, requesterIssuer: true }
    await changeLifecycle(bench.admin, { separation })
    ok(await bench.decide(bench.admin, own, 'approve'))
    expect(refused(await bench.start(bench.admin, userId, { requestId: own.id }))).toEqual([
      403,
      'SEPARATION_OF_DUTIES',
    ])
    const reader = await bench.blank()
    const { actions } = await bench.options(bench.admin, userId, reader.id, own.id)
    expect(actions.find(a => a.action === 'ISSUE')?.reason).toContain('Ask a colleague')
    await bench.issue(userId, { requestId: own.id })
  }, 120_000)
})

describe('two officers at two servers', () => {
  const outcomeOf = (answers: readonly { status: number; body: { code?: string } }[]) =>
    answers.map(a => a.body.code ?? 'ok').sort()

  test('approve and deny, approve and approve: one wins, the other is told who and when', async () => {
    const other = await server.another()
    const names = /(First administrator|יעל כהן), \d{4}-\d\d-\d\d \d\d:\d\d UTC/
    for (const second of ['deny', 'approve', 'deny', 'approve', 'deny'] as const) {
      const asked = ok(await ask(bench.helpDesk))
      const answers = await Promise.all([
        bench.decide(bench.validator, asked, 'approve'),
        bench.decide(at(other.url, bench.admin), asked, second),
      ])
      expect(outcomeOf(answers)).toEqual(['VERSION_CONFLICT', 'ok'])
      const lost = answers.find(a => a.status !== 200)
      expect([lost?.status, lost?.body.detail]).toEqual([409, expect.stringMatching(names)])
      const won = answers.find(a => a.status === 200)?.body
      const now = await bench.request(asked.id)
      expect([now.state, now.version]).toEqual([won?.state, asked.version + 1])
      if (now.state === 'APPROVED') ok(await bench.decide(bench.helpDesk, now, 'cancel'))
    }
  }, 120_000)

  test('cancel and issue: a request is issued or cancelled, and never both', async () => {
    const other = await server.another()
    const asked = ok(await ask(bench.helpDesk))
    const approved = ok(await bench.decide(bench.validator, asked, 'approve'))
    const [cancelled, started] = await Promise.all([
      bench.decide(at(other.url, bench.helpDesk), approved, 'cancel'),
      bench.start(bench.officer, userId, { requestId: asked.id }),
    ])
    expect([cancelled.status, started.status].sort()).toEqual([200, 409])
    if (cancelled.status === 200) {
      expect(started.body.code).toBe('REQUEST_WRONG_STATE')
      expect(started.body.detail).toMatch(/CANCELLED now, changed by Quentin Dubois, \d{4}-/)
      expect((await bench.request(asked.id)).state).toBe('CANCELLED')
    } else {
      expect(cancelled.body.detail).toContain('Priya Raman')
      await bench.ended(started.body.id)
      expect((await bench.request(asked.id)).state).toBe('COMPLETED')
    }
  }, 120_000)

  test('while a device is being issued for it, a request is not cancelled', async () => {
    const other = await server.another()
    const asked = ok(await ask(bench.helpDesk))
    ok(await bench.decide(bench.validator, asked, 'approve'))
    const { id } = ok(await bench.start(bench.officer, userId, { requestId: asked.id, action: 'PRODUCE' }))
    const running = await bench.request(asked.id)
    expect(running.actions.find(a => a.action === 'cancel')?.allowed).toBe(false)
    const cancelled = await bench.decide(at(other.url, bench.helpDesk), running, 'cancel')
    expect(cancelled.status).toBe(409)
    const { deviceId } = await bench.ended(id)
    // Pending: it is completed with the activation.
    const produced = await bench.device(deviceId)
    expect([produced.state, (await bench.request(asked.id)).state]).toEqual(['PRODUCED', 'EXECUTING'])
    ok(await bench.officer.call('POST', `/api/devices/${deviceId}/activate`, { version: produced.version }))
    expect((await bench.request(asked.id)).state).toBe('COMPLETED')
  }, 120_000)
})

test('R-17: a policy with fewer slots is told when the request is made, and again when it is issued', async () => {
  await changePolicy(bench.admin, POLICY, { approval: 'NONE' })
  const before = await bench.issue(userId)
  type Offered = { reasons: { allowed: boolean; policies: { name: string; why?: { code: string } }[] }[] }
  const offered = async () => {
    const { reasons } = ok(await bench.helpDesk.call<Offered>('GET', `/api/devices/${before.id}/replacement-options`))
    expect(reasons.every(r => r.allowed)).toBe(true)
    return new Set(reasons.map(r => r.policies.find(p => p.name === POLICY)?.why?.code ?? 'fits'))
  }
  expect(await offered()).toEqual(new Set(['fits']))
  const slots: PolicyContent['slots'] = (await changePolicy(bench.admin, POLICY, {})).content.slots.slice(0, 2)
  await changePolicy(bench.admin, POLICY, { slots })
  expect(await offered()).toEqual(new Set(['POLICY_HAS_FEWER_SLOTS']))
  const request = ok(await bench.declare(before, 'DAMAGED'))
  const reader = await bench.blank()
  const { policies } = await bench.options(bench.officer, userId, reader.id, request.id)
  const unfit = policies.find(p => p.name === POLICY)
  expect([unfit?.fits, unfit?.reasons.map(r => r.code)]).toEqual([false, ['POLICY_HAS_FEWER_SLOTS']])
  const started = await bench.start(bench.officer, userId, { requestId: request.id })
  expect(refused(started)).toEqual([422, 'POLICY_HAS_FEWER_SLOTS'])
}, 120_000)
