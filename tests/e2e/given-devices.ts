import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Device, IssuanceView, Reader, UserSession } from '@cardwright/contract'
import { devicesOf } from './certificates.ts'
import { must, policyNamed, userNamed } from './command-line.ts'
import type { TestServer } from './server.ts'
import { insertBlank, type Model } from './virtual-cards.ts'

const READER = 'virtual:1'
export const givenPin = '61938405'

const cardInReader = async (server: TestServer): Promise<{ readonly readerId: string; readonly insertion: string }> => {
  const { readers } = await must<{ readers: Reader[] }>(server, 'GET', '/api/readers')
  return { readerId: READER, insertion: readers.find(reader => reader.id === READER)?.card?.insertion ?? '' }
}

/** A user has a device already when the test begins: issued over the API, by a policy on P-256. */
export const giveDevice = async (server: TestServer, user: string, model: Model = 'yubikey-5.7'): Promise<Device> => {
  const { id: userId } = await userNamed(server, user)
  const { id: policyId } = await policyNamed(server, 'PIV, P-256')
  const serial = await insertBlank(server, model, READER)
  const wish = { userId, policyId, action: 'ISSUE', pin: givenPin, ...(await cardInReader(server)) }
  const { id } = await must<IssuanceView>(server, 'POST', '/api/issuances', wish)
  const now = () => must<IssuanceView>(server, 'GET', `/api/issuances/${id}`)
  for (let view = await now(); view.state !== 'COMPLETED'; view = await now()) {
    if (view.state !== 'RUNNING') throw new Error(`the issuance is ${view.state}: ${JSON.stringify(view.error)}`)
    await sleep(50)
  }
  return deviceWith(server, userId, serial)
}

/** As the server knows it now. */
export const deviceWith = async (server: TestServer, userId: string, serial: string): Promise<Device> => {
  const device = (await devicesOf(server, userId)).find(one => one.serial === serial)
  if (!device) throw new Error(`the user has no device ${serial}`)
  return device
}

/** What a person answers to a question of the catalogue. */
export const answerTo = (question: string): string => `About ${question.split(' ').slice(-3).join(' ')}`

/**
 * The user has set security questions: logged in with the initial password of a blank device, which is unbound afterwards.
 * Any blank one will do; nothing is written on it.
 */
export const giveAnswers = async (server: TestServer, user: string): Promise<void> => {
  const { id: userId, loginName } = await userNamed(server, user)
  await insertBlank(server, 'yubikey-5.2', READER)
  const { deviceId, initialPassword } = await must<{ deviceId: string; initialPassword: { password: string } }>(
    server,
    'POST',
    '/api/assignments',
    { userId, initialPassword: true, ...(await cardInReader(server)) },
  )
  const visit = await beginVisit(server)
  await visit('POST', '/api/user/login/initial-password', { loginName, password: initialPassword.password })
  const { catalogue, needed } = await visit<{ catalogue: { id: string; text: string }[]; needed: number }>(
    'GET',
    '/api/user/questions',
  )
  await visit('POST', '/api/user/answers', {
    answers: catalogue.slice(0, needed).map(({ id, text }) => ({ id, answer: answerTo(text) })),
  })
  const { version } = await must<Device>(server, 'GET', `/api/devices/${deviceId}`)
  await must(server, 'POST', `/api/devices/${deviceId}/unassign`, { version })
}

type Call = <T>(method: string, path: string, body?: unknown) => Promise<T>

/** A visit to the User portal without a browser: its cookie, and the token that a login changes. */
const beginVisit = async (server: TestServer): Promise<Call> => {
  let cookie = ''
  let token = ''
  const call = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(new URL(path, server.url.replace('localhost', '127.0.0.1')), {
      method,
      headers: {
        cookie,
        'x-csrf-token': token,
        'idempotency-key': randomUUID(),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const answer = (await response.json()) as T & Partial<UserSession>
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${JSON.stringify(answer)}`)
    for (const set of response.headers.getSetCookie()) cookie = set.split(';')[0] ?? cookie
    token = answer.csrfToken ?? token
    return answer
  }
  await call<UserSession>('POST', '/api/user/session', {})
  return call
}
