import type { AuditEntry, Permission, Problem, Reader, Role, Session, User } from '@cardwright/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Client } from '../testing/client.ts'
import { signUp } from '../testing/operators.ts'
import { startTestHost, type TestServer } from '../testing/test-server.ts'

let host: Awaited<ReturnType<typeof startTestHost>>
let server: TestServer
let admin: Client
let role: Role
/** An operator of Engineering, with a role for the own groups. */
let erika: Client
let erikaId = ''
const groups: Record<string, string> = {}

const must = async <T>(client: Client, method: string, path: string, body?: unknown): Promise<T> => {
  const answer = await client.call<T>(method, path, body)
  if (answer.status !== 200) throw new Error(`${method} ${path}: ${answer.text}`)
  return answer.body
}
const refusal = async (client: Client, method: string, path: string, body?: unknown) => {
  const answer = await client.call<Problem>(method, path, body)
  return [answer.status, answer.body.code]
}
const userNamed = async (loginName: string): Promise<User> => {
  const { rows } = await must<{ rows: User[] }>(admin, 'GET', `/api/users?q=${loginName}`)
  const found = rows.find(user => user.loginName === loginName)
  if (!found) throw new Error(`no user ${loginName}`)
  return found
}
const operator = async (loginName: string, roleId: string, groupIds: string[]) => {
  const { id } = await must<User>(admin, 'POST', '/api/users', { loginName, displayName: loginName, groupIds })
  return { id, ...(await signUp(server, admin, id, roleId)) }
}
const held: Permission[] = [
  'user.read',
  'user.write',
  'group.read',
  'group.write',
  'device.read',
  'reader.use',
  'device.issue',
  'device.assign',
  'device.recycle',
  'role.read',
  'role.write',
  'operator.write',
  'audit.read',
]

beforeAll(async () => {
  host = await startTestHost()
  server = await host.startTestServer()
  admin = await server.administrator()
  const { rows } = await must<{ rows: { id: string; name: string }[] }>(admin, 'GET', '/api/groups')
  for (const { id, name } of rows) groups[name] = id
  const made = { duplicateOf: 'ISSUANCE_OFFICER', name: 'Desk of one group', permissions: held, scope: 'OWN_GROUPS' }
  role = await must<Role>(admin, 'POST', '/api/roles', made)
  const signedIn = await operator('erika', role.id, [groups.Engineering ?? ''])
  erika = signedIn.client
  erikaId = signedIn.id
  expect(signedIn.session).toMatchObject({
    operator: { role: { id: role.id, name: 'Desk of one group' } },
    scope: 'OWN_GROUPS',
  })
  expect([...signedIn.session.permissions].sort()).toEqual([...held].sort())
}, 120_000)
afterAll(async () => {
  await server.stop()
  await host.stop()
})

test('lists, search and figures end at the own groups; what is outside answers like what does not exist', async () => {
  const { rows } = await must<{ rows: User[] }>(erika, 'GET', '/api/users?limit=200')
  expect(rows.length).toBeGreaterThan(3)
  for (const user of rows) expect(user.groups.map(g => g.name)).toEqual(['Engineering'])
  expect(await must(erika, 'GET', '/api/groups')).toMatchObject({ rows: [{ name: 'Engineering' }] })
  const anna = await userNamed('anna.lindstrom')
  expect(await must(erika, 'GET', '/api/search?q=lindstr')).toEqual({ hits: [] })
  const unknown = '01890a5d-ac96-774b-bcce-b302099a8057'
  for (const id of [anna.id, unknown]) {
    for (const path of ['', '/timeline', '/devices', '/logins'])
      expect(await refusal(erika, 'GET', `/api/users/${id}${path}`)).toEqual([404, 'NOT_FOUND'])
    expect(await refusal(erika, 'POST', `/api/users/${id}/invitation`, { role: role.id })).toEqual([404, 'NOT_FOUND'])
  }
  expect(await refusal(erika, 'GET', `/api/devices?user=${anna.id}`)).toEqual([404, 'NOT_FOUND'])
  expect(await refusal(erika, 'GET', `/api/groups/${groups.Staff}`)).toEqual([404, 'NOT_FOUND'])
  const audit = await must<{ rows: AuditEntry[] }>(erika, 'GET', '/api/audit?limit=200')
  expect(audit.rows.map(r => r.objectLabel)).not.toContain(anna.displayName)
  expect(audit.rows.map(r => r.action)).toContain('operator.signed-in')
})

