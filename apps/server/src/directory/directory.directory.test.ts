import {
  BASE,
  people,
  peopleLdif,
  SERVICE_PASSWORD,
  type Slapd,
  settingsFor,
  startSlapd,
} from '@cardwright/adapters/testing/directory'
import type {
  DirectoryRun,
  DirectorySettingsDocument,
  DirectorySyncPreview,
  IssuanceOptions,
  IssuanceView,
  Problem,
  Reader,
  User,
} from '@cardwright/contract'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Client } from '../testing/client.ts'
import { startTestHost, type TestServer } from '../testing/test-server.ts'
import { beginVisit, changePortalSettings } from '../testing/visitor.ts'

let host: Awaited<ReturnType<typeof startTestHost>>
let server: TestServer
let slapd: Slapd
let admin: Client
const ALICE_PASSWORD = people.find(person => person.loginName === 'alice')?.password ?? ''
const answers: string[] = []
let now = Date.UTC(2026, 0, 1, 8)

beforeAll(async () => {
  host = await startTestHost()
  slapd = await startSlapd({ ldif: peopleLdif })
  server = await host.startTestServer({ clock: () => now++, fresh: true })
  admin = await server.administrator()
  const { call } = admin
  admin.call = async <T>(...args: Parameters<Client['call']>) => {
    const answer = await call<T>(...args)
    answers.push(answer.text)
    return answer
  }
}, 120_000)
afterAll(async () => {
  await server?.stop()
  await slapd?.remove()
  await host?.stop()
})

type Stored = { version: number; settings: DirectorySettingsDocument | null; passwordSet: boolean }
const stored = async () => (await admin.call<Stored>('GET', '/api/settings/directory')).body
const settings = (change: Partial<DirectorySettingsDocument> = {}): DirectorySettingsDocument =>
  structuredClone({ ...settingsFor(slapd), ...change }) as DirectorySettingsDocument
const put = async <T = Stored>(change: Partial<DirectorySettingsDocument>, bindPassword?: string) =>
  admin.call<T>('PUT', '/api/settings/directory', {
    version: (await stored()).version,
    settings: settings(change),
    ...(bindPassword === undefined ? {} : { bindPassword }),
  })
const sync = (confirmed = false) => admin.call<DirectoryRun>('POST', '/api/settings/directory/sync', { confirmed })
const preview = async () => (await admin.call<DirectorySyncPreview>('POST', '/api/settings/directory/preview')).body
const userNamed = async (loginName: string) =>
  (await admin.call<{ rows: User[] }>('GET', `/api/users?q=${encodeURIComponent(loginName)}`)).body.rows.find(
    user => user.loginName === loginName,
  )

test('without a directory nothing can be tested or synced, and says so', async () => {
  expect(await stored()).toMatchObject({ version: 1, settings: null, passwordSet: false })
  for (const what of ['test', 'preview', 'sync'])
    expect(await admin.call<Problem>('POST', `/api/settings/directory/${what}`, {})).toMatchObject({
      status: 409,
      body: { code: 'DIRECTORY_NOT_CONFIGURED' },
    })
})

test('settings that cannot work are refused by field', async () => {
  const refused = async (change: Partial<DirectorySettingsDocument>) =>
    Object.keys((await put<Problem>(change, SERVICE_PASSWORD)).body.fields ?? {})
  expect(await refused({ urls: [slapd.ldapUrl] })).toEqual(['urls'])
  expect(await refused({ userFilter: '(uid=x' })).toEqual(['userFilter'])
  expect(await refused({ userFilter: 'uid=x' })).toEqual(['userFilter'])
  expect(await refused({ caCertificates: 'not PEM' })).toEqual(['caCertificates'])
  expect((await put<Problem>({})).body.fields).toHaveProperty('bindPassword')
  expect((await stored()).version).toBe(1)
})

test('a test shows what is seen, with settings that are not stored yet', async () => {
  const seen = await admin.call<{ users: object[]; groups: { name: string }[] }>(
    'POST',
    '/api/settings/directory/test',
    {
      settings: settings(),
      bindPassword: SERVICE_PASSWORD,
    },
  )
  expect(seen.status, seen.text).toBe(200)
  expect(seen.body.users).toHaveLength(people.length)
  expect(seen.body.groups.map(group => group.name).sort()).toEqual(['Badges', 'Empty', 'Staff'])
})

test('a wrong account, a wrong CA and a server that is down are problems of their own, which say what to do', async () => {
  const wrong = async (change: Partial<DirectorySettingsDocument>, bindPassword: string) => {
    const body = { settings: settings(change), bindPassword }
    const { status, body: problem } = await admin.call<Problem>('POST', '/api/settings/directory/test', body)
    expect(problem.advice).toBeTruthy()
    return [status, problem.code]
  }
  expect(await wrong({}, 'wrong')).toEqual([503, 'DIRECTORY_REFUSED'])
  expect(await wrong({ caCertificates: '' }, SERVICE_PASSWORD)).toEqual([503, 'DIRECTORY_TLS'])
  expect(await wrong({ urls: ['ldaps://localhost:1'] }, SERVICE_PASSWORD)).toEqual([503, 'DIRECTORY_UNREACHABLE'])
  expect(await wrong({ userBase: 'ou=nowhere,dc=example,dc=org' }, SERVICE_PASSWORD)).toEqual([
    409,
    'DIRECTORY_CONFIGURATION',
  ])
})

