import { randomBytes, randomUUID } from 'node:crypto'
import type { Readers } from '@cardwright/card'
import { createVirtualCard, createVirtualReaders } from '@cardwright/card-virtual'
import type { Problem, SelfIssuance, UserReaderList, UserSession } from '@cardwright/contract'
import { fillText, holderTexts } from '@cardwright/core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Client } from '../testing/client.ts'
import { startTestHost, type TestServer } from '../testing/test-server.ts'
import { connectWorkstation } from '../testing/workstation.ts'

let host: Awaited<ReturnType<typeof startTestHost>>
let server: TestServer
let administrator: Client
beforeAll(async () => {
  host = await startTestHost()
})
afterAll(() => host.stop())
beforeEach(async () => {
  server = await host.startTestServer()
  administrator = await server.administrator()
})
afterEach(() => server.stop())

const PINS = ['739142', '260871', '918264'] as const
const READER = 'Desk: reader 00'
let serial = 31_000_000

const newCard = () =>
  createVirtualCard({
    model: 'yubikey-5.7',
    serial: ++serial,
    random: n => new Uint8Array(randomBytes(n)),
    now: () => new Date(),
  })
const desk = (card = newCard()) => createVirtualReaders([{ id: READER, name: 'Desk reader', card }])

const ok = <T>({ status, body }: { status: number; body: T | Problem }): T => {
  expect([status, status === 200 ? '' : JSON.stringify(body)]).toEqual([200, ''])
  return body as T
}

const visit = async (): Promise<Client> => {
  const client = server.client()
  client.csrfToken = ok(await client.call<UserSession>('POST', '/api/user/session')).csrfToken
  return client
}
/** A login answers with the token of the visit as it is now. */
const logIn = async (client: Client, path: string, body: unknown) => {
  const answer = await client.call<UserSession>('POST', path, body)
  if (answer.status === 200) client.csrfToken = answer.body.csrfToken
  return answer
}
const place = async (client: Client, path = '/api/user/readers') => {
  const { readers } = ok(await client.call<UserReaderList>('GET', path))
  const reader = readers.find(r => r.name === 'Desk reader')
  return { readerId: reader?.id ?? '', insertion: reader?.card?.insertion ?? '' }
}
const userId = async (loginName: string): Promise<string> => {
  const { rows } = ok(
    await administrator.call<{ rows: { id: string; loginName: string }[] }>('GET', `/api/users?q=${loginName}`),
  )
  return rows[0]?.id ?? ''
}

/** An operator binds the card in the reader of the own workstation, with an initial password. */
const bound = async (readers: ReturnType<typeof desk>, loginName = 'anna.lindstrom') => {
  const workstation = await connectWorkstation(server.server.url, 'operator', administrator.cookie, readers)
  const at = await place(administrator, '/api/readers')
  const { deviceId, initialPassword } = ok(
    await administrator.call<{ deviceId: string; initialPassword: { password: string } }>('POST', '/api/assignments', {
      ...at,
      userId: await userId(loginName),
      initialPassword: true,
    }),
  )
  workstation.close()
  await workstation.closed
  return { deviceId, password: initialPassword.password }
}
const answers = async (client: Client) => {
  const { catalogue, needed } = ok(
    await client.call<{ catalogue: { id: string }[]; needed: number }>('GET', '/api/user/questions'),
  )
  return catalogue.slice(0, needed).map(({ id }, i) => ({ id, answer: `The answer ${i}` }))
}
const until = async (client: Client, id: string, state: SelfIssuance['state']): Promise<SelfIssuance> => {
  for await (const now of client.events<SelfIssuance>(`/api/user/issuances/${id}/events`)) {
    if (now.state === state) return now
    if (now.state === 'FAILED') throw new Error(JSON.stringify(now.error))
  }
  throw new Error('the stream ended')
}

