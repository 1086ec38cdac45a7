import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { configure, done, issue, issueButton, pinAgainField, pinField, setNewPin } from './add-device.ts'
import { openBrowser, type TestBrowser } from './browser.ts'
import { devicesOf } from './certificates.ts'
import { api, changeSettings, must, userNamed } from './command-line.ts'
import { pictureFailures } from './failure-picture.ts'
import { button, chooseAction, openActions, openUser, signInAs, signUp, tileOf } from './operator.ts'
import { expectNowhere } from './secrets.ts'
import { startServer, type TestServer } from './server.ts'
import { t } from './texts.ts'
import { insertAgain, insertBlank, isBlank, pinOpens, remove, stateOf } from './virtual-cards.ts'

const password = 'an orange kite above the dunes'
const typed = { disguised: '40718265', first: '93051748', second: '62840519', third: '17492608' }
const shown: string[] = []
let server: TestServer
let browser: TestBrowser
pictureFailures(() => browser)
beforeAll(async () => {
  server = await startServer()
  browser = await openBrowser()
  await signUp(browser.page, server.setupLink, password)
})
afterAll(async () => {
  await browser?.close()
  await server?.remove()
})

const P256 = 'PIV, P-256'
/** The PIN in the open Get Initial PIN dialog. */
const askForPin = async (page: Page, serial: string): Promise<string> => {
  await chooseAction(page, serial, t('action.initial-pin'))
  const dialog = page.getByRole('dialog', { name: t('initialPin.title') })
  await button(dialog, t('initialPin.show')).click()
  await dialog
    .getByText(t('initialPin.label'), { exact: true })
    .or(dialog.getByText(t('initialPin.gone')))
    .waitFor()
  const pin = /(?<!\d)\d{6,8}(?!\d)/.exec((await dialog.textContent()) ?? '')?.[0] ?? ''
  await dialog
    .getByRole('button', { name: t('common.close') })
    .last()
    .click()
  await dialog.waitFor({ state: 'detached' })
  return pin
}

test('I-6 Disguised: the PIN is masked and entered twice; a mismatch blocks', async () => {
  const { page } = browser
  await changeSettings(server, { pinDisplayMode: 'DISGUISED', changePinDuringIssuance: false })
  const serial = await insertBlank(server, 'yubikey-5.7')
  await configure(page, 'Anna Lindström', P256)
  expect(await pinField(page).getAttribute('type')).toBe('password')
  expect(await pinAgainField(page).getAttribute('type')).toBe('password')
  await pinField(page).fill(typed.disguised)
  await pinAgainField(page).fill('40718256')
  await page.getByText(t('addDevice.pinMismatch')).waitFor()
  expect(await issueButton(page).isDisabled()).toBe(true)
  await pinAgainField(page).fill(typed.disguised)
  await page.getByText(t('addDevice.pinMatches')).waitFor()
  await issueButton(page).click()
  await done(page, 'issued.active', serial, 'Anna Lindström')
  expect(await pinOpens(server, serial, typed.disguised)).toBe(true)
})

