import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { configure, done, issueButton, typePin } from './add-device.ts'
import { openBrowser, type TestBrowser } from './browser.ts'
import { devicesOf, ocspStatus, revocationList } from './certificates.ts'
import { changeSettings, must, userNamed } from './command-line.ts'
import { connect, holdAtCertificates } from './database.ts'
import { pictureFailures } from './failure-picture.ts'
import { button, openUser, signUp, tileOf } from './operator.ts'
import { expectNowhere } from './secrets.ts'
import { startServer, type TestServer } from './server.ts'
import { t } from './texts.ts'
import { insertAgain, insertBlank, isBlank, pinOpens, remove, stateOf } from './virtual-cards.ts'

const password = 'paper boats in a grey harbour'
const pin = '83150264'
const P256 = 'PIV, P-256'
let server: TestServer
let browser: TestBrowser
pictureFailures(() => browser)
beforeAll(async () => {
  server = await startServer()
  browser = await openBrowser()
  await changeSettings(server, { pinDisplayMode: 'DISPLAYED', changePinDuringIssuance: false })
  await signUp(browser.page, server.setupLink, password)
})
afterAll(async () => {
  await browser?.close()
  await server?.remove()
})

const failureDialog = (page: Page) => page.getByRole('dialog', { name: t('failure.title.ISSUE') })

/** Starts an issuance and pulls the card after its certificates were issued and before they are on it. */
const pullInTheMiddle = async (page: Page, user: string): Promise<string> => {
  const serial = await insertBlank(server, 'yubikey-5.7')
  await configure(page, user, P256)
  await typePin(page, pin)
  const held = await holdAtCertificates(server)
  await issueButton(page).click()
  await held.reached()
  await remove(server, 'virtual:1')
  await held.letGo()
  await failureDialog(page).waitFor()
  return serial
}

/** Certificates that the CA has issued for a card's last issuance, by their state; the CA's own table, not the server's view. */
const issuedFor = async (serial: string): Promise<Record<string, number>> => {
  const client = await connect(server)
  const { rows } = await client.query(
    `SELECT status, count(*)::int AS count FROM authority_certificates c
     WHERE starts_with(c.idempotency_key, (
       SELECT id::text FROM issuances WHERE serial = $1 AND kind = 'ISSUE' ORDER BY started_at DESC LIMIT 1))
     GROUP BY status`,
    [serial],
  )
  await client.end()
  return Object.fromEntries(rows.map(row => [row.status, row.count]))
}

let pulled = ''
test('I-12 a card pulled in the middle: a dialog says what happened, at which step and what to do, and copies it', async () => {
  const { page } = browser
  pulled = await pullInTheMiddle(page, 'Anna Lindström')
  const dialog = failureDialog(page)
  await dialog.getByText('The card was removed while it was being written.').first().waitFor()
  await dialog.getByText('Put the same card back, then Retry.').first().waitFor()
  const facts = (await dialog.textContent()) ?? ''
  expect(facts).toContain(t('failure.what'))
  expect(facts).toContain(t('failure.step'))
  expect(facts).toMatch(/certificate/i)
  await button(dialog, t('failure.retry')).waitFor()
  await button(dialog, t('failure.cancel')).waitFor()
  await button(dialog, t('failure.copy')).click()
  const copied = String(await page.evaluate('navigator.clipboard.readText()'))
  expect(copied).toContain('CARD_REMOVED')
  expect(copied).toContain(pulled)
  expect(copied).not.toContain(pin)
})

test('I-13 nothing can be edited, and a Retry with another card is refused', async () => {
  const { page } = browser
  const dialog = failureDialog(page)
  expect(await dialog.getByRole('textbox').count()).toBe(0)
  await dialog.getByText(t('failure.same')).waitFor()
  await insertBlank(server, 'yubikey-5.7')
  await button(dialog, t('failure.retry')).click()
  await page
    .getByText(/The card in the reader is not the one this was started with/)
    .first()
    .waitFor()
  await button(failureDialog(page), t('failure.retry')).waitFor()
})

test('I-13 Retry with the same card goes on with the same policy and PIN; there is no second certificate', async () => {
  const { page } = browser
  await remove(server, 'virtual:1')
  await insertAgain(server, pulled)
  await button(failureDialog(page), t('failure.retry')).click()
  await done(page, 'issued.active', pulled, 'Anna Lindström')
  expect(await pinOpens(server, pulled, pin)).toBe(true)
  await tileOf(page, pulled).getByText(P256).waitFor()
  const counted = await issuedFor(pulled)
  expect(Object.values(counted)).toEqual([4])
})

