import type { PredefinedRole, Session } from '@cardwright/contract'
import type { Client } from './client.ts'
import { PASSWORD, type TestServer } from './test-server.ts'
import { userNamed } from './visitor.ts'

/** Somebody of the demo with this role, signed in in a browser of their own. */
export const operatorWith = async (
  server: TestServer,
  admin: Client,
  loginName: string,
  role: PredefinedRole,
): Promise<Client & { readonly userId: string }> => {
  const { id } = await userNamed(admin, loginName)
  const invited = await admin.call<{ link: string }>('POST', `/api/users/${id}/invitation`, { role })
  if (invited.status !== 200) throw new Error(`not invited: ${invited.text}`)
  const token = new URL(invited.body.link).hash.slice('#token='.length)
  const client = server.client()
  const { body } = await client.call<Session>('POST', '/api/invitation/password', { token, password: PASSWORD })
  client.csrfToken = body.csrfToken
  return Object.assign(client, { userId: id })
}