test('I-7 Not Displayed with Change = Yes: no PIN before, the user is asked for a new one twice at the end', async () => {
  const { page } = browser
  await changeSettings(server, { pinDisplayMode: 'NOT_DISPLAYED', changePinDuringIssuance: true })
  const serial = await insertBlank(server, 'yubikey-5.2')
  await configure(page, 'Björn Åberg', P256)
  await page.getByText(t('addDevice.pinAtEnd', { user: 'Björn Åberg' })).waitFor()
  expect(await pinField(page).count()).toBe(0)
  await issueButton(page).click()
  await page.getByRole('heading', { name: t('issuance.newPin.title', { user: 'Björn Åberg' }) }).waitFor()
  const set = button(page, t('issuance.newPin.do'))
  await page.getByLabel(t('issuance.newPin'), { exact: true }).fill('123456')
  await page.getByLabel(t('issuance.newPinAgain'), { exact: true }).fill('123456')
  expect(await set.isDisabled(), 'the rules of the policy hold here too').toBe(true)
  await page.getByLabel(t('issuance.newPin'), { exact: true }).fill(typed.first)
  await page.getByLabel(t('issuance.newPinAgain'), { exact: true }).fill('93051749')
  await page.getByText(t('addDevice.pinMismatch')).waitFor()
  expect(await set.isDisabled()).toBe(true)
  await setNewPin(page, typed.first)
  await done(page, 'issued.active', serial, 'Björn Åberg')
  expect(await pinOpens(server, serial, typed.first)).toBe(true)

  // I-10: nothing once the PIN was changed; the action says why, and the server gives nothing either.
  await openActions(page, serial)
  const item = page.getByRole('menuitem', { name: t('action.initial-pin') })
  expect(await item.isDisabled()).toBe(true)
  expect(await item.textContent()).toMatch(/No PIN is stored/)
  const [device] = await devicesOf(server, (await userNamed(server, 'Björn Åberg')).id)
  const answer = await api<{ pin?: string | null }>(server, 'POST', `/api/devices/${device?.id}/initial-pin`)
  expect(answer.body.pin ?? null).toBeNull()
})

test('I-9 Displayed with Change = Yes: a PIN at the beginning and the user’s own at the end', async () => {
  const { page } = browser
  await changeSettings(server, { pinDisplayMode: 'DISPLAYED', changePinDuringIssuance: true })
  const serial = await insertBlank(server, 'yubikey-5.7')
  await configure(page, 'Carmen Ortiz Peña', P256)
  await page.getByText(t('addDevice.pinAtEnd', { user: 'Carmen Ortiz Peña' })).waitFor()
  await pinField(page).fill(typed.second)
  await issueButton(page).click()
  await page.getByRole('heading', { name: t('issuance.newPin.title', { user: 'Carmen Ortiz Peña' }) }).waitFor()
  expect(await pinOpens(server, serial, typed.second)).toBe(true)
  await setNewPin(page, typed.third)
  await done(page, 'issued.active', serial, 'Carmen Ortiz Peña')
  expect(await pinOpens(server, serial, typed.second)).toBe(false)
  expect(await pinOpens(server, serial, typed.third)).toBe(true)
})

test('I-8 Not Displayed with Change = No: no PIN prompt; Get Initial PIN shows the PIN that the card really has', async () => {
  const { page } = browser
  await changeSettings(server, { pinDisplayMode: 'NOT_DISPLAYED', changePinDuringIssuance: false })
  const serial = await insertBlank(server, 'yubikey-5.7')
  await configure(page, "Daniel O'Connor", P256)
  await page.getByText(t('addDevice.pinDelivered')).waitFor()
  expect(await pinField(page).count()).toBe(0)
  await issueButton(page).click()
  await done(page, 'issued.active', serial, "Daniel O'Connor")
  const pin = await askForPin(page, serial)
  shown.push(pin)
  expect(pin).toMatch(/^\d{6,8}$/)
  expect(await pinOpens(server, serial, pin)).toBe(true)
  expect(await pinOpens(server, serial, '123456')).toBe(false)
})

test('I-10 Get Initial PIN is audited, and an auditor may not use it', async () => {
  const { page } = browser
  await page.reload()
  await page
    .getByRole('list')
    .getByText(/initial PIN/i)
    .first()
    .waitFor()
  const user = await userNamed(server, "Daniel O'Connor")
  const [device] = await devicesOf(server, user.id)
  const auditor = await browser.other()
  await signInAs(auditor.page, server, 'Siobhán Kelly', 'AUDITOR', `${password} seen by an auditor`)
  await openUser(auditor.page, user.displayName)
  await openActions(auditor.page, device?.serial ?? '')
  const item = auditor.page.getByRole('menuitem', { name: t('action.initial-pin') })
  expect(await item.isDisabled()).toBe(true)
  const session = await (await auditor.page.request.get(`${server.url}/api/session`)).json()
  const answer = await auditor.page.request.post(`${server.url}/api/devices/${device?.id}/initial-pin`, {
    headers: { 'x-csrf-token': session.csrfToken },
  })
  expect(answer.status()).toBe(403)
  expect(auditor.faults).toEqual([])
  await auditor.close()
})