/** From the first visit to the working device. The page connects anew after the login. */
const issued = async () => {
  const readers = desk()
  const { deviceId, password } = await bound(readers)
  const client = await visit()
  const before = await connectWorkstation(server.server.url, 'user', client.cookie, readers)
  ok(await logIn(client, '/api/user/login/initial-password', { loginName: 'anna.lindstrom', password }))
  await before.closed
  const workstation = await connectWorkstation(server.server.url, 'user', client.cookie, readers)
  const keep = (typed: { pin?: string; newPin?: string }) => {
    const kept = randomUUID()
    workstation.farEnd.keep(kept, typed)
    return kept
  }
  ok(await client.call('POST', '/api/user/answers', { answers: await answers(client) }))
  const { id } = ok(await client.call<SelfIssuance>('POST', '/api/user/issuances', await place(client)))
  const waiting = await until(client, id, 'WAITING_FOR_PIN')
  expect(waiting.pinRules).not.toBeNull()
  ok(await client.call('POST', `/api/user/issuances/${id}/pin`, { kept: keep({ newPin: PINS[0] }) }))
  return { readers, client, workstation, keep, deviceId, id, password }
}

test('U-3 to U-13: from the initial password to a working device, its PIN changed and unlocked by its user', async () => {
  const { readers, client, workstation, keep, deviceId, password } = await issued()
  const home = ok(await client.call<{ devices: { id: string; state: string }[] }>('GET', '/api/user/me'))
  expect(home.devices).toMatchObject([{ id: deviceId, state: 'ISSUED' }])
  // U-11: the password worked once.
  const again = await visit()
  const refused = await logIn(again, '/api/user/login/initial-password', { loginName: 'anna.lindstrom', password })
  expect([refused.status, refused.body]).toEqual([403, expect.objectContaining({ code: 'LOGIN_FAILED' })])

  // With the device, still connected: the visit goes on as another service.
  const wrong = await logIn(client, '/api/user/login/device', {
    ...(await place(client)),
    kept: keep({ pin: PINS[1] }),
  })
  expect(wrong.body).toMatchObject({
    code: 'PIN_WRONG',
    detail: fillText(holderTexts.PIN_WRONG.what, { left: 4 }),
    advice: holderTexts.PIN_WRONG.advice,
  })
  ok(await logIn(client, '/api/user/login/device', { ...(await place(client)), kept: keep({ pin: PINS[0] }) }))
  const change = `/api/user/devices/${deviceId}/pin`
  ok(await client.call('POST', change, { ...(await place(client)), kept: keep({ pin: PINS[0], newPin: PINS[1] }) }))
  const unlock = `/api/user/devices/${deviceId}/unlock`
  const mayNot = await client.call('POST', unlock, { ...(await place(client)), kept: keep({ newPin: PINS[2] }) })
  expect(mayNot.body.code).toBe('LOGIN_REQUIRED')

  // Without the device: answers, in any writing (U-6), then the PIN is unlocked.
  const questions = ok(
    await client.call<{ questions: { id: string }[] }>('POST', '/api/user/login/questions', {
      loginName: 'anna.lindstrom',
    }),
  ).questions
  const given = (await answers(client)).map(a => ({ ...a, answer: a.answer.replaceAll(' ', '').toUpperCase() }))
  expect(questions.map(q => q.id).sort()).toEqual(given.map(a => a.id).sort())
  const login = { service: 'WITHOUT_DEVICE', loginName: 'anna.lindstrom', answers: given }
  ok(await logIn(client, '/api/user/login/answers', login))
  ok(await client.call('POST', unlock, { ...(await place(client)), kept: keep({ newPin: PINS[2] }) }))
  ok(await logIn(client, '/api/user/login/device', { ...(await place(client)), kept: keep({ pin: PINS[2] }) }))

  // The PINs are on the card, and nowhere that this server sees, keeps or writes.
  expect(readers.card(READER)?.state().piv.pin.value).toEqual(
    Uint8Array.from(Buffer.from(`${PINS[2]}\xff\xff`, 'latin1')),
  )
  const seen = server.logged() + workstation.wire.join('\n')
  for (const pin of PINS) {
    expect(seen.includes(`"${pin}"`)).toBe(false)
    expect(seen.includes(Buffer.from(pin).toString('hex').toUpperCase())).toBe(false)
  }
}, 60_000)

