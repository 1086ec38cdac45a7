import type { Device } from '@cardwright/contract'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOperator } from '../desk/operator.ts'
import { openBrowser, type TestBrowser } from './browser.ts'
import { devicesOf, relyingPartiesSee } from './certificates.ts'
import { changeSettings, userNamed } from './command-line.ts'
import { pictureFailures } from './failure-picture.ts'
import { answerTo, deviceWith, giveAnswers, giveDevice } from './given-devices.ts'
import { button, openActions, openUser, signInAs, tileOf } from './operator.ts'
import { chooseIncident, isRequest, issueForRequest, openRequest, replace } from './replacement.ts'
import { startServer, type TestServer } from './server.ts'
import { actionText, type TextKey, t } from './texts.ts'
import { insertBlank, pinOpens } from './virtual-cards.ts'

const anna = 'Anna Lindström'
const björn = 'Björn Åberg'
const P256 = 'PIV, P-256'
const pin = '58203917'
let server: TestServer
let helpDesk: TestBrowser
let officer: TestBrowser
let lost: Device
let damaged: Device
pictureFailures(
  () => helpDesk,
  () => officer,
)
beforeAll(async () => {
  server = await startServer()
  helpDesk = await openBrowser()
  officer = await helpDesk.other()
  await changeSettings(server, { pinDisplayMode: 'DISPLAYED', changePinDuringIssuance: false })
  await giveAnswers(server, anna)
  lost = await giveDevice(server, anna)
  damaged = await giveDevice(server, björn)
  await signInAs(helpDesk.page, server, 'Quentin Dubois', 'HELP_DESK', 'three umbrellas in the stand')
  await signInAs(officer.page, server, 'Priya Raman', 'ISSUANCE_OFFICER', 'an open window on the third floor')
})
afterAll(async () => {
  await officer?.close()
  await helpDesk?.close()
  await server?.remove()
})

const current = async (user: string, { serial }: Device): Promise<Device> =>
  deviceWith(server, (await userNamed(server, user)).id, serial)
const active = async (user: string): Promise<string[]> => {
  const devices = await devicesOf(server, (await userNamed(server, user)).id)
  return devices.filter(({ state }) => state === 'ISSUED').map(({ serial }) => serial)
}
const goHome = async (page: Page): Promise<void> => {
  await page
    .getByRole('navigation', { name: t('nav.main') })
    .getByRole('link', { name: t('nav.home'), exact: true })
    .click()
  await page.getByText(t('home.byState')).waitFor()
}
/** A dialog that ends gives the focus back to what opened it (WCAG 2.4.3). */
const hasFocus = (target: Locator): Promise<void> => target.and(target.page().locator(':focus')).waitFor()
const lossReport = (page: Page, { serial }: Device) =>
  page
    .getByRole('table', { name: t('home.lossReports') })
    .getByRole('row')
    .filter({ hasText: serial })
const tileSays = (page: Page, { serial }: Device, face: TextKey): Promise<void> =>
  tileOf(page, serial).getByText(t(face), { exact: true }).waitFor()

test('R-10 the Help desk finds who is calling by the serial number, and checks the identity by the questions', async () => {
  const { page } = helpDesk
  await goHome(page)
  await page.getByLabel(t('home.desk.label')).fill(lost.serial)
  await page.getByText(t('search.hits', { count: 1 })).waitFor()
  await page.keyboard.press('Enter')
  await page.getByText(t('device.data'), { exact: true }).first().waitFor()
  await page.getByRole('link', { name: anna }).first().click()
  await page.getByRole('heading', { level: 1, name: anna }).waitFor()

  await page.getByText(t('identity.never')).waitFor()
  await button(page, t('identity.check')).click()
  const dialog = page.getByRole('dialog', { name: t('identity.dialog', { user: anna }) })
  const questions = dialog.getByRole('textbox')
  await questions.first().waitFor()
  const answer = async (words: (question: string) => string) => {
    for (const field of await questions.all()) {
      const id = await field.getAttribute('id')
      await field.fill(words((await dialog.locator(`label[for="${id}"]`).textContent()) ?? ''))
    }
    await button(dialog, t('identity.do')).click()
  }
  expect(await questions.count()).toBe(3)
  let asked = 0
  await answer(question => (asked++ === 1 ? 'something else' : answerTo(question)))
  // One of three was wrong; which one is told to nobody (U-8).
  await dialog.getByRole('alert').getByText(t('identity.wrong')).waitFor()
  await answer(question => answerTo(question).toUpperCase().replaceAll(' ', ''))
  await dialog.getByRole('status').getByText(t('identity.right')).waitFor()
  await button(dialog, t('common.close')).last().click()
  await page.getByText(t('identity.checked', { by: 'Quentin Dubois' })).waitFor()
})

