import type { Device, IssuanceOptions, IssuanceView, Reader, User } from '@cardwright/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Client } from '../testing/client.ts'
import { startTestHost, type TestServer } from '../testing/test-server.ts'

const PIN = '284917'
let host: Awaited<ReturnType<typeof startTestHost>>
let server: TestServer
let admin: Client

beforeAll(async () => {
  host = await startTestHost()
}, 60_000)
beforeEach(async () => {
  server = await host.startTestServer()
  admin = await server.administrator()
  return () => server.stop()
}, 60_000)
afterAll(() => host.stop())

const userCalled = async (q: string): Promise<User> => {
  const { body } = await admin.call<{ rows: User[] }>('GET', `/api/users?q=${encodeURIComponent(q)}`)
  return body.rows[0] as User
}
const readers = async () => (await admin.call<{ readers: Reader[] }>('GET', '/api/readers')).body.readers
const reader = async (id = 'virtual:1') => (await readers()).find(r => r.id === id) as Reader
const options = async (user: User, readerId = 'virtual:1') => {
  const path = `/api/users/${user.id}/issuance-options?readerId=${readerId}`
  return (await admin.call<IssuanceOptions>('GET', path)).body
}
const settings = async (change: object) => {
  const stored = await admin.call<{ version: number; settings: object }>('GET', '/api/settings/security')
  const body = { version: stored.body.version, settings: { ...stored.body.settings, ...change } }
  expect((await admin.call('PUT', '/api/settings/security', body)).status).toBe(200)
}

type Start = { user: User; readerId?: string; pin?: string | null; action?: string; headers?: Record<string, string> }
const start = async ({ user, readerId = 'virtual:1', pin = PIN, action = 'ISSUE', headers = {} }: Start) => {
  const policy = (await options(user, readerId)).policies.find(p => p.name === 'PIV, P-256')
  const insertion = (await reader(readerId)).card?.insertion
  const body = { userId: user.id, readerId, insertion, action, policyId: policy?.id, policyVersion: policy?.version }
  return admin.call<IssuanceView & { code?: string }>(
    'POST',
    '/api/issuances',
    { ...body, ...(pin === null ? {} : { pin }) },
    headers,
  )
}

/** Watches as a browser tab does; answers the last event and the states that were seen. */
const watch = async (id: string): Promise<{ last: IssuanceView; progress: number[] }> => {
  const progress: number[] = []
  for await (const view of admin.events<IssuanceView>(`/api/issuances/${id}/events`)) {
    progress.push(view.progress)
    if (view.state !== 'RUNNING') return { last: view, progress }
  }
  throw new Error('the stream ended early')
}
const device = async (id: string | null) => (await admin.call<Device>('GET', `/api/devices/${id}`)).body
const initialPin = ({ actions }: Device) => actions.find(a => a.action === 'initial-pin')
const state = ({ state, reason, user }: Device) => [state, reason, user?.displayName ?? null]

