import type { Device } from '@cardwright/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, type TestBrowser } from './browser.ts'
import { devicesOf, relyingPartiesSee } from './certificates.ts'
import { changeOption, changeSettings, userNamed } from './command-line.ts'
import { pictureFailures } from './failure-picture.ts'
import { deviceWith, giveDevice } from './given-devices.ts'
import { button, chooseAction, openUser, signInAs, tileOf } from './operator.ts'
import { chooseIncident, isRequest, issueForRequest, openRequest, replace, requestOf } from './replacement.ts'
import { startServer, type TestServer } from './server.ts'
import { type TextKey, t } from './texts.ts'
import { insertBlank } from './virtual-cards.ts'

const carmen = 'Carmen Ortiz Peña'
const P256 = 'PIV, P-256'
const pin = '58203917'
const DAYS = 9
let server: TestServer
let helpDesk: TestBrowser
let officer: TestBrowser
let own: Device
pictureFailures(
  () => helpDesk,
  () => officer,
)
beforeAll(async () => {
  server = await startServer()
  helpDesk = await openBrowser()
  officer = await helpDesk.other()
  await changeSettings(server, { pinDisplayMode: 'DISPLAYED', changePinDuringIssuance: false })
  await changeOption(server, 'TempCardsValidityDays', DAYS)
  own = await giveDevice(server, carmen)
  await signInAs(helpDesk.page, server, 'Quentin Dubois', 'HELP_DESK', 'three umbrellas in the stand')
  await signInAs(officer.page, server, 'Priya Raman', 'ISSUANCE_OFFICER', 'an open window on the third floor')
})
afterAll(async () => {
  await officer?.close()
  await helpDesk?.close()
  await server?.remove()
})

const now = async (serial: string): Promise<Device> => deviceWith(server, (await userNamed(server, carmen)).id, serial)
/** The states of all devices of the user, oldest first. */
const states = async (): Promise<Record<string, string>> => {
  const devices = await devicesOf(server, (await userNamed(server, carmen)).id)
  return Object.fromEntries(devices.map(({ serial, state, reason }) => [serial, `${state} ${reason}`]))
}
const tileSays = (serial: string, face: TextKey): Promise<void> =>
  tileOf(helpDesk.page, serial).getByText(t(face), { exact: true }).waitFor()
const issueFromQueue = async (): Promise<string> => {
  const { page } = officer
  const serial = await insertBlank(server, 'yubikey-5.7')
  await openRequest(page, 'TO_ISSUE', carmen)
  await issueForRequest(page, { user: carmen, policy: P256, pin, serial })
  return serial
}

let temporary = ''
test('R-2 FORGOTTEN asks for a temporary device, says for how long, and starts no 18-hour clock', async () => {
  const { page } = helpDesk
  await openUser(page, carmen)
  const dialog = await chooseIncident(page, { user: carmen, serial: own.serial, reason: 'FORGOTTEN' })
  await dialog.getByText(t('incident.now.TEMPORARY', { last: own.serial.slice(-4), count: DAYS })).waitFor()
  expect(await dialog.getByText(t('incident.now.clock', { last: own.serial.slice(-4) })).count()).toBe(0)
  await button(dialog, t('incident.do')).click()
  await requestOf(page, carmen, own.serial)
  await page.getByText(t('request.what.TEMPORARY')).first().waitFor()
  await relyingPartiesSee(server, await now(own.serial), 'Certificate Hold', 'revoked certificateHold')
  await page.goto(`${server.url}/operator`)
  await page.getByText(t('home.byState')).waitFor()
  expect(await page.getByRole('table', { name: t('home.lossReports') }).count()).toBe(0)
})

