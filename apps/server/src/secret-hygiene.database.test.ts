import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readLetter } from '@cardwright/adapters/testing/letter'
import { type SmtpTestServer, startSmtpServer } from '@cardwright/adapters/testing/mail'
import { type IppTestServer, startIppTestServer } from '@cardwright/adapters/testing/printer'
import { readVirtualCardState } from '@cardwright/card-virtual'
import type { IssuanceOptions, IssuanceView, Reader, StoredMailSettings, User } from '@cardwright/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Answer, Client } from './testing/client.ts'
import { addLetterPrinter, endedDeliveries, generatePins, issueTo, verifiesPin } from './testing/delivered.ts'
import { holds } from './testing/holds.ts'
import { changeOption } from './testing/requests.ts'
import { everythingStored, shapes } from './testing/secret-search.ts'
import { PASSWORD, startTestHost, type TestServer } from './testing/test-server.ts'
import { assignCard, changePortalSettings, userNamed } from './testing/visitor.ts'

const INITIAL_PIN = '284917'
const HOLDER_PIN = '739152'
const MAIL_LOGIN = { user: 'cardwright', password: 'password of the mail account' }

let host: Awaited<ReturnType<typeof startTestHost>>
let server: TestServer
let smtp: SmtpTestServer
let printer: IppTestServer
beforeAll(async () => {
  host = await startTestHost()
  printer = await startIppTestServer()
  smtp = await startSmtpServer({ tls: 'STARTTLS', login: MAIL_LOGIN })
  // What the making of it says is searched too.
  server = await host.startTestServer({ fresh: true })
}, 90_000)
afterAll(async () => {
  await server.stop()
  await smtp.close()
  await printer.close()
  await host.stop()
})

/** Sends an initial password by mail, after a refused login and a refused mail; answers the password that arrived. */
const mailInitialPassword = async (admin: Client): Promise<string> => {
  const path = '/api/settings/mail'
  const { version, settings } = (await admin.call<StoredMailSettings>('GET', path)).body
  const changed = {
    ...settings,
    host: '127.0.0.1',
    port: smtp.port,
    caCertificates: smtp.caCertificates,
    user: MAIL_LOGIN.user,
    fromAddress: 'cms@example.org',
  }
  const { password } = MAIL_LOGIN
  await admin.call('PUT', path, { version, settings: { ...changed, tls: 'NONSENSE' }, password })
  await admin.call('PUT', path, { version: 99, settings: changed, password })
  expect((await admin.call('PUT', path, { version, settings: changed, password })).status).toBe(200)
  await admin.call('POST', `${path}/test`)
  await changePortalSettings(admin, { initialPasswordDelivery: 'EMAIL' })
  const user = await userNamed(admin, 'anna.lindstrom')
  await assignCard(admin, user.id, 1)
  await expect.poll(() => smtp.arrived.length, { timeout: 15_000 }).toBe(1)
  const delivered = async () =>
    (await admin.call<{ rows: unknown[] }>('GET', '/api/audit?action=delivery.sent')).body.rows
  await expect.poll(delivered, { timeout: 15_000 }).toMatchObject([{ objectLabel: user.email }])
  const found = /^ {4}(\S{8,})$/m.exec(smtp.arrived[0]?.text ?? '')?.[1]
  if (found === undefined) throw new Error('the mail brought no password')
  return found
}

/**
 * A generated PIN by letter, which fails until there is a printer and then is repeated, and its PUK by mail. Answers what
 * arrived, which the card accepts, and the PIN as it was stored until it was delivered.
 */
const deliverPinAndPuk = async (admin: Client) => {
  await generatePins(admin)
  await changeOption(admin, 'CardsPUKDeliveryMethod', 'email')
  const { deviceId, cardId } = await issueTo(admin, 'bjorn.aberg')
  const failed = await endedDeliveries(admin, deviceId)
  expect(failed).toMatchObject({ PIN: { state: 'FAILED' }, PUK: { state: 'DELIVERED' } })
  const stored = (await everythingStored(server.databaseUrl)).split('\n')
  const row = stored.find(line => /^secrets .*"kind": "PIN"/.test(line) && line.includes(deviceId)) ?? ''
  const sealed = /"sealed": "\\\\x([0-9a-f]+)"/.exec(row)?.[1] ?? ''
  expect(sealed.length).toBeGreaterThan(32)
  await addLetterPrinter(admin, printer.uri)
  expect(
    (await admin.call('POST', `/api/deliveries/${failed.PIN?.id}/repeat`, { note: 'there is a printer now' })).status,
  ).toBe(200)
  expect(await endedDeliveries(admin, deviceId)).toMatchObject({ PIN: { state: 'DELIVERED', copy: 1, to: 'Letters' } })
  expect((await admin.call('POST', `/api/devices/${deviceId}/initial-pin`)).body).toEqual({ pin: null })

  const letter = printer.printed[0]?.bytes ?? Buffer.alloc(0)
  const pin = (await readLetter(letter)).find(line => /^\d{6}$/.test(line)) ?? ''
  const mail = smtp.arrived.at(-1)
  const puk = /^ {4}(\d{8})$/m.exec(mail?.text ?? '')?.[1] ?? ''
  const file = join(server.dataDir, 'virtual-cards', `${cardId}.json`)
  expect(await verifiesPin(file, pin)).toBe(true)
  expect(Buffer.from((await readVirtualCardState(file)).piv.puk.value).toString('latin1')).toBe(puk)
  return { deviceId, pin, puk, sealed, letter, mail: mail?.text.split('\n').find(line => line.includes('Björn')) ?? '' }
}