test('I-10, point 7: an operator unlocks and changes a PIN at the own workstation', async () => {
  const { readers, client, workstation, deviceId } = await issued()
  await client.call('DELETE', '/api/user/session')
  expect(await workstation.closed).toBeGreaterThan(1000)
  const own = await connectWorkstation(server.server.url, 'operator', administrator.cookie, readers)
  const kept = randomUUID()
  own.farEnd.keep(kept, { newPin: PINS[1] })
  const at = await place(administrator, '/api/readers')
  ok(await administrator.call('POST', `/api/devices/${deviceId}/unlock`, { ...at, typed: { kept } }))
  const next = randomUUID()
  own.farEnd.keep(next, { pin: PINS[1], newPin: PINS[2] })
  const then = await place(administrator, '/api/readers')
  ok(await administrator.call('POST', `/api/devices/${deviceId}/change-pin`, { ...then, typed: { kept: next } }))
  const actual = Buffer.from(readers.card(READER)?.state().piv.pin.value ?? []).toString('latin1')
  expect(actual.startsWith(PINS[2])).toBe(true)
  // What was typed at a workstation is not sent; a server that is sent it all the same does not pass it on.
  const sent = await administrator.call('POST', `/api/devices/${deviceId}/unlock`, {
    ...(await place(administrator, '/api/readers')),
    typed: { newPin: PINS[0] },
  })
  expect(sent.status).toBeGreaterThanOrEqual(400)
  own.close()
}, 60_000)

test('the relay takes nobody who is not signed in, no other site, and no session whose visit has ended', async () => {
  const { url } = server.server
  const stranger = await connectWorkstation(url, 'user', '', desk())
  expect(await stranger.closed).toBe(4003)
  const asOperator = await connectWorkstation(url, 'operator', (await visit()).cookie, desk())
  expect(await asOperator.closed).toBe(4003)
  const client = await visit()
  await expect(
    connectWorkstation(url, 'user', client.cookie, desk(), { origin: 'https://evil.example' }),
  ).rejects.toThrow('403')
  await expect(connectWorkstation(url, 'user', client.cookie, desk(), { host: 'evil.example' })).rejects.toThrow('421')
})

test('a second tab takes over; the first one is told', async () => {
  const client = await visit()
  const first = await connectWorkstation(server.server.url, 'user', client.cookie, desk())
  await place(client)
  const second = await connectWorkstation(server.server.url, 'user', client.cookie, desk())
  expect(await first.closed).toBe(4002)
  expect((await place(client)).insertion).not.toBe('')
  second.close()
})

test('a workstation that was connected to a planted visit is of nobody after the login in it', async () => {
  const { password } = await bound(desk())
  const victim = await visit()
  // Whoever planted the visit knows its cookie, and has connected readers of their own to it last.
  const planted = await connectWorkstation(server.server.url, 'user', victim.cookie, desk())
  expect((await place(victim)).insertion).not.toBe('')
  const login = { loginName: 'anna.lindstrom', password }
  ok(await logIn(victim, '/api/user/login/initial-password', login))
  expect(await planted.closed).toBe(4003)
  expect(ok(await victim.call<UserReaderList>('GET', '/api/user/readers'))).toEqual({ readers: [], connected: false })
})

test('the same user who logs in once more in a visit keeps the workstation, and what runs there', async () => {
  const { client, keep, workstation } = await issued()
  let ended = false
  void workstation.closed.then(() => {
    ended = true
  })
  ok(await logIn(client, '/api/user/login/device', { ...(await place(client)), kept: keep({ pin: PINS[0] }) }))
  expect((await place(client)).insertion).not.toBe('')
  expect(ended).toBe(false)
}, 60_000)