test('I-10 the help desk may get the initial PIN but not issue', async () => {
  const person = await browser.other()
  const user = await userNamed(server, "Daniel O'Connor")
  const [device] = await devicesOf(server, user.id)
  await signInAs(person.page, server, 'Quentin Dubois', 'HELP_DESK', `${password} at the help desk`)
  await openUser(person.page, user.displayName)
  expect([await askForPin(person.page, device?.serial ?? '')]).toEqual(shown)
  await insertBlank(server, 'yubikey-5.2')
  await person.page.getByRole('link', { name: t('user.addDevice') }).click()
  const kinds = person.page.getByRole('radiogroup', { name: t('addDevice.action'), exact: true })
  const own = kinds.getByRole('radio', { name: t('addDevice.ISSUE') })
  await own.waitFor()
  expect(await own.isDisabled()).toBe(true)
  expect(await kinds.getByRole('radio', { name: t('addDevice.ASSIGN') }).isEnabled()).toBe(true)
  await person.close()
})

test('I-10 Get Initial PIN answers nothing once the device is terminated, nor after it is recycled', async () => {
  const { page } = browser
  const user = await userNamed(server, "Daniel O'Connor")
  const [device] = await devicesOf(server, user.id)
  const { serial = '', id } = device ?? {}
  await openUser(page, user.displayName)
  await chooseAction(page, serial, t('action.terminate'))
  await page.getByRole('radio', { name: t('terminate.reason.LOST') }).click()
  await button(page, t('terminate.do')).click()
  await page.getByText(t('terminate.done', { last: serial.slice(-4) })).waitFor()
  const answer = await api<{ pin?: string | null }>(server, 'POST', `/api/devices/${id}/initial-pin`)
  expect(answer.body.pin ?? null).toBeNull()

  // The recycled one is put back to blank itself.
  const again = await userNamed(server, 'Anna Lindström')
  const [other] = await devicesOf(server, again.id)
  const otherSerial = other?.serial ?? ''
  await must(server, 'POST', `/api/devices/${other?.id}/terminate`, { version: other?.version, reason: 'UNASSIGNED' })
  for (const reader of ['virtual:1', 'virtual:2', 'virtual:3']) await remove(server, reader)
  await insertAgain(server, otherSerial)
  await page.goto(`${server.url}/operator/devices/${other?.id}`)
  await chooseAction(page, otherSerial, t('action.recycle'))
  await page.getByText(t('recycle.found', { reader: 'Virtual reader 1' })).waitFor()
  await button(page, t('recycle.do')).click()
  await page
    .getByText(t('issued.recycled', { last: otherSerial.slice(-4) }))
    .first()
    .waitFor()
  expect(isBlank(await stateOf(server, otherSerial))).toBe(true)
  const gone = await api<{ pin?: string | null }>(server, 'POST', `/api/devices/${other?.id}/initial-pin`)
  expect(gone.body.pin ?? null).toBeNull()
})

test('A changed security setting takes effect at the next issuance', async () => {
  const { page } = browser
  await page.goto(`${server.url}/admin/settings`)
  await page.getByRole('radio', { name: t('settings.mode.DISPLAYED'), exact: true }).click()
  await button(page, t('common.save')).click()
  await page.getByText(t('common.saved'), { exact: true }).waitFor()
  const serial = await insertBlank(server, 'yubikey-5.2')
  await issue(page, { user: 'Ivana Dvořáková', policy: P256, serial, pin: typed.second })
  expect(await pinOpens(server, serial, typed.second)).toBe(true)
  await tileOf(page, serial).getByText(t('state.active'), { exact: true }).waitFor()
})

test('I-10 No PIN, typed or random, is found in an address, in storage, in the log or in the database', async () => {
  await expectNowhere([...Object.values(typed), ...shown.filter(pin => pin.length === 8), password], server, browser)
  expect(browser.faults).toEqual([])
})
