import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  action,
  addDevice,
  configure,
  device,
  done,
  issueButton,
  pinAgainField,
  pinField,
  policy,
} from './add-device.ts'
import { openBrowser, type TestBrowser } from './browser.ts'
import { devicesOf, ocspStatus } from './certificates.ts'
import { api, changeSettings, must, policyNamed, userNamed } from './command-line.ts'
import { holdAtCertificates } from './database.ts'
import { pictureFailures } from './failure-picture.ts'
import { button, openUser, signUp, tabTo, tileOf } from './operator.ts'
import { expectNowhere } from './secrets.ts'
import { startServer, type TestServer } from './server.ts'
import { t } from './texts.ts'
import { insertAgain, insertBlank, pinOpens, remove } from './virtual-cards.ts'

const password = 'four green chairs in the hall'
const pin = '58203917'
const keyboardPin = '70415826'
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

test("I-1 the user page shows the user's data, says that there is no device, and offers Add Device", async () => {
  const { page } = browser
  await openUser(page, 'Anna Lindström')
  for (const text of ['anna.lindstrom@meridian.example', 'Finance', '10001']) {
    await page.getByText(text).first().waitFor()
  }
  await page.getByText(t('user.noDevices.title')).waitFor()
  await page.getByRole('link', { name: t('user.addDevice') }).waitFor()
})

test('I-2 connected devices appear and vanish by themselves', async () => {
  const { page } = browser
  const serial = await insertBlank(server, 'yubikey-5.7')
  await addDevice(page, 'Anna Lindström')
  const tile = device(page, serial.slice(-4))
  await tile.waitFor()
  const empty = page.getByText(t('addDevice.emptyReader', { reader: 'Virtual reader 1' }))
  await remove(server, 'virtual:1')
  await empty.waitFor()
  expect(await tile.count()).toBe(0)
  await insertAgain(server, serial, 'virtual:2')
  await tile.waitFor()
  await remove(server, 'virtual:2')
  await insertAgain(server, serial, 'virtual:1')
  await tile.waitFor()
  expect(await empty.count()).toBe(0)
})

test('I-2 Refresh devices reads the readers anew', async () => {
  const { page } = browser
  const [answer] = await Promise.all([
    page.waitForResponse(response => new URL(response.url()).pathname === '/api/readers'),
    button(page, t('addDevice.refresh')).click(),
  ])
  expect(answer.status()).toBe(200)
})

test('I-2 a slow answer does not bring back a device that has gone meanwhile', async () => {
  const { page } = browser
  const gone = Promise.withResolvers<void>()
  const late = Promise.withResolvers<void>()
  await page.route('**/api/readers', async route => {
    const response = await route.fetch()
    late.resolve()
    await gone.promise
    // Refused if the page has given the request up, as it should.
    await route.fulfill({ response }).catch(() => undefined)
  })
  await button(page, t('addDevice.refresh')).click()
  await late.promise
  expect(await device(page, 'Virtual reader 1').count(), 'the device was there when the answer was made').toBe(1)
  await remove(server, 'virtual:1')
  const empty = page.getByText(t('addDevice.emptyReader', { reader: 'Virtual reader 1' }))
  await empty.waitFor()
  gone.resolve()
  await page.unrouteAll({ behavior: 'wait' })
  await page.evaluate('new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))')
  expect(await empty.count()).toBe(1)
  await insertBlank(server, 'yubikey-5.7')
})

test('I-2 a virtual card is put in and taken out on the page, and is marked as virtual', async () => {
  const { page } = browser
  await button(page, t('addDevice.openDrawer', { reader: 'Virtual reader 3' })).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /Insert PIV card/ })
    .first()
    .click()
  const tile = device(page, 'Virtual reader 3')
  await tile.waitFor()
  expect(await tile.textContent()).toContain(t('device.virtual'))
  await button(page, t('addDevice.removeLabel', { reader: 'Virtual reader 3' })).click()
  await page.getByText(t('addDevice.emptyReader', { reader: 'Virtual reader 3' })).waitFor()
})