test('the card of somebody outside lies in the reader: nothing is told of it, and nothing is done with it', async () => {
  const cardIn = async (client: Client, readerId: string) => {
    const { readers } = await must<{ readers: Reader[] }>(client, 'GET', '/api/readers')
    return readers.find(r => r.id === readerId)?.card ?? null
  }
  const anna = await userNamed('anna.lindstrom')
  const li = await userNamed('li.wei')
  const place = async (readerId: string) => ({ readerId, insertion: (await cardIn(admin, readerId))?.insertion })
  await must(admin, 'POST', '/api/assignments', { userId: anna.id, ...(await place('virtual:1')) })
  expect(await cardIn(admin, 'virtual:1')).toMatchObject({ known: { user: { id: anna.id } }, problem: null })
  expect(await cardIn(erika, 'virtual:1')).toMatchObject({ known: null, problem: { code: 'CARD_OUT_OF_SCOPE' } })
  const card = await place('virtual:1')
  for (const [path, body] of [
    ['/api/assignments', { userId: li.id, ...card }],
    ['/api/issuances', { userId: li.id, action: 'ISSUE', policyId: li.id, ...card }],
    ['/api/recycles', card],
  ] as const)
    expect([path, ...(await refusal(erika, 'POST', path, body))]).toEqual([path, 404, 'NOT_FOUND'])
  const options = `/api/users/${li.id}/issuance-options?readerId=virtual:1`
  expect(await refusal(erika, 'GET', options)).toEqual([404, 'NOT_FOUND'])

  // A blank one is there for everybody, and belongs to the own group from then on.
  const blank = await place('virtual:2')
  expect(await refusal(erika, 'POST', '/api/assignments', { userId: anna.id, ...blank })).toEqual([404, 'NOT_FOUND'])
  const bound = await must<{ deviceId: string }>(erika, 'POST', '/api/assignments', { userId: li.id, ...blank })
  expect(await must(erika, 'GET', `/api/devices/${bound.deviceId}`)).toMatchObject({ user: { id: li.id } })
  expect(await cardIn(erika, 'virtual:2')).toMatchObject({ known: { user: { id: li.id } }, problem: null })
})

test('nobody gets further than their own access; each try is refused with its code and is in the audit', async () => {
  const li = await userNamed('li.wei')
  await must(admin, 'POST', `/api/users/${li.id}/invitation`, { role: 'ADMINISTRATOR' })
  const { version, loginName, displayName } = await userNamed('li.wei')
  const own = await must<User>(erika, 'GET', `/api/users/${erikaId}`)
  const edit = (user: User, change: object) => ({ ...user, ...change })
  const write = { name: 'Wide', description: '', permissions: held, scope: 'OWN_GROUPS' }
  const person = { loginName: 'new.one', displayName: 'New one' }
  const both = [groups.Engineering, groups.Staff]
  const tries: [string, number, string, string, object?][] = [
    ['OWN_ACCESS', 403, 'POST', `/api/users/${erikaId}/invitation`, { role: 'ADMINISTRATOR' }],
    ['OWN_ACCESS', 403, 'DELETE', `/api/users/${erikaId}/role`],
    ['OWN_ACCESS', 403, 'PUT', `/api/users/${erikaId}`, edit(own, { status: 'DISABLED' })],
    ['OWN_GROUPS', 403, 'PUT', `/api/users/${erikaId}`, edit(own, { groupIds: [] })],
    ['GROUP_OUT_OF_SCOPE', 403, 'PUT', `/api/users/${erikaId}`, edit(own, { groupIds: both })],
    ['GROUP_OUT_OF_SCOPE', 403, 'POST', '/api/users', { ...person, groupIds: [groups.Staff] }],
    ['OWN_ROLE', 403, 'PUT', `/api/roles/${role.id}`, { ...write, version: 1 }],
    ['OWN_ROLE', 403, 'DELETE', `/api/roles/${role.id}`, { version: 1 }],
    ['ROLE_BEYOND_OWN', 403, 'POST', '/api/roles', { duplicateOf: 'AUDITOR', name: 'Wide' }],
    ['ROLE_BEYOND_OWN', 403, 'POST', '/api/roles', { ...write, duplicateOf: 'AUDITOR', scope: 'ALL' }],
    ['OPERATOR_BEYOND_OWN', 403, 'POST', `/api/users/${li.id}/invitation`, { role: 'ADMINISTRATOR' }],
    ['OPERATOR_BEYOND_OWN', 403, 'DELETE', `/api/users/${li.id}/role`],
    [
      'OPERATOR_BEYOND_OWN',
      403,
      'PUT',
      `/api/users/${li.id}`,
      { version, loginName, displayName, groupIds: [groups.Engineering], status: 'DISABLED' },
    ],
    ['ALL_GROUPS_REQUIRED', 403, 'POST', '/api/groups', { name: 'Mine', assignments: {} }],
  ]
  for (const [code, status, method, path, body] of tries)
    expect([method, path, ...(await refusal(erika, method, path, body))]).toEqual([method, path, status, code])
  const { rows, total } = await must<{ rows: AuditEntry[]; total: number }>(
    admin,
    'GET',
    '/api/audit?action=access.denied&limit=200',
  )
  expect(total).toBe(tries.length)
  expect(rows.map(r => r.reason).reverse()).toEqual(tries.map(([code]) => code))
  expect(new Set(rows.map(r => `${r.actor} ${r.result}`))).toEqual(new Set(['erika DENIED']))
  await must(admin, 'DELETE', `/api/users/${li.id}/role`)
})

