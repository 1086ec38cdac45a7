import type { Device } from '@cardwright/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { action, addDevice, configure, done, issueButton, typePin } from './add-device.ts'
import { openBrowser, type TestBrowser } from './browser.ts'
import { devicesOf, relyingPartiesSee } from './certificates.ts'
import { changeOption, changeSettings, userNamed } from './command-line.ts'
import { pictureFailures } from './failure-picture.ts'
import { button, chooseAction, openActions, openUser, signUp, tileOf } from './operator.ts'
import { startServer, type TestServer } from './server.ts'
import { t } from './texts.ts'
import { insertBlank, isBlank, stateOf } from './virtual-cards.ts'

const P256 = 'PIV, P-256'
const pin = '61938405'
let server: TestServer
let browser: TestBrowser
pictureFailures(() => browser)
beforeAll(async () => {
  server = await startServer()
  browser = await openBrowser()
  await changeSettings(server, { pinDisplayMode: 'DISPLAYED', changePinDuringIssuance: false })
  await signUp(browser.page, server.setupLink, 'a bell that rings at low tide')
})
afterAll(async () => {
  await browser?.close()
  await server?.remove()
})

const deviceOf = async (user: string): Promise<Device> => {
  const [device] = await devicesOf(server, (await userNamed(server, user)).id)
  if (!device) throw new Error(`${user} has no device`)
  return device
}

test('I-2 Assign Device binds the blank device to the user and writes nothing on it', async () => {
  const { page } = browser
  const serial = await insertBlank(server, 'yubikey-5.2')
  const before = await stateOf(server, serial)
  await addDevice(page, 'Anna Lindström')
  await action(page, 'addDevice.ASSIGN').click()
  await page.getByRole('switch', { name: t('addDevice.initialPassword') }).uncheck({ force: true })
  await button(page, t('addDevice.do.ASSIGN')).click()
  await tileOf(page, serial).getByText(t('state.assigned'), { exact: true }).waitFor()
  expect(await stateOf(server, serial)).toEqual(before)
})

test('I-2 an assigned device is refused to another user, is issued to its own, and can be unassigned while blank', async () => {
  const { page } = browser
  const { serial } = await deviceOf('Anna Lindström')
  await addDevice(page, 'Björn Åberg')
  const tile = page.getByRole('radio', { name: serial.slice(-4) })
  await tile.click()
  expect(await action(page, 'addDevice.ISSUE').isDisabled()).toBe(true)
  await page.getByText('This device belongs to Anna Lindström.').first().waitFor()
  await openUser(page, 'Anna Lindström')
  await chooseAction(page, serial, t('action.unassign'))
  await button(page, t('unassign.do')).click()
  await page.getByText(t('unassign.done', { last: serial.slice(-4) })).waitFor()
  expect(isBlank(await stateOf(server, serial))).toBe(true)
})

test('I-2 Produce Device: the device is Pending with its certificates on hold until it is activated', async () => {
  const { page } = browser
  const serial = await insertBlank(server, 'yubikey-5.7')
  await addDevice(page, 'Carmen Ortiz Peña')
  await action(page, 'addDevice.PRODUCE').click()
  await page.getByRole('radio', { name: P256 }).click()
  await typePin(page, pin)
  await button(page, t('addDevice.do.PRODUCE')).click()
  await done(page, 'issued.pending', serial, 'Carmen Ortiz Peña')
  const tile = tileOf(page, serial)
  await tile.getByText(t('state.pending'), { exact: true }).waitFor()
  await relyingPartiesSee(server, await deviceOf('Carmen Ortiz Peña'), 'Certificate Hold', 'revoked certificateHold')

  await chooseAction(page, serial, t('action.activate'))
  await button(page, t('activate.do')).click()
  await tile.getByText(t('state.active'), { exact: true }).waitFor()
  await relyingPartiesSee(server, await deviceOf('Carmen Ortiz Peña'), undefined, 'good')
})

test('Suspend puts the certificates on hold and turns the action into Resume, which lifts the hold', async () => {
  const { page } = browser
  const { serial } = await deviceOf('Carmen Ortiz Peña')
  const tile = tileOf(page, serial)
  await chooseAction(page, serial, t('action.suspend'))
  await button(page, t('suspend.do')).click()
  await tile.getByText(t('state.suspended'), { exact: true }).waitFor()
  expect(await tile.getByText(t('credential.onHold'), { exact: true }).count()).toBe(4)
  await relyingPartiesSee(server, await deviceOf('Carmen Ortiz Peña'), 'Certificate Hold', 'revoked certificateHold')

  await openActions(page, serial)
  // Other items say that they are not possible while it is suspended.
  expect(await page.getByRole('menuitem', { name: new RegExp(`^${t('action.suspend')}`) }).count()).toBe(0)
  await page.getByRole('menuitem', { name: t('action.resume') }).click()
  await button(page, t('resume.do')).click()
  await tile.getByText(t('state.active'), { exact: true }).waitFor()
  await relyingPartiesSee(server, await deviceOf('Carmen Ortiz Peña'), undefined, 'good')
})

test('Terminate asks what happened, ends the device and revokes its certificates for good', async () => {
  const { page } = browser
  const { serial } = await deviceOf('Carmen Ortiz Peña')
  await chooseAction(page, serial, t('action.terminate'))
  const dialog = page.getByRole('dialog', { name: t('terminate.title') })
  expect(await button(dialog, t('terminate.do')).isDisabled()).toBe(true)
  await dialog.getByRole('radio', { name: t('terminate.reason.STOLEN') }).click()
  await button(dialog, t('terminate.do')).click()
  await page.getByText(t('terminate.done', { last: serial.slice(-4) })).waitFor()
  await button(page, t('user.ended', { count: 1 })).click()
  await tileOf(page, serial).getByText(t('terminated.STOLEN'), { exact: true }).waitFor()
  await relyingPartiesSee(server, await deviceOf('Carmen Ortiz Peña'), 'Key Compromise', 'revoked keyCompromise')
})

test('I-1 two devices of one user stand side by side, each with its own state, where the settings permit two', async () => {
  const { page } = browser
  await changeOption(server, 'CardsMultipleActive', true)
  for (const model of ['yubikey-5.7', 'yubikey-5.2'] as const) {
    const serial = await insertBlank(server, model)
    await configure(page, "Daniel O'Connor", P256)
    await typePin(page, pin)
    await issueButton(page).click()
    await done(page, 'issued.active', serial, "Daniel O'Connor")
  }
  await expect.poll(() => page.getByRole('article').count()).toBe(2)
  expect(browser.faults).toEqual([])
})
