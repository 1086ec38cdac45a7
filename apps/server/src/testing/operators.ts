import type { Permission, PredefinedRole, Role, Session, User } from '@cardwright/contract'
import type { Answer, Client } from './client.ts'
import { PASSWORD, type TestServer } from './test-server.ts'
import { userNamed } from './visitor.ts'

const ok = <T>({ status, body, text }: Answer<T>): T => {
  if (status !== 200) throw new Error(`refused: ${text}`)
  return body
}

/** A user accepts an invitation to a role, in a browser of their own. */
export const signUp = async (server: TestServer, admin: Client, userId: string, role: string) => {
  const { link } = ok(await admin.call<{ link: string }>('POST', `/api/users/${userId}/invitation`, { role }))
  const client = server.client()
  const token = new URL(link).hash.slice('#token='.length)
  const session = ok(await client.call<Session>('POST', '/api/invitation/password', { token, password: PASSWORD }))
  client.csrfToken = session.csrfToken
  return { client, session }
}

/** Somebody of the demo with this role. */
export const operatorWith = async (
  server: TestServer,
  admin: Client,
  loginName: string,
  role: PredefinedRole,
): Promise<Client & { readonly userId: string }> => {
  const { id: userId } = await userNamed(admin, loginName)
  const { client } = await signUp(server, admin, userId, role)
  return Object.assign(client, { userId })
}

/** Somebody new with a role of these permissions for one group of the demo. */
export const operatorOfGroup = async (
  server: TestServer,
  admin: Client,
  group: string,
  permissions: readonly Permission[],
): Promise<Client> => {
  const { rows } = ok(await admin.call<{ rows: { id: string; name: string }[] }>('GET', '/api/groups'))
  const groupIds = rows.filter(({ name }) => name === group).map(({ id }) => id)
  const made = { duplicateOf: 'ISSUANCE_OFFICER', name: `For ${group}`, permissions, scope: 'OWN_GROUPS' }
  const role = ok(await admin.call<Role>('POST', '/api/roles', made))
  const loginName = `of.${group.toLowerCase()}`
  const user = ok(await admin.call<User>('POST', '/api/users', { loginName, displayName: loginName, groupIds }))
  return (await signUp(server, admin, user.id, role.id)).client
}