test('R-3 R-10 LOST: what it does is told before; then the device is invalid, its certificates are on hold everywhere', async () => {
  const { page } = helpDesk
  const last = lost.serial.slice(-4)
  const dialog = await chooseIncident(page, { user: anna, serial: lost.serial, reason: 'LOST' })
  for (const key of ['incident.now.stop', 'incident.now.clock', 'incident.now.PERMANENT'] as const) {
    await dialog.getByText(t(key, { last })).waitFor()
  }
  await button(dialog, t('common.cancel')).click()
  expect((await current(anna, lost)).state, 'nothing was confirmed').toBe('ISSUED')
  await hasFocus(button(page, t('device.actionsFor', { last })))

  await replace(page, { user: anna, serial: lost.serial, reason: 'LOST' })
  await isRequest(page, 'requestState.APPROVED')
  await page.getByText(t('next.issueAtDesk', { user: anna })).waitFor()
  await page.getByText(/^17 hours left|^18 hours left/).waitFor()
  await openUser(page, anna)
  await tileSays(page, lost, 'invalid.LOST')
  await expect.poll(() => tileOf(page, lost.serial).getByText(t('credential.onHold'), { exact: true }).count()).toBe(4)
  await relyingPartiesSee(server, await current(anna, lost), 'Certificate Hold', 'revoked certificateHold')
})

test('R-8 R-19 the 18-hour clock runs on Home, and a second request for the same device is not offered', async () => {
  const { page } = helpDesk
  await openActions(page, lost.serial)
  const again = page.getByRole('menuitem', { name: t('action.replace') })
  expect(await again.isDisabled()).toBe(true)
  await page.keyboard.press('Escape')
  await goHome(page)
  const report = lossReport(page, lost)
  await report.getByText(t('home.loss.notRevoked', { count: 4 })).waitFor()
  await report.getByText(t('home.loss.onHold', { count: 4 })).waitFor()
  expect(await report.textContent()).toMatch(/1[78] hours left/)
})

test('the Help desk lists devices by state and type', async () => {
  const { page } = helpDesk
  await page.getByLabel(t('home.desk.state'), { exact: true }).selectOption('INVALID')
  await page.getByLabel(t('home.desk.form'), { exact: true }).selectOption('key')
  await button(page, t('home.desk.list')).click()
  const devices = page.getByRole('table', { name: t('devices.title') })
  await devices.getByText(lost.serial).waitFor()
  expect(await devices.getByText(damaged.serial).count(), 'that one is active').toBe(0)
})

test('R-6 R-10 the Issuance officer issues from the queue: exactly one device is active, the lost one is ended for good', async () => {
  const { page } = officer
  const serial = await insertBlank(server, 'yubikey-5.2')
  await page.reload()
  await openRequest(page, 'TO_ISSUE', anna)
  await issueForRequest(page, { user: anna, policy: P256, pin, serial })
  expect(await pinOpens(server, serial, pin)).toBe(true)
  expect(await active(anna)).toEqual([serial])
  // The banner of the open request is gone with it.
  await page.getByText(t('next.issueAtDesk', { user: anna })).waitFor({ state: 'detached' })

  await button(page, t('user.ended', { count: 1 })).click()
  await tileSays(page, lost, 'terminated.LOST')
  await relyingPartiesSee(server, await current(anna, lost), 'Key Compromise', 'revoked keyCompromise')
  await relyingPartiesSee(
    server,
    await deviceWith(server, (await userNamed(server, anna)).id, serial),
    undefined,
    'good',
  )
})

test('R-18 R-19 afterwards: the clock is gone from Home, the request is in the history, the timeline tells who did what', async () => {
  const { page } = helpDesk
  await page.goto(`${server.url}/operator`)
  await page.getByText(t('home.byState')).waitFor()
  expect(await lossReport(page, lost).count()).toBe(0)
  await openRequest(page, 'ENDED', anna)
  await isRequest(page, 'requestState.COMPLETED')
  const timeline = page.getByRole('list').filter({ hasText: actionText('request.created') })
  const did = (action: string, by: string) =>
    timeline
      .getByRole('listitem')
      .filter({ hasText: actionText(action) })
      .filter({ hasText: `${t('audit.reason')}: ${t('because.LOST')}` })
      .filter({ hasText: t('timeline.by', { actor: by }) })
      .first()
      .waitFor()
  await did('request.created', 'Quentin Dubois')
  await did('device.invalidated', 'Quentin Dubois')
  await did('request.completed', 'Priya Raman')
  await did('device.terminated', 'Priya Raman')
})

