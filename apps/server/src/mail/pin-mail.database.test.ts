import { getMailSettings, putMailSettings } from '@cardwright/adapters/db'
import { type SmtpTestServer, type SmtpTestServerOptions, startSmtpServer } from '@cardwright/adapters/testing/mail'
import { defaultMailSettings, type MailSettings } from '@cardwright/core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Letters, officer, openLetters, PIN, PUK } from '../deliveries/letters.fixture.ts'
import { repeatDelivery } from '../deliveries/repeat-delivery.ts'
import type { OutboxWorker } from '../jobs/outbox-worker.ts'

const HOUR = 3_600_000

let letters: Letters
let worker: OutboxWorker
let servers: SmtpTestServer[]
beforeEach(async () => {
  servers = []
  letters = await openLetters()
  worker = letters.startMail()
})
afterEach(async () => {
  await letters.close()
  for (const server of servers) await server.close()
})

const configure = async (change: Partial<MailSettings>): Promise<void> => {
  const { version, settings } = await getMailSettings(letters.db)
  const by = { actor: officer, at: letters.time.now }
  const input = { version, settings: { ...defaultMailSettings, ...settings, ...change }, sealedPassword: null }
  expect(await putMailSettings(letters.database, input, by)).toMatchObject({ ok: true })
}
/** A mail server on loopback that the settings trust. */
const serve = async (options: Partial<SmtpTestServerOptions> = {}): Promise<SmtpTestServer> => {
  const server = await startSmtpServer({ tls: 'STARTTLS', ...options })
  servers.push(server)
  const { port, caCertificates } = server
  await configure({ host: '127.0.0.1', port, caCertificates, fromAddress: 'cms@example.org' })
  return server
}
const queue = async (plan: Parameters<Letters['queue']>[0] = { pin: 'EMAIL' }): Promise<string> => {
  const [id] = await letters.queue(plan)
  if (!id) throw new Error('nothing was queued')
  return id
}
const repeat = (id: string) =>
  repeatDelivery(letters.database, id, { scope: 'ALL', note: '', by: officer, at: letters.time.now })
const changeAddress = (email: string | null) =>
  letters.db.updateTable('users').set({ email }).where('id', '=', letters.userId).execute()

test('N-1, N-5: the PIN arrives over TLS in the language of its holder, and is wiped with the note of it; the PUK stays', async () => {
  const server = await serve()
  const id = await queue()
  await worker.drain()
  expect(server.arrived).toHaveLength(1)
  const [mail] = server.arrived
  expect(mail).toMatchObject({ from: 'cms@example.org', to: ['anna@example.org'], tls: true })
  expect(mail?.headers['message-id']).toEqual([`<${id}@example.org>`])
  expect(mail?.subject).toMatch(/^PIN Ihrer Karte /)
  for (const body of [mail?.text, mail?.html]) {
    expect(body).toContain('Guten Tag Anna Lindström')
    expect(body).toContain(PIN)
    expect(body).not.toContain(PUK)
  }
  expect(JSON.stringify([mail?.subject, mail?.headers])).not.toContain(PIN)
  expect(await letters.delivery(id)).toMatchObject({ state: 'DELIVERED', recipient: 'anna@example.org', attempts: 1 })
  expect(await letters.secrets()).toEqual(['PUK'])
  expect(await letters.audited()).toEqual(['delivery.sent SUCCESS null'])
})

test('N-3, N-5: PIN and PUK are two mails; a delivered PUK stays for unlocking', async () => {
  const server = await serve()
  await queue({ pin: 'EMAIL', puk: 'EMAIL' })
  await worker.drain()
  const brings = server.arrived.map(({ text }) => [text.includes(PIN), text.includes(PUK)])
  expect(brings.sort()).toEqual([
    [false, true],
    [true, false],
  ])
  expect(await letters.secrets()).toEqual(['PUK'])
})

test('N-5: a mail server that is away loses nothing: it is tried later and later, and the mail arrives once', async () => {
  const away = await startSmtpServer({ tls: 'STARTTLS' })
  await away.close()
  await configure({ host: '127.0.0.1', port: away.port, fromAddress: 'cms@example.org' })
  const id = await queue()
  for (let second = 0; second < 8; second++) {
    await worker.drain()
    letters.time.now += 1000
  }
  expect(await letters.delivery(id)).toMatchObject({ state: 'WAITING', attempts: 3, lastError: 'MAIL_UNREACHABLE' })
  expect(await letters.secrets()).toEqual(['PIN', 'PUK'])
  expect(await repeat(id)).toMatchObject({ code: 'DELIVERY_WAITS' })
  const server = await serve()
  letters.time.now += HOUR
  await worker.drain()
  expect(server.arrived).toHaveLength(1)
  expect(await letters.delivery(id)).toMatchObject({ state: 'DELIVERED', lastError: null })
  expect(await letters.audited()).toEqual(['delivery.failed FAILURE MAIL_UNREACHABLE', 'delivery.sent SUCCESS null'])
})