test('the stored password is kept by later changes, but not sent to another server', async () => {
  expect((await put({}, SERVICE_PASSWORD)).status).toBe(200)
  expect(await stored()).toMatchObject({ version: 2, passwordSet: true })
  expect((await put({ pageSize: 50 })).status).toBe(200)
  expect((await admin.call('POST', '/api/settings/directory/test', {})).status).toBe(200)
  const elsewhere = settings({ urls: ['ldaps://elsewhere.example.org'] })
  const body = { settings: elsewhere }
  expect(await admin.call<Problem>('POST', '/api/settings/directory/test', body)).toMatchObject({
    status: 400,
    body: { fields: { bindPassword: expect.any(String) } },
  })
})

test('the preview is what the sync does: users with their groups', async () => {
  const seen = await admin.call<{ groups: { id: string; name: string }[] }>('POST', '/api/settings/directory/test', {})
  const staff = seen.body.groups.find(group => group.name === 'Staff')?.id ?? ''
  const demoGroup = (await userNamed('li.wei'))?.groups[0]?.name ?? ''
  const attributes = { ...settings().attributes, upn: 'mail' }
  expect((await put({ attributes, groups: [{ directoryGroup: staff, name: demoGroup }] })).status).toBe(200)

  const planned = await preview()
  expect(planned.counts).toMatchObject({ created: people.length, updated: 0, disabled: 0 })
  expect(planned.groups.link).toMatchObject([{ name: demoGroup, directoryGroup: staff }])
  expect(await userNamed('alice')).toBeUndefined()
  const run = await sync()
  expect(run.status, run.text).toBe(200)
  expect(run.body).toMatchObject({ outcome: 'DONE', counts: { created: people.length, skipped: 0 }, scheduled: false })
  expect(await userNamed('alice')).toMatchObject({
    displayName: 'Alice Archer',
    email: 'alice@example.org',
    groups: [{ name: demoGroup }],
  })
  expect((await preview()).counts).toMatchObject({ created: 0, updated: 0, unchanged: people.length })
})

test('an issued certificate is published, withdrawn while the device is suspended, and is published again after', async () => {
  await put({
    attributes: { ...settings().attributes, upn: 'mail' },
    groups: (await stored()).settings?.groups ?? [],
    publishProfiles: await profilesOfThePolicy(),
  })
  const alice = await userNamed('alice')
  const reader = (await admin.call<{ readers: Reader[] }>('GET', '/api/readers')).body.readers[0]
  const { policyId } = await thePolicy()
  const request = {
    action: 'ISSUE',
    userId: alice?.id,
    readerId: reader?.id,
    insertion: reader?.card?.insertion,
    policyId,
    pin: '284917',
  }
  const headers = { 'idempotency-key': 'publish' }
  const started = await admin.call<IssuanceView>('POST', '/api/issuances', request, headers)
  expect(started.status, started.text).toBe(200)
  const view = async () => (await admin.call<IssuanceView>('GET', `/api/issuances/${started.body.id}`)).body
  await expect.poll(async () => (await view()).state, { timeout: 20_000 }).toBe('COMPLETED')
  const { deviceId } = await view()
  const published = () =>
    slapd.search(BASE, '(uid=alice)', 'userCertificate;binary').match(/userCertificate/g)?.length ?? 0
  await expect.poll(published, { timeout: 20_000 }).toBe(1)

  const change = async (what: 'suspend' | 'resume') => {
    const { version } = (await admin.call<{ version: number }>('GET', `/api/devices/${deviceId}`)).body
    const answer = await admin.call('POST', `/api/devices/${deviceId}/${what}`, { version, note: 'for a test' })
    expect(answer.status, answer.text).toBe(200)
  }
  await change('suspend')
  await expect.poll(published, { timeout: 20_000 }).toBe(0)
  await change('resume')
  await expect.poll(published, { timeout: 20_000 }).toBe(1)
})

const thePolicy = async () => {
  const alice = await userNamed('alice')
  const reader = (await admin.call<{ readers: Reader[] }>('GET', '/api/readers')).body.readers[0]
  const path = `/api/users/${alice?.id}/issuance-options?readerId=${reader?.id}`
  const { policies } = (await admin.call<IssuanceOptions>('GET', path)).body
  const found = policies.find(policy => policy.name === 'PIV, P-256')
  if (!found) throw new Error(JSON.stringify(policies))
  return { policyId: found.id }
}
/** The profile of the authentication certificate only. */
const profilesOfThePolicy = async (): Promise<string[]> => {
  const { policyId } = await thePolicy()
  const policy = await admin.call<{ content: { slots: { slot: string; profile: string }[] } }>(
    'GET',
    `/api/policies/${policyId}`,
  )
  return policy.body.content.slots.filter(slot => slot.slot === '9A').map(slot => slot.profile)
}

