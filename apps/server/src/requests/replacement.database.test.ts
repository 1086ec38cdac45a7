import type { LossReport, ReplacementOptions, RequestCounts, RequestView, routes } from '@cardwright/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { relyingPartiesSee } from '../testing/relying-parties.ts'
import { changeOption, createRequestBench, ok, type RequestBench, refused } from '../testing/requests.ts'
import { startTestHost } from '../testing/test-server.ts'

let host: Awaited<ReturnType<typeof startTestHost>>
let bench: RequestBench
beforeAll(async () => {
  host = await startTestHost()
}, 60_000)
beforeEach(async () => {
  const server = await host.startTestServer()
  bench = await createRequestBench(server)
  return () => server.stop()
}, 60_000)
afterAll(() => host.stop())

type Home = z.output<typeof routes.home.answer>
const home = async () => ok(await bench.admin.call<Home>('GET', '/api/home'))
const actions = ({ actions }: RequestView) => actions.filter(a => a.allowed).map(a => a.action)
const standing = ({ state, reason }: { state: string; reason: string }) => [state, reason]
const story = async (id: string) =>
  ok(await bench.admin.call<{ rows: { action: string }[] }>('GET', `/api/requests/${id}/timeline`)).rows.map(
    r => r.action,
  )

describe('R-10: the help desk asks, an officer issues at a desk', () => {
  test('LOST: the device is invalid and on hold at once, and revoked for good with the new one (R-3, R-6, R-19)', async () => {
    const { id: userId } = await bench.user('anna.lindstrom')
    const before = await bench.issue(userId)
    const path = `/api/devices/${before.id}/replacement-options`
    const offered = ok(await bench.helpDesk.call<ReplacementOptions>('GET', path))
    expect(offered.reasons.filter(r => r.allowed).map(r => [r.reason, r.kind])).toEqual([
      ['LOST', 'PERMANENT'],
      ['STOLEN', 'PERMANENT'],
      ['DAMAGED', 'PERMANENT'],
      ['EXPIRED', 'PERMANENT'],
      ['RENEW', 'PERMANENT'],
      ['FORGOTTEN', 'TEMPORARY'],
    ])
    expect(offered.workflows.map(w => [w.workflow, w.why?.code ?? 'allowed'])).toEqual([
      ['HELP_DESK_LOCAL', 'allowed'],
      ['HELP_DESK_SELF', 'allowed'],
      ['HELP_DESK_REMOTE', 'WORKFLOW_NEEDS_PHONE'],
    ])

    const request = ok(await bench.declare(before, 'LOST'))
    expect(request).toMatchObject({ state: 'APPROVED', reason: 'LOST', kind: 'PERMANENT', expiresAt: null })
    expect(actions(request)).toEqual(['cancel'])
    expect(request.actions.find(a => a.action === 'issue')?.reason).toContain('“Issue and produce devices”')
    const invalid = await bench.device(before.id)
    expect([...standing(invalid), invalid.openRequestId]).toEqual(['INVALID', 'LOST', request.id])
    await relyingPartiesSee(bench.url(), before, 'certificateHold')
    const { lossReports, requests } = await home()
    expect(requests).toMatchObject({ toIssue: 1, lossReports: 1 })
    const { reportedAt, dueAt, ...report } = lossReports[0] as LossReport
    expect(report).toMatchObject({ serial: before.serial, notRevoked: 4, onHold: 4, requestId: request.id })
    expect(Date.parse(dueAt) - Date.parse(reportedAt)).toBe(18 * 3_600_000)

    expect(actions(ok(await bench.officer.call<RequestView>('GET', `/api/requests/${request.id}`)))).toEqual([
      'cancel',
      'issue',
    ])
    const after = await bench.issue(userId, { requestId: request.id })
    expect([...standing(after), after.temporary]).toEqual(['ISSUED', 'NONE', false])
    expect(standing(await bench.device(before.id))).toEqual(['TERMINATED', 'LOST'])
    await relyingPartiesSee(bench.url(), before, 'keyCompromise')
    await relyingPartiesSee(bench.url(), after, null)
    const done = await bench.request(request.id)
    expect([done.state, done.newDevice?.serial, actions(done)]).toEqual(['COMPLETED', after.serial, []])
    await expect.poll(async () => (await home()).lossReports).toEqual([])
    expect(await story(request.id)).toEqual(
      expect.arrayContaining(['request.created', 'device.invalidated', 'request.completed', 'device.terminated']),
    )
  }, 120_000)

  test('R-4: cancelling restores exactly; what was suspended before stays on hold', async () => {
    const { id: userId } = await bench.user('anna.lindstrom')
    const before = await bench.issue(userId)
    const { version } = ok(
      await bench.helpDesk.call<typeof before>('POST', `/api/devices/${before.id}/suspend`, {
        version: before.version,
      }),
    )
    const first = ok(await bench.declare({ id: before.id, version }, 'DAMAGED'))
    // R-8, and the stale page: there is one already.
    const again = await bench.declare(await bench.device(before.id), 'LOST')
    expect(refused(again)).toEqual([409, 'REQUEST_OPEN_ALREADY'])
    expect(refused(await bench.declare(before, 'LOST'))).toEqual([409, 'VERSION_CONFLICT'])
    const resume = { version: (await bench.device(before.id)).version }
    const held = await bench.helpDesk.call('POST', `/api/devices/${before.id}/resume`, resume)
    expect(refused(held)).toEqual([409, 'WRONG_STATE'])

    expect(ok(await bench.decide(bench.helpDesk, first, 'cancel')).state).toBe('CANCELLED')
    const back = await bench.device(before.id)
    expect([...standing(back), back.suspended, back.openRequestId]).toEqual(['ISSUED', 'NONE', true, null])
    await relyingPartiesSee(bench.url(), before, 'certificateHold')
    ok(await bench.helpDesk.call('POST', `/api/devices/${before.id}/resume`, { version: back.version }))
    await relyingPartiesSee(bench.url(), before, null)
    const late = await bench.decide(bench.helpDesk, first, 'cancel')
    expect(refused(late)).toEqual([409, 'VERSION_CONFLICT'])
    expect(late.body.detail).toMatch(/Quentin Dubois, \d{4}-\d\d-\d\d \d\d:\d\d UTC/)
    const counts = ok(await bench.helpDesk.call<RequestCounts>('GET', '/api/request-counts'))
    expect(counts).toEqual({ toApprove: 0, toIssue: 0, executing: 0, failed: 0, lossReports: 0 })
  }, 120_000)
})

