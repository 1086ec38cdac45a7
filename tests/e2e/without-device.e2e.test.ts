import type { Device } from '@cardwright/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { t as u } from '../../apps/portal/src/user/texts/t.ts'
import { expectAccessible } from './accessible.ts'
import { openBrowser, type TestBrowser } from './browser.ts'
import { relyingPartiesSee } from './certificates.ts'
import { changeSettings, userNamed } from './command-line.ts'
import { pictureFailures } from './failure-picture.ts'
import { deviceWith, giveAnswers, giveDevice } from './given-devices.ts'
import { button, signInAs } from './operator.ts'
import { isRequest, issueForRequest, openRequest } from './replacement.ts'
import { startServer, type TestServer } from './server.ts'
import { t } from './texts.ts'
import { insertBlank } from './virtual-cards.ts'
import { isAt, logInWithout, lookAgain, report, toReport } from './without-device.ts'

const anna = 'Anna Lindström'
const björn = 'Björn Åberg'
let server: TestServer
let holder: TestBrowser
let validator: TestBrowser
let officer: TestBrowser
let lost: Device
let safe: Device
pictureFailures(
  () => holder,
  () => validator,
  () => officer,
)
beforeAll(async () => {
  server = await startServer()
  holder = await openBrowser()
  validator = await holder.other()
  officer = await holder.other()
  await changeSettings(server, { pinDisplayMode: 'DISPLAYED', changePinDuringIssuance: false })
  await giveAnswers(server, anna)
  await giveAnswers(server, björn)
  lost = await giveDevice(server, anna)
  safe = await giveDevice(server, björn)
  await signInAs(validator.page, server, 'Quentin Dubois', 'VALIDATION_OFFICER', 'three umbrellas in the stand')
  await signInAs(officer.page, server, 'Priya Raman', 'ISSUANCE_OFFICER', 'an open window on the third floor')
})
afterAll(async () => {
  await officer?.close()
  await validator?.close()
  await holder?.close()
  await server?.remove()
})

const current = async (user: string, { serial }: Device): Promise<Device> =>
  deviceWith(server, (await userNamed(server, user)).id, serial)

test('R-15: with the keyboard alone a user without the card comes to the report, and is told before what it does', async () => {
  const { page } = holder
  await logInWithout(page, server, 'anna.lindstrom', anna)
  await expectAccessible(page)
  const link = page.getByRole('link', { name: u('home.report'), exact: true })
  await link.focus()
  await page.keyboard.press('Enter')
  await isAt(page, u('report.title'))
  await expectAccessible(page)
  await button(page, u('frame.continue')).press('Enter')
  await page
    .getByRole('alert')
    .getByRole('link', { name: u('report.whatFault') })
    .waitFor()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  expect(await page.evaluate('document.activeElement.id')).toBe('report-reason')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Space')
  expect(await page.getByRole('radio', { name: u('report.LOST'), exact: true }).isChecked()).toBe(true)
  await page.goBack()
  await isAt(page, u('home.title', { name: anna }))

  await toReport(page, { reason: 'LOST', where: 'desk', note: 'In the tram, this morning' })
  for (const key of ['report.then.stops', 'report.then.new.desk', 'report.then.ends'] as const) {
    await page.getByText(u(key)).waitFor()
  }
  await expectAccessible(page)
  expect((await current(anna, lost)).state, 'nothing was confirmed').toBe('ISSUED')
})

test('R-1 R-3 R-9: the report stops the device at once and waits for a Validation officer', async () => {
  const { page } = holder
  await button(page, u('report.do')).click()
  await isAt(page, u('request.replacement', { serial: lost.serial }))
  await page.getByText(u('report.done')).waitFor()
  await page.getByText(u('request.face.PENDING_APPROVAL'), { exact: true }).waitFor()
  await expectAccessible(page)
  await page.getByRole('link', { name: u('request.home') }).click()
  await page.getByText(u('state.reported.LOST'), { exact: true }).waitFor()
  await page.getByRole('article', { name: u('request.replacement', { serial: lost.serial }) }).waitFor()
  await relyingPartiesSee(server, await current(anna, lost), 'Certificate Hold', 'revoked certificateHold')
})

test('R-13: after approval the user is asked to come, an officer issues, and the user sees that it is done', async () => {
  const { page } = validator
  await openRequest(page, 'TO_APPROVE', anna)
  await page.getByText('In the tram, this morning').first().waitFor()
  await button(page, t('request.do.approve')).click()
  await button(page.getByRole('dialog'), t('decide.approve.do')).click()
  await isRequest(page, 'requestState.APPROVED')

  await holder.page.getByRole('link', { name: new RegExp(u('request.open')) }).click()
  await lookAgain(holder.page)
  await holder.page.getByText(u('request.come')).waitFor()

  const serial = await insertBlank(server, 'yubikey-5.2')
  await officer.page.reload()
  await openRequest(officer.page, 'TO_ISSUE', anna)
  await issueForRequest(officer.page, { user: anna, policy: 'PIV, P-256', pin: '58203917', serial })
  await lookAgain(holder.page)
  await holder.page.getByText(u('request.completed.PERMANENT')).waitFor()
  expect((await current(anna, lost)).state).toBe('TERMINATED')
  expect((await current(anna, { ...lost, serial })).state).toBe('ISSUED')
  await button(holder.page, u('frame.logOut')).click()
  await isAt(holder.page, u('welcome.title'))
})

test('R-4 R-15: who has only forgotten it takes the report back, and the device is exactly as it was', async () => {
  const { page } = holder
  const before = await current(björn, safe)
  await logInWithout(page, server, 'bjorn.aberg', björn)
  await report(page, { reason: 'FORGOTTEN', where: 'desk' })
  await page.getByRole('link', { name: u('request.takeBack'), exact: true }).click()
  await isAt(page, u('takeBack.title'))
  await expectAccessible(page)
  await page.getByText(u('takeBack.text', { serial: safe.serial })).waitFor()
  await button(page, u('takeBack.do')).click()
  await page.getByText(u('takeBack.done')).waitFor()
  await page.getByText(u('request.face.CANCELLED'), { exact: true }).waitFor()
  await relyingPartiesSee(server, await current(björn, safe), undefined, 'good')
  const now = await current(björn, safe)
  expect(now).toEqual({ ...before, version: now.version })
})

test('R-9: a denial restores the device and gives its reason; a report that was decided meanwhile is not taken back', async () => {
  const { page } = holder
  await page.getByRole('link', { name: u('request.home') }).click()
  await report(page, { reason: 'STOLEN', where: 'self' })
  await page.getByRole('link', { name: u('request.takeBack'), exact: true }).click()
  await isAt(page, u('takeBack.title'))

  await validator.page.reload()
  await openRequest(validator.page, 'TO_APPROVE', björn)
  await button(validator.page, t('request.do.deny')).click()
  const dialog = validator.page.getByRole('dialog')
  await dialog.getByRole('textbox').fill('It lies on your desk')
  await button(dialog, t('decide.deny.do')).click()
  await isRequest(validator.page, 'requestState.DENIED')

  await button(page, u('takeBack.do')).click()
  await page.getByRole('alert').waitFor()
  await page.getByText(u('request.denied', { note: 'It lies on your desk' })).waitFor()
  await page.getByRole('link', { name: u('frame.back') }).click()
  await page.getByText(u('request.asBefore')).waitFor()
  await relyingPartiesSee(server, await current(björn, safe), undefined, 'good')
})

test('No page has an error in its scripts', () => {
  expect([...holder.faults, ...validator.faults, ...officer.faults]).toEqual([])
})