describe('issue', () => {
  test('I-11: from start to Active, with progress, certificates and at most four round trips', async () => {
    const user = await userCalled('li.wei')
    const started = await start({ user })
    expect([started.status, started.body.state]).toEqual([200, 'RUNNING'])
    const { last, progress } = await watch(started.body.id)
    expect([last.state, last.error, last.progress]).toEqual(['COMPLETED', null, 1])
    expect(last.roundTrips).toBeLessThanOrEqual(4)
    expect(progress.length).toBeGreaterThan(5)
    const issued = await device(last.deviceId)
    expect(state(issued)).toEqual(['ISSUED', 'NONE', user.displayName])
    expect(issued.credentials.map(c => [c.slot, c.state])).toEqual(['9A', '9C', '9D', '9E'].map(s => [s, 'ISSUED']))
    // I-10: the operator typed this PIN, so it is not kept.
    expect(initialPin(issued)).toMatchObject({ allowed: false, reason: expect.stringMatching(/No PIN is stored/) })
    expect((await reader()).card?.known?.user?.id).toBe(user.id)
    const timeline = await admin.call<{ rows: { action: string }[] }>('GET', `/api/devices/${issued.id}/timeline`)
    expect(timeline.body.rows.map(r => r.action)).toContain('issuance.started')
  })

  test('I-4: the rules of the policy hold on the server too; a card that is busy or exchanged is refused', async () => {
    const user = await userCalled('li.wei')
    expect((await start({ user, pin: '111111' })).body.code).toBe('PIN_BREAKS_RULES')
    expect((await start({ user, pin: null })).body.code).toBe('PIN_MISSING')
    const { card } = await reader()
    const policy = (await options(user)).policies[0]
    const common = { userId: user.id, readerId: 'virtual:1', action: 'ISSUE', policyId: policy?.id, pin: PIN }
    const other = await admin.call('POST', '/api/issuances', { ...common, insertion: 'another' })
    expect(other.body.code).toBe('CARD_EXCHANGED')
    const twice = await Promise.all(
      [1, 2].map(() =>
        admin.call<{ code?: string; id: string }>('POST', '/api/issuances', { ...common, insertion: card?.insertion }),
      ),
    )
    expect(twice.map(a => a.body.code ?? 'ok').sort()).toEqual(['CARD_IN_USE', 'ok'])
    const id = twice.find(a => a.status === 200)?.body.id ?? ''
    expect((await watch(id)).last.state).toBe('COMPLETED')
  })

  test('a duplicate click with the same idempotency key starts once and gets the first answer', async () => {
    const user = await userCalled('li.wei')
    const headers = { 'idempotency-key': 'click-1' }
    const first = await start({ user, headers })
    await watch(first.body.id)
    const { body } = await admin.call<{ readers: Reader[] }>('GET', '/api/readers')
    expect(body.readers[0]?.card?.known?.state).toBe('ISSUED')
    const policy = (await options(user)).policies.find(p => p.name === 'PIV, P-256')
    const request = {
      userId: user.id,
      readerId: 'virtual:1',
      insertion: body.readers[0]?.card?.insertion,
      action: 'ISSUE',
    }
    const same = { ...request, policyId: policy?.id, policyVersion: policy?.version, pin: PIN }
    const again = await admin.call<IssuanceView>('POST', '/api/issuances', same, headers)
    expect([again.status, again.body.id]).toEqual([200, first.body.id])
    const changed = await admin.call('POST', '/api/issuances', { ...same, pin: '284918' }, headers)
    expect([changed.status, changed.body.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED'])
  })

  test('I-8, I-10: a PIN that nobody typed can be shown; not after the device was terminated', async () => {
    await settings({ pinDisplayMode: 'NOT_DISPLAYED' })
    const started = await start({ user: await userCalled('li.wei'), pin: null })
    const { last } = await watch(started.body.id)
    const path = `/api/devices/${last.deviceId}`
    expect(initialPin(await device(last.deviceId))).toMatchObject({ allowed: true })
    const shown = await admin.call<{ pin: string }>('POST', `${path}/initial-pin`)
    expect(shown.body.pin).toMatch(/^\d{6,8}$/)
    const { version } = await device(last.deviceId)
    expect((await admin.call('POST', `${path}/terminate`, { version, reason: 'LOST' })).status).toBe(200)
    expect((await admin.call<{ pin: null }>('POST', `${path}/initial-pin`)).body.pin).toBeNull()
  })

  test('I-7: the holder sets the PIN at the end; its rules hold', async () => {
    await settings({ pinDisplayMode: 'NOT_DISPLAYED', changePinDuringIssuance: true })
    const started = await start({ user: await userCalled('li.wei'), pin: null })
    const { last } = await watch(started.body.id)
    expect(last.state).toBe('WAITING_FOR_PIN')
    const path = `/api/issuances/${last.id}/holder-pin`
    expect((await admin.call('POST', path, { newPin: '123456' })).body.code).toBe('PIN_BREAKS_RULES')
    const done = await admin.call<IssuanceView>('POST', path, { newPin: '739152' })
    expect([done.status, done.body.state]).toEqual([200, 'COMPLETED'])
    expect((await admin.call('POST', path, { newPin: '739152' })).body.code).toBe('PIN_NOT_EXPECTED')
    const shown = await admin.call<{ pin: null }>('POST', `/api/devices/${last.deviceId}/initial-pin`)
    expect(shown.body.pin).toBeNull()
  })

  test('I-2 Assign Device binds without writing; a card of somebody else is refused by name', async () => {
    const anna = await userCalled('anna.lindstrom')
    const assigned = await start({ user: anna, action: 'ASSIGN' })
    expect(assigned.body.kind).toBe('ASSIGN')
    expect(state(await device(assigned.body.deviceId))).toEqual(['ASSIGNED', 'NONE', 'Anna Lindström'])
    const refused = await start({ user: await userCalled('li.wei') })
    expect(refused.body.code).toBe('CARD_ISSUED_TO_OTHER')
    expect(refused.text).toContain('Anna Lindström')
    const { version, id } = await device(assigned.body.deviceId)
    await admin.call('POST', `/api/devices/${id}/unassign`, { version })
    expect(state(await device(id))).toEqual(['AVAILABLE', 'NONE', null])
  })

  test('Produce Device waits for activation, with its certificates on hold until then (P-6)', async () => {
    const started = await start({ user: await userCalled('li.wei'), action: 'PRODUCE' })
    const { last } = await watch(started.body.id)
    const produced = await device(last.deviceId)
    expect(state(produced).slice(0, 2)).toEqual(['PRODUCED', 'ASSIGNED'])
    expect(new Set(produced.credentials.map(c => c.state))).toEqual(new Set(['ON_HOLD']))
    const active = await admin.call<Device>('POST', `/api/devices/${produced.id}/activate`, {
      version: produced.version,
    })
    expect([active.body.state, active.body.credentials[0]?.state]).toEqual(['ISSUED', 'ISSUED'])
  })
})

describe('failure', () => {
  /** Pulls the card as soon as the card has been written to. */
  const failHalfWay = async (user: User) => {
    const [first] = await readers()
    const started = await start({ user })
    const [{ last }] = await Promise.all([
      watch(started.body.id),
      admin.call('POST', '/api/virtual-readers/remove', { readerId: 'virtual:1' }),
    ])
    expect(last.state).toBe('FAILED')
    return { last, cardId: `yubikey-5.7-${first?.card?.serial}` }
  }
  const insert = (readerId: string, cardId: string) =>
    admin.call('POST', '/api/virtual-readers/insert', { readerId, cardId })

  test('I-12, I-13: a pulled card says so; Retry refuses another card and finishes with the same', async () => {
    const { last, cardId } = await failHalfWay(await userCalled('li.wei'))
    expect(last.error).toMatchObject({ code: 'CARD_REMOVED' })
    expect(last.error?.advice).toMatch(/same card/)
    const retry = (body = {}) =>
      admin.call<IssuanceView & { code?: string }>('POST', `/api/issuances/${last.id}/retry`, body)
    expect((await retry()).body.code).toBe('CARD_REMOVED')
    expect((await retry({ readerId: 'virtual:2' })).body.code).toBe('CARD_EXCHANGED')
    expect((await insert('virtual:1', cardId)).status).toBe(200)
    const again = await retry()
    expect([again.status, again.body.attempt]).toEqual([200, 2])
    expect((await watch(last.id)).last.state).toBe('COMPLETED')
  })

  test('I-15, I-16: Cancel unbinds and revokes; the card is recycled afterwards', async () => {
    const user = await userCalled('li.wei')
    const { last, cardId } = await failHalfWay(user)
    const cancelled = await admin.call<IssuanceView>('POST', `/api/issuances/${last.id}/cancel`)
    expect(cancelled.body.state).toBe('CANCELLED')
    expect((await device(last.deviceId)).user).toBeNull()
    await insert('virtual:1', cardId)
    const { card } = await reader()
    const recycled = await admin.call<IssuanceView>('POST', '/api/recycles', {
      readerId: 'virtual:1',
      insertion: card?.insertion,
    })
    expect(recycled.status).toBe(200)
    expect((await watch(recycled.body.id)).last.state).toBe('COMPLETED')
    expect(state(await device(last.deviceId))).toEqual(['AVAILABLE', 'RECYCLE', null])
    expect((await watch((await start({ user })).body.id)).last.state).toBe('COMPLETED')
  })

  test('I-17: a stop in the middle lets the script end; a server that starts again has nothing running', async () => {
    const started = await start({ user: await userCalled('li.wei') })
    await server.restart()
    const after = await admin.call<IssuanceView>('GET', `/api/issuances/${started.body.id}`)
    expect(['COMPLETED', 'FAILED']).toContain(after.body.state)
  })
})

test('revocation reaches CRL and OCSP through the outbox', async () => {
  const started = await start({ user: await userCalled('li.wei') })
  const { last } = await watch(started.body.id)
  const { version, credentials } = await device(last.deviceId)
  const path = `/api/devices/${last.deviceId}/terminate`
  await admin.call('POST', path, { version, reason: 'STOLEN' })
  type Authorities = { rows: { issued: number; revoked: number; crlNumber: string }[] }
  await expect
    .poll(async () => (await admin.call<Authorities>('GET', '/api/certificate-authorities')).body.rows[0]?.revoked)
    .toBe(credentials.length)
  const crl = await fetch(`${server.server.url}/pki/issuing.crl`)
  expect(crl.headers.get('content-type')).toBe('application/pkix-crl')
  const der = Buffer.from(await crl.arrayBuffer())
    .toString('hex')
    .toUpperCase()
  for (const { serialNumber } of credentials) expect(der).toContain(serialNumber)
})