test('R-10 the temporary device is marked as one, ends with its days, and is the only active one', async () => {
  temporary = await issueFromQueue()
  const tile = tileOf(officer.page, temporary)
  await tile.getByText(t('device.temporary'), { exact: true }).waitFor()
  // Whole days: the first of them has begun.
  await tile.getByText(new RegExp(`^Valid until .*, ${DAYS - 1} days left$`)).waitFor()
  expect(await states()).toEqual({ [own.serial]: 'INVALID FORGOTTEN', [temporary]: 'ISSUED NONE' })
  const { expiresAt, issuedAt, credentials } = await now(temporary)
  const days = (until: string | null) => (Date.parse(until ?? '') - Date.parse(issuedAt ?? '')) / 86_400_000
  expect(days(expiresAt)).toBeCloseTo(DAYS, 2)
  for (const { notAfter } of credentials) expect(days(notAfter)).toBeLessThanOrEqual(DAYS + 0.01)
})

test('R-5 returned by the Help desk: the forgotten device works again, the temporary one is revoked for good', async () => {
  const { page } = helpDesk
  const last = temporary.slice(-4)
  await openUser(page, carmen)
  await chooseAction(page, temporary, t('action.return'))
  const dialog = page.getByRole('dialog', { name: t('return.title', { last }) })
  await button(dialog, t('return.do')).click()
  await page.getByText(t('return.done', { last })).waitFor()
  await tileSays(own.serial, 'state.active')
  expect(await states()).toEqual({ [own.serial]: 'ISSUED NONE', [temporary]: 'TERMINATED UNASSIGNED' })
  await relyingPartiesSee(server, await now(own.serial), undefined, 'good')
  await relyingPartiesSee(server, await now(temporary), 'Cessation Of Operation', 'revoked cessationOfOperation')
})

test('R-7 LOST while a temporary device stands in: that one becomes invalid too; cancelled, only that one works again', async () => {
  const { page } = helpDesk
  await replace(page, { user: carmen, serial: own.serial, reason: 'FORGOTTEN' })
  temporary = await issueFromQueue()
  await openUser(page, carmen)
  await replace(page, { user: carmen, serial: temporary, reason: 'LOST' })
  expect(await states()).toMatchObject({ [own.serial]: 'INVALID FORGOTTEN', [temporary]: 'INVALID LOST' })
  await relyingPartiesSee(server, await now(temporary), 'Certificate Hold', 'revoked certificateHold')

  await button(page, t('request.do.cancel')).click()
  await button(page.getByRole('dialog', { name: t('decide.cancel.title') }), t('decide.cancel.do')).click()
  await isRequest(page, 'requestState.CANCELLED')
  expect(await states()).toMatchObject({ [own.serial]: 'INVALID FORGOTTEN', [temporary]: 'ISSUED NONE' })
  await relyingPartiesSee(server, await now(temporary), undefined, 'good')
  await relyingPartiesSee(server, await now(own.serial), 'Certificate Hold', 'revoked certificateHold')
})

test('R-6 R-7 the permanent device ends both, the forgotten and the temporary one: exactly one is active', async () => {
  const { page } = helpDesk
  await openUser(page, carmen)
  await replace(page, { user: carmen, serial: temporary, reason: 'LOST' })
  await page.goto(`${server.url}/operator`)
  const report = page
    .getByRole('table', { name: t('home.lossReports') })
    .getByRole('row')
    .filter({ hasText: temporary })
  // Those of the device that it stands in for as well.
  await report.getByText(t('home.loss.notRevoked', { count: 8 })).waitFor()

  const serial = await insertBlank(server, 'yubikey-5.2')
  await openRequest(officer.page, 'TO_ISSUE', carmen)
  await issueForRequest(officer.page, { user: carmen, policy: P256, pin, serial })
  expect(await states()).toMatchObject({
    [own.serial]: 'TERMINATED LOST',
    [temporary]: 'TERMINATED LOST',
    [serial]: 'ISSUED NONE',
  })
  expect(await tileOf(officer.page, serial).getByText(t('device.temporary'), { exact: true }).count()).toBe(0)
  for (const ended of [own.serial, temporary]) {
    await relyingPartiesSee(server, await now(ended), 'Key Compromise', 'revoked keyCompromise')
  }
  await page.reload()
  await page.getByText(t('home.byState')).waitFor()
  expect(await page.getByRole('table', { name: t('home.lossReports') }).count()).toBe(0)
})

test('No page has an error in its scripts', () => {
  expect([...helpDesk.faults, ...officer.faults]).toEqual([])
})