let cancelled = ''
test('I-14 I-15 Cancel leads back to the user page; the device is gone and its certificates are revoked', async () => {
  const { page } = browser
  const user = await userNamed(server, 'Björn Åberg')
  cancelled = await pullInTheMiddle(page, user.displayName)
  const [device] = await devicesOf(server, user.id)
  const credentials = device?.credentials ?? []
  await button(failureDialog(page), t('failure.cancel')).click()
  await page.getByRole('heading', { level: 1, name: user.displayName }).waitFor()
  await page.getByText(t('user.noDevices.title')).waitFor()
  expect(await devicesOf(server, user.id)).toEqual([])

  expect(credentials).toHaveLength(4)
  await expect.poll(async () => (await revocationList(server)).size, { timeout: 15_000 }).toBeGreaterThanOrEqual(4)
  const revoked = await revocationList(server)
  for (const credential of credentials) {
    expect(revoked.get(credential.serialNumber)).toBe('Cessation Of Operation')
    expect(await ocspStatus(server, credential)).toMatch(/^revoked/)
  }
})

test('I-14 a new start with another PIN needs the cancelled card to be recycled, and then it works', async () => {
  const { page } = browser
  await insertAgain(server, cancelled)
  await page.getByRole('link', { name: t('user.addDevice') }).click()
  await button(page, t('addDevice.recycleHere')).click()
  await button(page.getByRole('dialog'), t('recycle.do')).click()
  await page
    .getByText(t('issued.recycled', { last: cancelled.slice(-4) }))
    .first()
    .waitFor()
  expect(isBlank(await stateOf(server, cancelled))).toBe(true)
  await configure(page, 'Björn Åberg', P256)
  await typePin(page, '50926173')
  await issueButton(page).click()
  await done(page, 'issued.active', cancelled, 'Björn Åberg')
  expect(await pinOpens(server, cancelled, '50926173')).toBe(true)
})

test('I-16 a tab closed on a failed issuance: a banner tells of it, and the device is recycled from there', async () => {
  const user = await userNamed(server, 'Carmen Ortiz Peña')
  const closing = await browser.context.newPage()
  await closing.goto(`${server.url}/operator`)
  const serial = await pullInTheMiddle(closing, user.displayName)
  await closing.close()

  const { page } = browser
  await openUser(page, user.displayName)
  await page.getByText(new RegExp(`Issuing device …${serial.slice(-4)} failed`)).waitFor()
  await page.getByRole('link', { name: t('banner.resolve') }).waitFor()
  const tile = tileOf(page, serial)
  await tile.getByText(t('state.failed'), { exact: true }).waitFor()
  await insertAgain(server, serial)
  await button(tile, t('device.actionsFor', { last: serial.slice(-4) })).click()
  await page.getByRole('menuitem', { name: t('action.recycle') }).click()
  await page.getByText(t('recycle.found', { reader: 'Virtual reader 1' })).waitFor()
  await button(page, t('recycle.do')).click()
  await page
    .getByText(t('issued.recycled', { last: serial.slice(-4) }))
    .first()
    .waitFor()

  expect(isBlank(await stateOf(server, serial))).toBe(true)
  expect(await devicesOf(server, user.id)).toEqual([])
  const { rows } = await must<{ rows: { state: string; reason: string }[] }>(server, 'GET', `/api/devices?q=${serial}`)
  expect(rows[0]).toMatchObject({ state: 'AVAILABLE', reason: 'RECYCLE' })
})

test('I-16 I-17 kill -9 of the server in the middle: after a restart on the same data Retry completes it', async () => {
  const { page } = browser
  const user = await userNamed(server, "Daniel O'Connor")
  const serial = await insertBlank(server, 'yubikey-5.7')
  await configure(page, user.displayName, P256)
  await typePin(page, pin)
  const held = await holdAtCertificates(server)
  await issueButton(page).click()
  await held.reached()
  await server.kill()
  await held.letGo()
  await server.start()

  await failureDialog(page).waitFor()
  await button(failureDialog(page), t('failure.retry')).click()
  await done(page, 'issued.active', serial, user.displayName)
  expect(await pinOpens(server, serial, pin)).toBe(true)
  const counted = await issuedFor(serial)
  expect(Object.values(counted)).toEqual([4])
  const [device] = await devicesOf(server, user.id)
  const current = device?.credentials.filter(credential => credential.state === 'ISSUED') ?? []
  expect(current).toHaveLength(4)
  for (const credential of current) expect(await ocspStatus(server, credential)).toBe('good')
})

test('I-12 no PIN is found in an address, in storage, in the log or in the database after failures', async () => {
  await expectNowhere([pin, '50926173', password], server, browser)
  // The killed server's page meets refused connections; anything else would be a fault of ours.
  expect(browser.faults.filter(fault => !fault.includes('ERR_CONNECTION_REFUSED'))).toEqual([])
})
