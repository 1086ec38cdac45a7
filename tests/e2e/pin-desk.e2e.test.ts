import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { action, addDevice, issue } from './add-device.ts'
import { openBrowser, type TestBrowser } from './browser.ts'
import { changeSettings } from './command-line.ts'
import { pictureFailures } from './failure-picture.ts'
import { button, chooseAction, openUser, signUp, tileOf } from './operator.ts'
import { startServer, type TestServer } from './server.ts'
import { type TextKey, t } from './texts.ts'
import { insertBlank, pinOpens } from './virtual-cards.ts'

const anna = 'Anna Lindström'
const björn = 'Björn Åberg'
const pins = { first: '40718265', second: '93051748', third: '62840519' }
let server: TestServer
let browser: TestBrowser
pictureFailures(() => browser)
beforeAll(async () => {
  server = await startServer()
  browser = await openBrowser()
  await signUp(browser.page, server.setupLink, 'nine barges under the old bridge')
  await changeSettings(server, { pinDisplayMode: 'DISPLAYED', changePinDuringIssuance: false })
})
afterAll(async () => {
  await browser?.close()
  await server?.remove()
})

/** The initial password in the open dialog, as it is shown. */
const passwordOf = async (page: Page): Promise<string> => {
  const dialog = page.getByRole('dialog', { name: t('initialPassword.title', { user: anna }) })
  await dialog.getByText(t('initialPassword.once')).waitFor()
  const shown = (await dialog.locator('[translate=no]').textContent()) ?? ''
  await button(dialog, t('initialPassword.done')).click()
  await dialog.waitFor({ state: 'detached' })
  return shown
}

/** Unlock or change PIN of a device, up to the dialog of one way. */
const begin = async (page: Page, serial: string, way: TextKey) => {
  await chooseAction(page, serial, t('action.unlock'))
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: t(way, { user: anna }) }).click()
  await button(dialog, t('unlock.go')).click()
  return dialog
}

const typeNew = async (page: Page, pin: string) => {
  await page.getByLabel(t('issuance.newPin'), { exact: true }).fill(pin)
  await page.getByLabel(t('issuance.newPinAgain'), { exact: true }).fill(pin)
}

/** Guesses an initial password until it is locked, as a visitor of the User portal. */
const guess = (page: Page, loginName: string) =>
  page.evaluate(async name => {
    const post = async (path: string, headers: object, body?: object) =>
      fetch(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body ?? {}),
      })
    const { csrfToken } = (await (await post('/api/user/session', {})).json()) as { csrfToken: string }
    for (let n = 0; n < 5; n += 1)
      await post(
        '/api/user/login/initial-password',
        { 'x-csrf-token': csrfToken },
        { loginName: name, password: 'AAAA-AAAA-AAAA-AAAA' },
      )
  }, loginName)

let assigned = ''
test('U-11 Assign Device shows an initial password once; a new one on the page of the device is another', async () => {
  const { page } = browser
  assigned = await insertBlank(server, 'yubikey-5.2')
  await addDevice(page, anna)
  await action(page, 'addDevice.ASSIGN').click()
  await button(page, t('addDevice.do.ASSIGN')).click()
  const first = await passwordOf(page)
  expect(first).toMatch(/^[0-9A-Z]{16}$/)
  await tileOf(page, assigned).waitFor()
  await page.getByText(t('logins.openUntil', { last: assigned.slice(-4), day: '' }).trim()).waitFor()

  await chooseAction(page, assigned, t('action.initial-password'))
  await button(page, t('initialPassword.newDo')).click()
  const second = await passwordOf(page)
  expect(second).toMatch(/^[0-9A-Z]{16}$/)
  expect(second).not.toBe(first)
  expect(await page.content()).not.toContain(second)
})