test.each([
  ['suspend', { note: '' }],
  ['terminate', { reason: 'STOLEN', note: '' }],
])(
  'a login with the device ends when an operator does %s to it',
  async (change, body) => {
    const { client, keep, deviceId } = await issued()
    ok(await logIn(client, '/api/user/login/device', { ...(await place(client)), kept: keep({ pin: PINS[0] }) }))
    expect((await client.call('GET', '/api/user/me')).status).toBe(200)
    const device = ok(await administrator.call<{ version: number }>('GET', `/api/devices/${deviceId}`))
    ok(await administrator.call('POST', `/api/devices/${deviceId}/${change}`, { ...body, version: device.version }))
    const gone = await client.call('GET', '/api/user/me')
    expect([gone.status, gone.body.code]).toEqual([401, 'VISIT_REQUIRED'])
  },
  60_000,
)

test('U-5: without security questions the issuance does not start where they are wanted', async () => {
  const readers = desk()
  const { password } = await bound(readers)
  const client = await visit()
  const session = ok(
    await logIn(client, '/api/user/login/initial-password', { loginName: 'anna.lindstrom', password }),
  ) as UserSession
  await connectWorkstation(server.server.url, 'user', client.cookie, readers)
  expect(session.mustSetQuestions).toBe(true)
  const refused = await client.call('POST', '/api/user/issuances', await place(client))
  expect(refused.body.code).toBe('QUESTIONS_REQUIRED')
})

test('an initial password is good for the device it was made for', async () => {
  const readers = desk()
  const { password } = await bound(readers)
  const client = await visit()
  const other = desk()
  await bound(other)
  ok(await logIn(client, '/api/user/login/initial-password', { loginName: 'anna.lindstrom', password }))
  await connectWorkstation(server.server.url, 'user', client.cookie, other)
  ok(await client.call('POST', '/api/user/answers', { answers: await answers(client) }))
  const refused = await client.call('POST', '/api/user/issuances', await place(client))
  expect(refused.body.code).toBe('CARD_EXCHANGED')
})

test('U-11: nor for another one of the same user that the workstation puts in its place for the issuance', async () => {
  const shown = desk()
  const { password } = await bound(shown)
  const other = desk()
  const { deviceId } = await bound(other)
  let exchanged = false
  // A hostile client: it shows one card, and under the same insertion answers with another one when it counts.
  const readers: Readers = {
    ...shown,
    connect: async id => {
      const { insertion } = await shown.connect(id).then(async c => {
        await c.close()
        return c
      })
      return { ...(await (exchanged ? other : shown).connect(id)), insertion }
    },
  }
  const client = await visit()
  ok(await logIn(client, '/api/user/login/initial-password', { loginName: 'anna.lindstrom', password }))
  ok(await client.call('POST', '/api/user/answers', { answers: await answers(client) }))
  await connectWorkstation(server.server.url, 'user', client.cookie, readers)
  const at = await place(client)
  exchanged = true
  const refused = await client.call('POST', '/api/user/issuances', at)
  expect(refused.body.code).toBe('CARD_EXCHANGED')
  const { state } = ok(await administrator.call<{ state: string }>('GET', `/api/devices/${deviceId}`))
  expect(state).toBe('ASSIGNED')
})

test('U-3: the device of somebody else is refused and audited, also for a user who may get no device at all', async () => {
  const person = { loginName: 'no.groups', displayName: 'No Groups', groupIds: [] }
  ok(await administrator.call('POST', '/api/users', person))
  const { password } = await bound(desk(), 'no.groups')
  const others = desk()
  await bound(others)
  const client = await visit()
  ok(await logIn(client, '/api/user/login/initial-password', { loginName: 'no.groups', password }))
  ok(await client.call('POST', '/api/user/answers', { answers: await answers(client) }))
  await connectWorkstation(server.server.url, 'user', client.cookie, others)
  const refused = await client.call('POST', '/api/user/issuances', await place(client))
  expect(refused.body.code).toBe('CARD_ISSUED_TO_OTHER')
  const { rows } = ok(
    await administrator.call<{ rows: { actor: string; result: string; details: object }[] }>(
      'GET',
      '/api/audit?action=issuance.denied',
    ),
  )
  expect(rows).toMatchObject([{ actor: 'No Groups', result: 'DENIED', details: { serial: String(serial) } }])
})