test('U-4: the directory’s password logs its user in, and nobody else; what the directory cannot answer locks nobody', async () => {
  const login = {
    firstIssuance: 'LDAP_PASSWORD',
    laterIssuance: 'LDAP_PASSWORD',
    withoutDevice: 'LDAP_PASSWORD',
  } as const
  await changePortalSettings(admin, { login })
  const logIn = async (loginName: string, password: string) => {
    const visitor = await beginVisit(server)
    const answer = await visitor.call<Problem>('POST', '/api/user/login/ldap', {
      service: 'WITHOUT_DEVICE',
      loginName,
      password,
    })
    answers.push(answer.text)
    return answer.status === 200 ? 'in' : answer.body.code
  }
  expect(await logIn('alice', ALICE_PASSWORD)).toBe('in')
  expect(await logIn('alice', 'bob password')).toBe('LOGIN_FAILED')
  expect(await logIn('nobody.at.all', ALICE_PASSWORD)).toBe('LOGIN_FAILED')
  expect(await logIn('*', ALICE_PASSWORD)).toBe('LOGIN_FAILED')
  await slapd.stop()
  for (let n = 0; n < 8; n++) expect(await logIn('alice', ALICE_PASSWORD)).toBe('DIRECTORY_UNREACHABLE')
  await slapd.start()
  expect(await logIn('alice', ALICE_PASSWORD)).toBe('in')
})

test('people who left are disabled, but many of them only after confirmation', async () => {
  for (const person of people.slice(1))
    slapd.modify(`dn: cn=person ${people.indexOf(person)},ou=people,${BASE}\nchangetype: delete\n`)
  expect((await preview()).guard).toEqual({ disabling: 3, of: 4, exceeded: true })
  expect((await sync()).body).toMatchObject({ outcome: 'CONFIRMATION_NEEDED', counts: { disabled: 3 } })
  expect(await userNamed('bob')).toMatchObject({ status: 'ACTIVE' })
  expect((await sync(true)).body).toMatchObject({ outcome: 'DONE', counts: { disabled: 3 } })
  expect(await userNamed('bob')).toMatchObject({ status: 'DISABLED' })
  expect(await userNamed('li.wei')).toMatchObject({ status: 'ACTIVE' })
})

test('a directory that is down disables nobody: the sync fails and says why', async () => {
  await slapd.stop()
  expect(await sync(true)).toMatchObject({ status: 503, body: { code: 'DIRECTORY_UNREACHABLE' } })
  await slapd.start()
  const runs = (await admin.call<{ rows: DirectoryRun[]; total: number }>('GET', '/api/settings/directory/runs')).body
  expect(runs.rows.map(run => run.outcome)).toEqual(['FAILED', 'DONE', 'CONFIRMATION_NEEDED', 'DONE'])
  expect(runs.rows[0]).toMatchObject({ error: 'DIRECTORY_UNREACHABLE', startedBy: 'First administrator' })
  expect(await userNamed('alice')).toMatchObject({ status: 'ACTIVE' })
  const page = '/api/settings/directory/runs?limit=3'
  const { next } = (await admin.call<{ next: string }>('GET', page)).body
  expect((await admin.call<{ rows: DirectoryRun[] }>('GET', `${page}&cursor=${next}`)).body.rows).toHaveLength(1)
})

test('who may not change settings may not use the directory', async () => {
  const stranger = server.client()
  for (const [method, path] of [
    ['GET', ''],
    ['PUT', ''],
    ['POST', '/test'],
    ['POST', '/preview'],
    ['POST', '/sync'],
    ['GET', '/runs'],
  ] as const)
    expect(
      (await stranger.call(method, `/api/settings/directory${path}`, method === 'GET' ? undefined : {})).status,
    ).toBe(401)
})

const everythingStored = async (): Promise<string> => {
  const client = new pg.Client(server.databaseUrl)
  await client.connect()
  try {
    const tables = await client.query("select table_name from information_schema.tables where table_schema = 'public'")
    const parts: string[] = []
    for (const { table_name } of tables.rows) {
      const rows = await client.query(`select to_jsonb(t)::text as row from "${table_name}" t`)
      parts.push(...rows.rows.map(r => `${table_name} ${r.row}`))
    }
    return parts.join('\n')
  } finally {
    await client.end()
  }
}

test('neither the bind password nor what a user typed is in a log, an answer or a table', async () => {
  const places = { log: server.logged(), answers: answers.join('\n'), database: await everythingStored() }
  expect(places.log).toContain('/api/settings/directory')
  expect(places.database).toContain('directory_password')
  for (const [where, text] of Object.entries(places))
    for (const secret of [SERVICE_PASSWORD, ALICE_PASSWORD])
      for (const shape of [secret, ...(['hex', 'base64'] as const).map(form => Buffer.from(secret).toString(form))])
        expect([where, text.includes(shape.replace(/=+$/, ''))]).toEqual([where, false])
})