let issued = ''
test('a forgotten PIN: the holder types a new one at the reader, under the live rules', async () => {
  const { page } = browser
  issued = await insertBlank(server, 'yubikey-5.7')
  await issue(page, { user: anna, policy: 'PIV, P-256', serial: issued, pin: pins.first })
  const dialog = await begin(page, issued, 'unlock.unlock')
  await typeNew(page, '123456')
  expect(await button(dialog, t('unlock.unlock.do')).isDisabled()).toBe(true)
  await typeNew(page, pins.second)
  await button(dialog, t('unlock.unlock.do')).click()
  await page.getByText(t('unlock.unlock.done', { last: issued.slice(-4), user: anna })).waitFor()
  expect(await pinOpens(server, issued, pins.second)).toBe(true)
})

test('change of PIN: a wrong old one is said, the right one counts', async () => {
  const { page } = browser
  const dialog = await begin(page, issued, 'unlock.change')
  await page.getByLabel(t('unlock.oldPin')).fill(pins.first)
  await typeNew(page, pins.third)
  await button(dialog, t('unlock.change.do')).click()
  await dialog.getByRole('alert').waitFor()
  await page.getByLabel(t('unlock.oldPin')).fill(pins.second)
  await button(dialog, t('unlock.change.do')).click()
  await page.getByText(t('unlock.change.done', { last: issued.slice(-4) })).waitFor()
  expect(await pinOpens(server, issued, pins.third)).toBe(true)
})

test('a challenge that was misread is refused, with what to do', async () => {
  const { page } = browser
  const dialog = await begin(page, issued, 'unlock.far')
  await dialog.getByRole('checkbox').check()
  await button(dialog, t('unlock.go')).click()
  const challenge = page.getByLabel(t('unlock.challenge'), { exact: true })
  await challenge.pressSequentially('7k3qmx0d9apwrte4hcvn')
  expect(await challenge.inputValue()).toBe('7K3QM-X0D9A-PWRTE-4HCVN')
  await challenge.press('Enter')
  await dialog.getByRole('alert').waitFor()
  await button(dialog, t('common.close')).click()
})

test('the User portal’s configuration is kept; the catalogue takes a question, rewords it and retires it', async () => {
  const { page } = browser
  await page.goto(`${server.url}/admin/user-portal`)
  await page.getByRole('radio', { name: t('userPortal.bind.USER'), exact: true }).check()
  await page.getByLabel(t('userPortal.helpText')).fill('Card office, room 12')
  await button(page, t('common.save')).click()
  await page.getByText(t('common.saved')).waitFor()
  await page.reload()
  await page.getByText(t('userPortal.helpText')).waitFor()
  expect(await page.getByLabel(t('userPortal.helpText')).inputValue()).toBe('Card office, room 12')
  expect(await page.getByRole('radio', { name: t('userPortal.bind.USER'), exact: true }).isChecked()).toBe(true)

  await page.goto(`${server.url}/admin/security-questions`)
  await button(page, t('questions.add')).first().click()
  const words = page.getByRole('dialog').getByLabel(t('questions.text'))
  await words.fill('Which boat did you learn to row in?')
  await button(page.getByRole('dialog'), t('questions.add')).click()
  await button(page, 'Which boat did you learn to row in?').click()
  await words.fill('In which boat did you learn to row?')
  await page.getByRole('switch', { name: t('questions.offer') }).uncheck({ force: true })
  await button(page.getByRole('dialog'), t('common.save')).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  expect(await button(page, 'In which boat did you learn to row?').isVisible()).toBe(false)
  await page.getByRole('switch', { name: t('questions.showRetired') }).check({ force: true })
  await button(page, 'In which boat did you learn to row?').waitFor()
})

test('U-8 a method that is locked is seen on the page of the user, and is reset there', async () => {
  const { page } = browser
  await guess(page, 'bjorn.aberg')
  await openUser(page, björn)
  await page.getByText(t('logins.locked.INITIAL_PASSWORD')).waitFor()
  await button(page, t('logins.reset')).click()
  await button(page.getByRole('dialog'), t('logins.resetDo')).click()
  await page.getByText(t('logins.resetDone', { user: björn })).waitFor()
  expect(await page.getByText(t('logins.locked.INITIAL_PASSWORD')).isVisible()).toBe(false)
})

test('No page has an error in its scripts', () => {
  expect(browser.faults).toEqual([])
})
