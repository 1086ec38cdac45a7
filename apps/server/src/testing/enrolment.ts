import { randomBytes, randomUUID } from 'node:crypto'
import type { Readers } from '@cardwright/card'
import { createVirtualCard, createVirtualReaders } from '@cardwright/card-virtual'
import type { OwnRequest, Problem, Reader, SelfIssuance, UserReaderList } from '@cardwright/contract'
import type { Client } from './client.ts'
import { ok } from './requests.ts'
import type { TestServer } from './test-server.ts'
import { beginVisit, type TestVisitor } from './visitor.ts'
import { connectWorkstation } from './workstation.ts'

const READER = 'Desk: reader 00'
const ANSWERS = ['Rocinante', 'Calle Mayor', 'Dulcinea']
let serial = 32_000_000

/** A reader at somebody's desk with a blank security key in it. */
export const desk = (): Readers =>
  createVirtualReaders([
    {
      id: READER,
      name: 'Desk reader',
      card: createVirtualCard({
        model: 'yubikey-5.7',
        serial: ++serial,
        random: n => new Uint8Array(randomBytes(n)),
        now: () => new Date(),
      }),
    },
  ])

const placeOf = async (client: Client, path: string) => {
  const { readers } = ok(await client.call<{ readers: (Reader | UserReaderList['readers'][number])[] }>('GET', path))
  const reader = readers.find(r => r.name === 'Desk reader')
  return { readerId: reader?.id ?? '', insertion: reader?.card?.insertion ?? '' }
}

/** An operator binds the device at the own workstation, with an initial password. */
export const bindAt = async (
  server: TestServer,
  operator: Client,
  readers: Readers,
  who: { readonly userId: string; readonly requestId?: string },
) => {
  const workstation = await connectWorkstation(server.server.url, 'operator', operator.cookie, readers)
  const answer = await operator.call<{ deviceId: string; initialPassword: { password: string } } & Problem>(
    'POST',
    '/api/assignments',
    { ...(await placeOf(operator, '/api/readers')), ...who, initialPassword: true },
  )
  workstation.close()
  await workstation.closed
  return answer
}

/** Issues the device in a reader of the visitor's workstation to the visitor, to the end; null = without a PIN of theirs. */
export const selfIssue = async (server: TestServer, visitor: Client, readers: Readers, newPin: string | null) => {
  const workstation = await connectWorkstation(server.server.url, 'user', visitor.cookie, readers)
  const started = await visitor.call<SelfIssuance & Problem>(
    'POST',
    '/api/user/issuances',
    await placeOf(visitor, '/api/user/readers'),
  )
  const until = async (state: SelfIssuance['state']): Promise<void> => {
    for await (const now of visitor.events<SelfIssuance>(`/api/user/issuances/${started.body.id}/events`)) {
      if (now.state === state) return
      if (now.state === 'FAILED') throw new Error(JSON.stringify(now.error))
    }
    throw new Error('the stream ended')
  }
  if (started.status === 200 && newPin === null) await until('COMPLETED')
  if (started.status === 200 && newPin !== null) {
    await until('WAITING_FOR_PIN')
    const kept = randomUUID()
    workstation.farEnd.keep(kept, { newPin })
    ok(await visitor.call('POST', `/api/user/issuances/${started.body.id}/pin`, { kept }))
  }
  workstation.close()
  await workstation.closed
  return started
}

export const answerQuestions = async (visitor: Client): Promise<void> => {
  const { catalogue } = ok(await visitor.call<{ catalogue: { id: string }[] }>('GET', '/api/user/questions'))
  const answers = ANSWERS.map((answer, n) => ({ id: catalogue[n]?.id, answer }))
  ok(await visitor.call('POST', '/api/user/answers', { answers }))
}

/** A first device, by self-issuance, and security questions with it. */
export const enrolled = async (server: TestServer, operator: Client, userId: string, loginName: string) => {
  const readers = desk()
  const { deviceId, initialPassword } = ok(await bindAt(server, operator, readers, { userId }))
  const visitor = await beginVisit(server)
  ok(await visitor.password(loginName, initialPassword.password))
  await answerQuestions(visitor)
  ok(await selfIssue(server, visitor, readers, '739142'))
  return deviceId
}

/** A login without the device. */
export const withoutDevice = async (server: TestServer, loginName: string): Promise<TestVisitor> => {
  const visitor = await beginVisit(server)
  ok(await visitor.answers('WITHOUT_DEVICE', loginName, ANSWERS))
  return visitor
}

export const ownRequests = async (visitor: Client): Promise<OwnRequest[]> =>
  ok(await visitor.call<{ requests: OwnRequest[] }>('GET', '/api/user/me')).requests