test('R-4 DAMAGED, cancelled by the Help desk: the device is exactly as it was', async () => {
  const { page } = helpDesk
  const before = await current(björn, damaged)
  await openUser(page, björn)
  await replace(page, { user: björn, serial: damaged.serial, reason: 'DAMAGED' })
  await relyingPartiesSee(server, await current(björn, damaged), 'Certificate Hold', 'revoked certificateHold')
  await button(page, t('request.do.cancel')).click()
  const dialog = page.getByRole('dialog', { name: t('decide.cancel.title') })
  await dialog.getByText(t('decide.restores', { last: damaged.serial.slice(-4) })).waitFor()
  await dialog.getByRole('textbox').fill('It was only the wrong reader')
  await button(dialog, t('decide.cancel.do')).click()
  await isRequest(page, 'requestState.CANCELLED')
  await page.getByText(t('end.restored', { last: damaged.serial.slice(-4) })).waitFor()

  await relyingPartiesSee(server, await current(björn, damaged), undefined, 'good')
  const now = await current(björn, damaged)
  expect(now).toEqual({ ...before, version: now.version })
  await openUser(page, björn)
  await tileSays(page, damaged, 'state.active')
})

test('R-8 Bad input: of two who declare the same incident one wins; the other is told who was faster', async () => {
  const user = { user: björn, serial: damaged.serial }
  await openUser(officer.page, björn)
  const late = await chooseIncident(officer.page, { ...user, reason: 'DAMAGED' })
  await replace(helpDesk.page, { ...user, reason: 'STOLEN' })
  await button(late, t('incident.do')).click()
  await late
    .getByRole('alert')
    .getByText(/Somebody else changed this: Quentin Dubois/)
    .waitFor()
  await button(late, t('error.conflict.reload')).click()
  await tileSays(officer.page, damaged, 'invalid.STOLEN')
})

test('Terminate all: every device of a user ends, what is open is cancelled, and the login name confirms it', async () => {
  const { page } = helpDesk
  await openUser(page, björn)
  // The dialog lists, and ends, the devices as the page has them: for a moment those of the visit before.
  await tileSays(page, damaged, 'invalid.STOLEN')
  await button(page, t('user.more', { user: björn })).click()
  await page.getByRole('menuitem', { name: t('terminateAll.menu') }).click()
  const dialog = page.getByRole('dialog', { name: t('terminateAll.title', { user: björn }) })
  await dialog.getByText(damaged.serial).waitFor()
  await dialog.getByRole('radio', { name: t('terminate.reason.STOLEN') }).click()
  const confirm = button(dialog, t('terminateAll.do'))
  expect(await confirm.isDisabled()).toBe(true)
  await dialog.getByLabel(t('terminateAll.confirm', { login: 'bjorn.aberg' })).fill('bjorn.aberg')
  await confirm.click()
  await page.getByText(t('terminateAll.done', { count: 1, user: björn })).waitFor()
  await button(page, t('user.ended', { count: 1 })).click()
  await tileSays(page, damaged, 'terminated.STOLEN')
  await relyingPartiesSee(server, await current(björn, damaged), 'Key Compromise', 'revoked keyCompromise')
  await openRequest(page, 'ENDED', björn)
  await isRequest(page, 'requestState.CANCELLED')
  await openUser(page, anna)
  expect(await active(anna)).toHaveLength(1)
})

test('Bad input: a device that has ended is not replaced, on the page and past it, in words', async () => {
  const { page } = helpDesk
  await openUser(page, björn)
  await button(page, t('user.ended', { count: 1 })).click()
  await openActions(page, damaged.serial)
  const item = page.getByRole('menuitem', { name: t('action.replace') })
  expect(await item.isDisabled()).toBe(true)
  await item.getByText('Not possible while the device is terminated.').waitFor()
  await page.keyboard.press('Escape')
  const { id, version } = await current(björn, damaged)
  const wish = { version, reason: 'LOST', workflow: 'HELP_DESK_LOCAL', note: '' }
  await expect(asOperator(page, 'POST', `/api/devices/${id}/replacements`, wish)).rejects.toThrow(
    /409 .*A device that is TERMINATED \(STOLEN\) cannot be replaced.*Only active and expired devices are replaced/,
  )
})

test('No page has an error in its scripts', () => {
  expect([...helpDesk.faults, ...officer.faults]).toEqual([])
})
