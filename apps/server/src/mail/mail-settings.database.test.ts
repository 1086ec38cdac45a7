import { type SmtpTestServer, startSmtpServer } from '@cardwright/adapters/testing/mail'
import type { AuditEntry, MailSettings, StoredMailSettings, User } from '@cardwright/contract'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Client } from '../testing/client.ts'
import { startTestHost, type TestServer } from '../testing/test-server.ts'

const PATH = '/api/settings/mail'
const LOGIN = { user: 'cardwright', password: 'mail account password 42' }

let host: Awaited<ReturnType<typeof startTestHost>>
let server: TestServer
let smtp: SmtpTestServer
let admin: Client
beforeAll(async () => {
  host = await startTestHost()
  server = await host.startTestServer()
  smtp = await startSmtpServer({ tls: 'STARTTLS', login: LOGIN })
  admin = await server.administrator()
}, 90_000)
afterAll(async () => {
  await smtp.close()
  await server.stop()
  await host.stop()
})

const stored = async () => (await admin.call<StoredMailSettings>('GET', PATH)).body
const put = async (change: Partial<MailSettings>, password?: string | null) => {
  const { version, settings } = await stored()
  return admin.call('PUT', PATH, { version, settings: { ...settings, ...change }, password })
}
const good = (): Partial<MailSettings> => ({
  host: '127.0.0.1',
  port: smtp.port,
  tls: 'STARTTLS',
  caCertificates: smtp.caCertificates,
  user: LOGIN.user,
  fromAddress: 'cms@example.org',
})
const sealedPasswords = async (): Promise<number> => {
  const client = new pg.Client(server.databaseUrl)
  await client.connect()
  try {
    return Number((await client.query('select count(*) from mail_password')).rows[0].count)
  } finally {
    await client.end()
  }
}

test('before anything is set no mail is sent, and a test says so', async () => {
  expect(await stored()).toMatchObject({ version: 1, passwordSet: false, changedAt: null, settings: { host: '' } })
  const me = (await admin.call<{ operator: { id: string } }>('GET', '/api/session')).body.operator.id
  expect((await admin.call('POST', `${PATH}/test`)).body).toMatchObject({ status: 502, code: 'MAIL_REFUSED' })
  const { body: user } = await admin.call<User>('GET', `/api/users/${me}`)
  const own = { ...user, email: 'admin@example.org', groupIds: user.groups.map(group => group.id) }
  expect((await admin.call('PUT', `/api/users/${me}`, own)).status).toBe(200)
  expect((await admin.call('POST', `${PATH}/test`)).body).toMatchObject({ status: 409, code: 'MAIL_NOT_CONFIGURED' })
})

test('what cannot work is refused by its field, and nothing is stored', async () => {
  const wrong = await put({ host: 'mail.example.org', tls: 'NONE', fromAddress: 'nobody', caCertificates: 'no PEM' })
  expect(wrong.status).toBe(400)
  expect(Object.keys(wrong.body.fields ?? {}).sort()).toEqual(['caCertificates', 'fromAddress', 'tls'])
  expect((await put({ ...good(), fromName: 'Cards\r\nBcc: eve@example.com' })).status).toBe(400)
  expect((await stored()).version).toBe(1)
})

test('a test mail goes to the caller by the stored settings', async () => {
  expect((await put(good(), LOGIN.password)).status).toBe(200)
  expect(await stored()).toMatchObject({ version: 2, passwordSet: true })
  expect(await admin.call('POST', `${PATH}/test`)).toMatchObject({ status: 200, body: { to: 'admin@example.org' } })
  expect(smtp.arrived.at(-1)).toMatchObject({ to: ['admin@example.org'], from: 'cms@example.org', tls: true })
  expect(smtp.logins).toEqual([`${LOGIN.user}/${LOGIN.password}`])
})

test('the password is never told; the audit says that it was changed', async () => {
  const answer = await admin.call('GET', PATH)
  expect(answer.text).not.toContain(LOGIN.password)
  const audit = await admin.call<{ rows: AuditEntry[] }>('GET', '/api/audit?action=settings.mail-changed')
  expect(audit.body.rows[0]).toMatchObject({
    objectLabel: 'Mail settings',
    details: { password: 'changed', host: ' → 127.0.0.1' },
  })
  expect(audit.text).not.toContain(LOGIN.password)
})

test('the stored password stays when only names change, and is never sent to another server, port, account or trust', async () => {
  expect((await put({ fromName: 'Card desk' })).status).toBe(200)
  for (const elsewhere of [
    { host: 'localhost' },
    { port: smtp.port + 1 },
    { user: 'somebody' },
    { tls: 'TLS' as const },
    { caCertificates: '' },
  ]) {
    const refused = await put(elsewhere)
    expect([elsewhere, refused.status, Object.keys(refused.body.fields ?? {})]).toEqual([elsewhere, 400, ['password']])
  }
  expect((await stored()).settings).toMatchObject({ ...good(), caCertificates: smtp.caCertificates.trim() })
  expect((await admin.call('POST', `${PATH}/test`)).status).toBe(200)
})

test('a wrong password, a certificate that is not trusted and a server that is away are told apart', async () => {
  await put({}, 'another password')
  expect((await admin.call('POST', `${PATH}/test`)).body).toMatchObject({ status: 502, code: 'MAIL_REFUSED' })
  await put({ caCertificates: '' }, LOGIN.password)
  expect((await admin.call('POST', `${PATH}/test`)).body).toMatchObject({ status: 502, code: 'MAIL_TLS' })
  const away = await startSmtpServer({ tls: 'STARTTLS' })
  await away.close()
  await put({ port: away.port }, LOGIN.password)
  expect((await admin.call('POST', `${PATH}/test`)).body).toMatchObject({ status: 503, code: 'MAIL_UNREACHABLE' })
})

test('a removed password is gone from the database, whatever versions there were', async () => {
  expect(await sealedPasswords()).toBe(1)
  expect((await put({ user: '' }, null)).status).toBe(200)
  expect([await sealedPasswords(), (await stored()).passwordSet]).toEqual([0, false])
})

test('who saves over a newer version is told, and nothing is lost', async () => {
  const { version, settings } = await stored()
  const answer = await admin.call('PUT', PATH, { version: version - 1, settings })
  expect(answer.body.code).toBe('VERSION_CONFLICT')
})