test('I-2 the action type is Issue Device unless Assign Device or Produce Device is chosen', async () => {
  const { page } = browser
  await action(page, 'addDevice.ISSUE').waitFor()
  expect(await action(page, 'addDevice.ISSUE').isChecked()).toBe(true)
  await action(page, 'addDevice.PRODUCE').click()
  await button(page, t('addDevice.do.PRODUCE')).waitFor()
  await action(page, 'addDevice.ASSIGN').click()
  await button(page, t('addDevice.do.ASSIGN')).waitFor()
  expect(await page.getByRole('radiogroup', { name: t('addDevice.policy'), exact: true }).count()).toBe(0)
  await action(page, 'addDevice.ISSUE').click()
})

test("I-3 only the policies of the user's group are offered; one that does not fit the card says why", async () => {
  const { page } = browser
  await insertBlank(server, 'yubikey-5.2')
  await addDevice(page, 'Rosa Núñez')
  const group = page.getByRole('radiogroup', { name: t('addDevice.policy'), exact: true })
  await policy(page, 'PIV, P-256').waitFor()
  expect(await group.getByRole('radio').count()).toBe(2)
  await addDevice(page, 'Anna Lindström')
  const unfit = policy(page, 'Security key, RSA-4096 with touch')
  await unfit.waitFor()
  expect(await unfit.isDisabled()).toBe(true)
  expect(await unfit.textContent()).toMatch(/Slot 9A needs RSA-4096; this card has .*RSA-2048/)
  expect(await group.getByRole('radio').count()).toBe(4)
})

test('I-3 policies that do not fit are left out when the security settings say so', async () => {
  const { page } = browser
  await changeSettings(server, { showUnfitPolicies: false })
  await addDevice(page, 'Anna Lindström')
  await policy(page, 'PIV, P-256').waitFor()
  await policy(page, 'Security key, RSA-4096 with touch').waitFor({ state: 'detached' })
  await changeSettings(server, { showUnfitPolicies: true })
})

test('I-4 the PIN rules stand behind an info button and are checked one by one while the PIN is typed', async () => {
  const { page } = browser
  await insertBlank(server, 'yubikey-5.7')
  await configure(page, 'Anna Lindström', 'PIV, P-256')
  await button(page, t('pin.rulesButton')).click()
  await page
    .getByRole('dialog')
    .getByText(t('pin.LENGTH', { min: 6, max: 8 }))
    .waitFor()
  await page.keyboard.press('Escape')

  const rule = (text: string, kept: boolean) =>
    page.getByRole('listitem').filter({ hasText: `${text}, ${t(kept ? 'pin.kept' : 'pin.broken')}` })
  const length = t('pin.LENGTH', { min: 6, max: 8 })
  const run = t('pin.SEQUENCE', { max: 3 })
  await pinField(page).pressSequentially('1234')
  await rule(length, false).waitFor()
  await rule(run, false).waitFor()
  await rule(t('pin.DIGITS'), true).waitFor()
  await pinField(page).pressSequentially('56')
  await rule(length, true).waitFor()
  await rule(t('pin.FACTORY'), false).waitFor()
  expect(await issueButton(page).isDisabled()).toBe(true)
  await pinField(page).fill('11122a')
  await rule(t('pin.REPEATED', { max: 2 }), false).waitFor()
  await rule(t('pin.DIGITS'), false).waitFor()
  await pinField(page).fill(pin)
  await page.getByText(t('pin.summary', { kept: 6, all: 6 })).waitFor()
  expect(await issueButton(page).isEnabled()).toBe(true)
})

test('I-4 the server enforces the same rules: a PIN that breaks one is refused and nothing begins', async () => {
  const user = await userNamed(server, 'Anna Lindström')
  const { id } = await policyNamed(server, 'PIV, P-256')
  type Readers = { readers: { id: string; card: { insertion: string } | null }[] }
  const { readers } = await must<Readers>(server, 'GET', '/api/readers')
  const reader = readers.find(r => r.card !== null)
  const request = { userId: user.id, readerId: reader?.id, insertion: reader?.card?.insertion, action: 'ISSUE' }
  for (const bad of ['123456', '5820', '58a203', '111258', '98765201']) {
    const answer = await api<{ code: string }>(server, 'POST', '/api/issuances', { ...request, policyId: id, pin: bad })
    expect(answer).toMatchObject({ status: 422, body: { code: 'PIN_BREAKS_RULES' } })
  }
  expect(await devicesOf(server, user.id)).toEqual([])
})