test('a changed role is in effect with the next request; a role in use stays, and who loses it is out', async () => {
  const narrow = { ...role, permissions: held.filter(p => p !== 'user.read') }
  const changed = await must<Role>(admin, 'PUT', `/api/roles/${role.id}`, narrow)
  expect(changed).toMatchObject({ version: 2, holders: 1 })
  expect(await refusal(erika, 'GET', '/api/users')).toEqual([403, 'PERMISSION_REQUIRED'])
  expect((await must<Session>(erika, 'GET', '/api/session')).permissions).not.toContain('user.read')
  expect(await refusal(admin, 'PUT', `/api/roles/${role.id}`, narrow)).toEqual([409, 'VERSION_CONFLICT'])
  expect(await refusal(admin, 'DELETE', `/api/roles/${role.id}`, { version: 2 })).toEqual([409, 'ROLE_IN_USE'])
  await must(admin, 'PUT', `/api/roles/${role.id}`, { ...narrow, permissions: held, scope: 'ALL', version: 2 })
  expect((await must<{ total: number }>(erika, 'GET', '/api/users')).total).toBeGreaterThan(15)
  await must(admin, 'DELETE', `/api/users/${erikaId}/role`)
  expect(await refusal(erika, 'GET', '/api/session')).toEqual([401, 'SESSION_REQUIRED'])
  await must(admin, 'DELETE', `/api/roles/${role.id}`, { version: 3 })
})

test('the last administrator is neither disabled nor dismissed, by whoever may do everything', async () => {
  const deputy = await must<Role>(admin, 'POST', '/api/roles', { duplicateOf: 'ADMINISTRATOR', name: 'Deputy' })
  const { client } = await operator('dora', deputy.id, [])
  const last = await userNamed('admin')
  const refused = [409, 'LAST_ADMINISTRATOR']
  expect(await refusal(client, 'PUT', `/api/users/${last.id}`, { ...last, status: 'DISABLED' })).toEqual(refused)
  expect(await refusal(client, 'DELETE', `/api/users/${last.id}/role`)).toEqual(refused)
  expect(await refusal(client, 'POST', `/api/users/${last.id}/invitation`, { role: 'AUDITOR' })).toEqual(refused)
  const { id } = await operator('other.admin', 'ADMINISTRATOR', [])
  await must(client, 'DELETE', `/api/users/${last.id}/role`)
  expect(await refusal(admin, 'GET', '/api/session')).toEqual([401, 'SESSION_REQUIRED'])
  expect(await refusal(client, 'DELETE', `/api/users/${id}/role`)).toEqual(refused)
})
