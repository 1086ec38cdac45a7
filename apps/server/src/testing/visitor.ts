import type { InitialPassword, Problem, Reader, User, UserPortalSettings, UserSession } from '@cardwright/contract'
import type { Answer, Client } from './client.ts'
import type { TestServer } from './test-server.ts'

type Session = UserSession & Partial<Problem>

/** A browser at the User portal: its visit has begun; each login takes the new CSRF token over. */
export type TestVisitor = Client & {
  password(loginName: string, password: string): Promise<Answer<Session>>
  answers(service: string, loginName: string, answers: readonly string[]): Promise<Answer<Session>>
}

export const beginVisit = async (server: TestServer): Promise<TestVisitor> => {
  const client = server.client()
  const begun = await client.call<UserSession>('POST', '/api/user/session')
  client.csrfToken = begun.body.csrfToken
  const entered = (answer: Answer<Session>) => {
    if (answer.status === 200) client.csrfToken = answer.body.csrfToken
    return answer
  }
  return Object.assign(client, {
    password: async (loginName: string, password: string) =>
      entered(await client.call<Session>('POST', '/api/user/login/initial-password', { loginName, password })),
    answers: async (service: string, loginName: string, answers: readonly string[]) => {
      const asked = await client.call<{ questions: { id: string }[] }>('POST', '/api/user/login/questions', {
        loginName,
      })
      const given = asked.body.questions.map(({ id }, index) => ({ id, answer: answers[index] ?? '' }))
      const body = { service, loginName, answers: given }
      return entered(await client.call<Session>('POST', '/api/user/login/answers', body))
    },
  })
}

export const userNamed = async (admin: Client, name: string): Promise<User> => {
  const { body } = await admin.call<{ rows: User[] }>('GET', `/api/users?q=${name}`)
  const user = body.rows[0]
  if (!user) throw new Error(`the demo has no ${name}`)
  return user
}

/** Binds the card in this one of the demo's readers, with an initial password. */
export const assignCard = async (admin: Client, userId: string, readerNumber: number) => {
  const { readers } = (await admin.call<{ readers: Reader[] }>('GET', '/api/readers')).body
  const reader = readers.filter(r => r.virtual)[readerNumber]
  const body = { userId, readerId: reader?.id, insertion: reader?.card?.insertion, initialPassword: true }
  const answer = await admin.call<{ deviceId: string; initialPassword: InitialPassword }>(
    'POST',
    '/api/assignments',
    body,
  )
  if (answer.status !== 200) throw new Error(`not assigned: ${answer.text}`)
  return { deviceId: answer.body.deviceId, password: answer.body.initialPassword.password ?? '' }
}

export const changePortalSettings = async (admin: Client, change: Partial<UserPortalSettings>): Promise<void> => {
  const path = '/api/settings/user-portal'
  const { body } = await admin.call<{ version: number; settings: UserPortalSettings }>('GET', path)
  const answer = await admin.call('PUT', path, { version: body.version, settings: { ...body.settings, ...change } })
  if (answer.status !== 200) throw new Error(`settings not changed: ${answer.text}`)
}