test('I-5 Displayed: the PIN is visible and entered once, and it is the PIN of the card', async () => {
  const { page } = browser
  const serial = await insertBlank(server, 'yubikey-5.7')
  await configure(page, 'Björn Åberg', 'PIV, P-256')
  expect(await pinField(page).getAttribute('type')).toBe('text')
  expect(await pinAgainField(page).count()).toBe(0)
  await pinField(page).fill(pin)
  const held = await holdAtCertificates(server)
  await issueButton(page).click()
  await held.reached()

  // I-11: the bar, the named steps ticking off, and what not to do meanwhile.
  await page.getByText(t('issuance.keep')).waitFor()
  const bar = page.getByRole('progressbar', { name: t('issuance.progress') })
  await expect.poll(async () => Number(await bar.getAttribute('aria-valuenow'))).toBeGreaterThan(20)
  const steps = page.getByRole('list', { name: t('issuance.stepsTitle') }).getByRole('listitem')
  const step = (text: string) => steps.filter({ hasText: text })
  const made = t('step.generate-key', { slot: '9A' })
  await step(`${made}, ${t('issuance.stepState.DONE')}`).waitFor()
  await step(`${t('step.write-certificate', { slot: '9E' })}, ${t('issuance.stepState.PENDING')}`).waitFor()
  await page.getByText(t('issuance.elapsed')).waitFor()
  await held.letGo()

  await done(page, 'issued.active', serial, 'Björn Åberg')
  expect(await pinOpens(server, serial, pin)).toBe(true)
  expect(await pinOpens(server, serial, keyboardPin)).toBe(false)
})

test('I-11 I-1 after success the user page shows the device as Active, highlighted, with four certificates', async () => {
  const { page } = browser
  const { id } = await userNamed(server, 'Björn Åberg')
  const [issued] = await devicesOf(server, id)
  const tile = tileOf(page, issued?.serial ?? '')
  await tile.getByText(t('state.active'), { exact: true }).waitFor()
  await tile.getByText('PIV, P-256').waitFor()
  const rows = tile.getByRole('list', { name: t('device.certificates') }).getByRole('listitem')
  expect(await rows.count()).toBe(4)
  for (const [index, slot] of ['9A', '9C', '9D', '9E'].entries()) {
    const row = await rows.nth(index).textContent()
    expect(row).toContain(slot)
    expect(row).toContain(t('credential.valid'))
    expect(row).toMatch(/20\d\d/)
  }
  for (const credential of issued?.credentials ?? []) expect(await ocspStatus(server, credential)).toBe('good')
  const highlighted = await tile.getAttribute('class')
  await page.reload()
  await tile.waitFor()
  expect(await tile.getAttribute('class'), 'highlighted once only').not.toBe(highlighted)
})

test('Keyboard only: from search to issued without a mouse in at most six activations', async () => {
  const { page } = browser
  const serial = await insertBlank(server, 'yubikey-5.2')
  await page.goto(`${server.url}/operator`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  let activations = 0
  const activate = async (key: 'Enter' | 'Space') => {
    activations += 1
    await page.keyboard.press(key)
  }
  await page.keyboard.press('/')
  await page.keyboard.type('carmen')
  await activate('Enter')
  await page.getByRole('heading', { level: 1, name: 'Carmen Ortiz Peña' }).waitFor()
  await tabTo(page, page.getByRole('link', { name: t('user.addDevice') }))
  await activate('Enter')
  await tabTo(page, policy(page, 'PIV, P-256'))
  await activate('Space')
  await tabTo(page, pinField(page))
  await page.keyboard.type(keyboardPin)
  await activate('Enter')
  await done(page, 'issued.active', serial, 'Carmen Ortiz Peña')
  expect(activations).toBeLessThanOrEqual(6)
  expect(await pinOpens(server, serial, keyboardPin)).toBe(true)
})

test('No PIN and no password is found in an address, in storage, in the log or in the database', async () => {
  await expectNowhere([pin, keyboardPin, password], server, browser)
  expect(browser.faults).toEqual([])
})