test('N-5: after a day nobody tries any more; the PIN is still there, and repeating sends it', async () => {
  const away = await startSmtpServer({ tls: 'STARTTLS' })
  await away.close()
  await configure({ host: '127.0.0.1', port: away.port, fromAddress: 'cms@example.org' })
  const id = await queue()
  await worker.drain()
  letters.time.now += 25 * HOUR
  await worker.drain()
  expect(await letters.delivery(id)).toMatchObject({ state: 'FAILED', lastError: 'MAIL_UNREACHABLE' })
  expect(await letters.secrets()).toEqual(['PIN', 'PUK'])
  const server = await serve()
  expect(await repeat(id)).toMatchObject({ ok: true, value: { delivery: { state: 'WAITING', copy: 1 } } })
  await worker.drain()
  expect(server.arrived.map(({ text }) => text.includes(PIN))).toEqual([true])
  expect(await letters.secrets()).toEqual(['PUK'])
})

test('TLS is required: a server without STARTTLS, and one that nobody trusts, get no PIN', async () => {
  const open = await serve({ tls: 'NONE' })
  const id = await queue()
  await worker.drain()
  expect(await letters.delivery(id)).toMatchObject({ state: 'WAITING', lastError: 'MAIL_TLS' })
  const stranger = await serve()
  await configure({ caCertificates: '' })
  letters.time.now += HOUR
  await worker.drain()
  expect(await letters.delivery(id)).toMatchObject({ state: 'WAITING', attempts: 2, lastError: 'MAIL_TLS' })
  expect([open.arrived, stranger.arrived]).toEqual([[], []])
  expect(await letters.secrets()).toEqual(['PIN', 'PUK'])
})

test.each([
  ['an address that the mail server does not know', 'unknown@example.org', 'MAIL_REFUSED'],
  ['no address', null, 'NO_MAIL_ADDRESS'],
  ['an address with a second recipient', 'a@example.org\r\nBcc: eve@example.com', 'NO_MAIL_ADDRESS'],
])('N-5: %s fails at once and undoes nothing; corrected and repeated it arrives', async (_, wrong, code) => {
  const server = await serve()
  await changeAddress(wrong)
  const id = await queue()
  await worker.drain()
  expect(await letters.delivery(id)).toMatchObject({ state: 'FAILED', attempts: 1, lastError: code })
  expect(await letters.secrets()).toEqual(['PIN', 'PUK'])
  expect(server.arrived).toEqual([])
  await changeAddress('anna@example.org')
  expect(await repeat(id)).toMatchObject({ ok: true })
  await worker.drain()
  expect(server.arrived.map(({ to }) => to)).toEqual([['anna@example.org']])
  expect(await repeat(id)).toMatchObject({ code: 'DELIVERY_DONE' })
  expect(await letters.audited()).toEqual([
    `delivery.failed FAILURE ${code}`,
    `delivery.repeated SUCCESS ${code}`,
    'delivery.sent SUCCESS null',
  ])
})

test('N-5: without a mail server it fails at once, and says so', async () => {
  const id = await queue()
  await worker.drain()
  expect(await letters.delivery(id)).toMatchObject({ state: 'FAILED', lastError: 'MAIL_NOT_CONFIGURED' })
  expect(await letters.secrets()).toEqual(['PIN', 'PUK'])
})

test('N-5: a PIN that was changed while the mail server was away is not sent', async () => {
  const id = await queue()
  const server = await serve()
  await server.close()
  await worker.drain()
  await letters.change((tx, device) => tx.secrets.wipe(device.id, 'PIN'))
  const back = await serve()
  letters.time.now += HOUR
  await worker.drain()
  expect(back.arrived).toEqual([])
  expect(await letters.delivery(id)).toMatchObject({ state: 'WITHDRAWN' })
  expect(await repeat(id)).toMatchObject({ code: 'DELIVERY_GONE' })
})