test('N-5: no PIN, PUK, password, administration key or token reaches a log, an answer, the audit or the database', async () => {
  const answers: string[] = []
  const listen = (client: Client): Client => {
    const { call } = client
    client.call = async <T>(...args: Parameters<Client['call']>): Promise<Answer<T>> => {
      const answer = await call<T>(...args)
      answers.push(answer.text)
      return answer
    }
    return client
  }
  const oneTimeToken = new URL(server.server.setupLink ?? '').hash.slice('#token='.length)
  const admin = await server.administrator()
  const csrfToken = admin.csrfToken
  listen(admin)
  const stored = await admin.call<{ version: number; settings: object }>('GET', '/api/settings/security')
  await admin.call('PUT', '/api/settings/security', {
    version: stored.body.version,
    settings: { ...stored.body.settings, changePinDuringIssuance: true },
  })

  const user = (await admin.call<{ rows: User[] }>('GET', '/api/users?q=li.wei')).body.rows[0]
  const reader = (await admin.call<{ readers: Reader[] }>('GET', '/api/readers')).body.readers[0]
  const optionsPath = `/api/users/${user?.id}/issuance-options?readerId=${reader?.id}`
  const policy = (await admin.call<IssuanceOptions>('GET', optionsPath)).body.policies.find(
    p => p.name === 'PIV, P-256',
  )
  const request = { userId: user?.id, readerId: reader?.id, insertion: reader?.card?.insertion, policyId: policy?.id }
  const start = (body: object, key: string) =>
    admin.call<IssuanceView>('POST', '/api/issuances', body, { 'idempotency-key': key })

  // Refused requests carry secrets too.
  await start({ ...request, action: 'NONSENSE', pin: INITIAL_PIN }, 'a')
  await start({ ...request, action: 'ISSUE', policyVersion: 99, pin: INITIAL_PIN }, 'b')
  await admin.call('POST', '/api/session/password', { loginName: PASSWORD, password: PASSWORD })
  const { body } = await start({ ...request, action: 'ISSUE', pin: INITIAL_PIN }, 'c')
  const ended = async () => (await admin.call<IssuanceView>('GET', `/api/issuances/${body.id}`)).body.state
  await expect.poll(ended, { timeout: 15_000 }).toBe('WAITING_FOR_PIN')
  await admin.call('POST', `/api/issuances/${body.id}/holder-pin`, { newPin: HOLDER_PIN })
  expect(await ended()).toBe('COMPLETED')
  const mailed = await mailInitialPassword(admin)
  expect(smtp.logins).toContain(`${MAIL_LOGIN.user}/${MAIL_LOGIN.password}`)
  const delivered = await deliverPinAndPuk(admin)
  expect(delivered.mail).toContain('Dear Björn')
  for (const id of [body.deviceId, delivered.deviceId]) await admin.call('GET', `/api/devices/${id}/timeline`)
  await admin.call('GET', '/api/audit')

  const card = await readVirtualCardState(
    join(server.dataDir, 'virtual-cards', `yubikey-5.7-${reader?.card?.serial}.json`),
  )
  // What is looked for is what really is on the card: otherwise this test could not fail.
  expect(Buffer.from(card.piv.pin.value).toString('latin1').slice(0, 6)).toBe(HOLDER_PIN)
  const puk = Buffer.from(card.piv.puk.value).toString('latin1')
  expect(puk).toMatch(/^\d{8}$/)
  expect(puk).not.toBe('12345678')
  const master = JSON.parse(readFileSync(join(server.dataDir, 'keys', 'master.json'), 'utf8')).secret as string

  const secrets = [
    ...shapes('initial PIN', INITIAL_PIN),
    ...shapes('holder PIN', HOLDER_PIN),
    ...shapes('PUK', puk),
    ...shapes('administration key', card.piv.administrationKey.key),
    ...shapes('password', PASSWORD),
    ...shapes('mail password', MAIL_LOGIN.password),
    ...shapes('mailed initial password', mailed),
    ...shapes('mailed initial password as it is compared', mailed.replaceAll('-', '')),
    ...shapes('delivered PIN', delivered.pin),
    ...shapes('delivered PUK', delivered.puk),
    ...shapes('letter', delivered.letter.subarray(100, 160)),
    ...shapes('mail', delivered.mail),
    ['delivered PIN as it was sealed', delivered.sealed] as [string, string],
    ...shapes('one-time token', oneTimeToken),
    ...shapes('master secret', Uint8Array.from(Buffer.from(master, 'base64'))),
    ...shapes('session cookie', admin.cookie.split('=')[1] ?? ''),
  ]
  const places = {
    log: server.logged(),
    answers: answers.join('\n'),
    database: await everythingStored(server.databaseUrl),
  }
  expect(places.log).toContain('"route":"/api/issuances"')
  expect(places.database).toMatch(/^idempotency_keys .*"DONE"/m)
  expect(places.database).toMatch(/^deliveries .*"sealed": null/m)
  expect(places.database).toMatch(new RegExp(`^secrets .*"kind": "PUK".*${delivered.deviceId}`, 'm'))
  for (const [where, text] of Object.entries(places)) {
    const found = secrets.filter(([, secret]) => holds(text, secret)).map(([name]) => name)
    expect([where, found]).toEqual([where, []])
  }
  expect(places.log).not.toContain(csrfToken)
})