test('R-5, R-7: a forgotten device, the temporary one that stands in for it and is lost, and the way back', async () => {
  const { id: userId } = await bench.user('anna.lindstrom')
  const original = await bench.issue(userId)
  const forgotten = ok(await bench.declare(original, 'FORGOTTEN'))
  expect(forgotten.kind).toBe('TEMPORARY')
  const temporary = await bench.issue(userId, { requestId: forgotten.id })
  const days = (Date.parse(temporary.expiresAt ?? '') - Date.parse(temporary.issuedAt ?? '')) / 86_400_000
  expect([temporary.temporary, Math.round(days)]).toEqual([true, 14])
  expect(standing(await bench.device(original.id))).toEqual(['INVALID', 'FORGOTTEN'])
  await relyingPartiesSee(bench.url(), original, 'certificateHold')

  // Told of the original: the temporary one is what is lost now.
  const second = ok(await bench.declare(await bench.device(original.id), 'LOST'))
  expect(second.device?.id).toBe(temporary.id)
  expect(standing(await bench.device(temporary.id))).toEqual(['INVALID', 'LOST'])
  ok(await bench.decide(bench.helpDesk, second, 'cancel'))
  expect(standing(await bench.device(temporary.id))).toEqual(['ISSUED', 'NONE'])
  expect(standing(await bench.device(original.id))).toEqual(['INVALID', 'FORGOTTEN'])
  await relyingPartiesSee(bench.url(), temporary, null)

  const { version } = await bench.device(temporary.id)
  const end = { version, reason: 'UNASSIGNED', note: 'returned' }
  ok(await bench.helpDesk.call('POST', `/api/devices/${temporary.id}/terminate`, end))
  expect(standing(await bench.device(original.id))).toEqual(['ISSUED', 'NONE'])
  await relyingPartiesSee(bench.url(), temporary, 'cessationOfOperation')
  await relyingPartiesSee(bench.url(), original, null)
}, 120_000)

test('a device that is no target, one that the user has besides, and all of them at once', async () => {
  const { id: userId } = await bench.user('anna.lindstrom')
  const active = await bench.issue(userId)
  // CardsMultipleActive is off: told before a card is written, and again when it is tried all the same.
  const reader = await bench.blank()
  const { actions: may } = await bench.options(bench.officer, userId, reader.id)
  expect(may.find(a => a.action === 'ISSUE')?.reason).toContain(active.serial)
  expect(refused(await bench.start(bench.officer, userId))).toEqual([409, 'USER_HAS_DEVICE'])
  await changeOption(bench.admin, 'CardsMultipleActive', true)
  const pending = await bench.issue(userId, { action: 'PRODUCE' })
  expect(refused(await bench.declare(pending, 'LOST'))).toEqual([409, 'NOT_REPLACEABLE'])

  const open = ok(await bench.declare(active, 'RENEW'))
  const path = `/api/users/${userId}/terminate-devices`
  const { rows } = ok(
    await bench.admin.call<{ rows: { id: string; version: number }[] }>('GET', `/api/users/${userId}/devices`),
  )
  const all = rows.map(({ id, version }) => ({ id, version }))
  const body = { reason: 'UNASSIGNED', note: 'leaves', devices: all }
  const stale = await bench.helpDesk.call('POST', path, { ...body, devices: all.slice(1) })
  expect(refused(stale)).toEqual([409, 'VERSION_CONFLICT'])
  expect(refused(await bench.officer.call('POST', path, body))).toEqual([403, 'PERMISSION_REQUIRED'])
  expect(ok(await bench.helpDesk.call('POST', path, body))).toEqual({ terminated: 2, cancelled: 1 })
  expect((await bench.request(open.id)).state).toBe('CANCELLED')
  for (const device of [active, pending]) {
    expect((await bench.device(device.id)).state).toBe('TERMINATED')
    await relyingPartiesSee(bench.url(), device, 'cessationOfOperation')
  }
}, 120_000)
