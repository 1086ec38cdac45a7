import type { Device, UserPortalSettings } from '@cardwright/contract'
import { holderTexts } from '@cardwright/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDevice, device, done, issueButton, policy, typePin } from '../e2e/add-device.ts'
import { openBrowser, type TestBrowser } from '../e2e/browser.ts'
import { devicesOf, relyingPartiesSee } from '../e2e/certificates.ts'
import { changeSettings, groupNamed, must, policyNamed, userNamed } from '../e2e/command-line.ts'
import { deviceWith, giveAnswers, giveDevice } from '../e2e/given-devices.ts'
import { openUser, signInAs } from '../e2e/operator.ts'
import { isRequest, openRequest, replace } from '../e2e/replacement.ts'
import { startServer, type TestServer } from '../e2e/server.ts'
import { t as o } from '../e2e/texts.ts'
import { report } from '../e2e/without-device.ts'
import { blankCard } from '../interop/blank-card.ts'
import { type AttachedCard, attachCard } from '../interop/pcscd.ts'
import { type Desk, openDesk } from './desk.ts'
import { expectPinsNowhere } from './nowhere.ts'
import { pictureFailures } from './picture.ts'
import {
  answerTo,
  beginSetup,
  button,
  isAt,
  issueToTheEnd,
  link,
  logInWithAnswers,
  logInWithDevice,
  logOut,
  problem,
  t,
  typeAnswers,
  typeLogin,
} from './user.ts'

const anna = 'Anna Lindström'
const björn = 'Björn Åberg'
const P256 = 'PIV, P-256'
const PINS = { anna: '739142', björn: '26087153', björnNew: '918264' } as const
const annas = blankCard('yubikey-5.7', 41_000_021)
const björns = blankCard('yubikey-5.7', 41_000_022)
const björnsNew = blankCard('yubikey-5.2', 41_000_023)
let server: TestServer
let desk: Desk
let validator: TestBrowser
let attached: AttachedCard
let lost: Device
let password = ''

pictureFailures(() => desk)
beforeAll(async () => {
  server = await startServer()
  await changeSettings(server, { pinDisplayMode: 'DISPLAYED', changePinDuringIssuance: false })
  const { id } = await policyNamed(server, P256)
  const { id: groupId, memberCount: _, ...staff } = await groupNamed(server, 'Staff')
  const assignments = { INITIAL: [id], PERMANENT_REPLACEMENT: [id], TEMPORARY_REPLACEMENT: [id] }
  await must(server, 'PUT', `/api/groups/${groupId}`, { ...staff, assignments })
  await giveAnswers(server, anna)
  await giveAnswers(server, björn)
  lost = await giveDevice(server, anna)
  attached = await attachCard(annas)
  desk = await openDesk(server.url)
  validator = await openBrowser()
  await signInAs(validator.page, server, 'Viktor Szabó', 'VALIDATION_OFFICER', 'a kettle that never boils')
})
afterAll(async () => {
  await validator?.close()
  await desk?.close()
  await attached?.detach()
  await server?.remove()
})

const exchangeFor = async (card: typeof annas): Promise<void> => {
  await attached.detach()
  attached = await attachCard(card)
}
const isHome = (user: string) => isAt(desk.page, t('home.title', { name: user }))
const states = async (user: string): Promise<Record<string, string>> => {
  const devices = await devicesOf(server, (await userNamed(server, user)).id)
  return Object.fromEntries(devices.map(({ serial, state, reason }) => [serial, `${state} ${reason}`]))
}
const now = async (user: string, serial: string): Promise<Device> =>
  deviceWith(server, (await userNamed(server, user)).id, serial)

test('R-1 R-15 a user logs in without the device and reports it as lost, to set up the next one alone: it stops at once', async () => {
  const { page } = desk
  await logInWithAnswers(page, server.url, 'anna.lindstrom', answerTo)
  await isHome(anna)
  await report(page, { reason: 'LOST', where: 'self', note: 'On the train' })
  await page.getByText(t('request.face.PENDING_APPROVAL'), { exact: true }).waitFor()
  expect(await states(anna)).toEqual({ [lost.serial]: 'INVALID LOST' })
  await relyingPartiesSee(server, await now(anna, lost.serial), 'Certificate Hold', 'revoked certificateHold')
  await logOut(page)
})

test('R-14 a Validation officer approves; the user cannot begin before a device is bound', async () => {
  const { page } = validator
  await openRequest(page, 'TO_APPROVE', anna)
  await page.getByText('On the train').first().waitFor()
  await button(page, o('request.do.approve')).click()
  await button(page.getByRole('dialog'), o('decide.approve.do')).click()
  await isRequest(page, 'requestState.APPROVED')
  await page.getByText(o('next.bind', { user: anna })).waitFor()

  await logInWithAnswers(desk.page, server.url, 'anna.lindstrom', answerTo)
  await isHome(anna)
  await desk.page.getByText(t('request.getReady')).waitFor()
  await logOut(desk.page)
})

test('R-14 the Help desk binds a blank device for the request, at its own reader, and is shown an initial password', async () => {
  const { page } = desk
  await signInAs(page, server, 'Quentin Dubois', 'HELP_DESK', 'three umbrellas in the stand')
  await openRequest(page, 'TO_ISSUE', anna)
  await link(page, o('request.do.bind')).click()
  await device(page, '0021').click()
  await button(page, o('addDevice.do.ASSIGN')).click()
  const dialog = page.getByRole('dialog', { name: o('initialPassword.title', { user: anna }) })
  await dialog.getByText(o('initialPassword.once')).waitFor()
  password = (await dialog.locator('[translate=no]').first().textContent()) ?? ''
  expect(password).toMatch(/^[0-9A-Z]{16}$/)
  await button(dialog, o('initialPassword.done')).click()
  await page.getByText(o('next.userIssuesBound', { user: anna, last: '0021' })).waitFor()
  expect(await states(anna)).toEqual({ [lost.serial]: 'INVALID LOST', '41000021': 'ASSIGNED NONE' })
  await page.goto('about:blank')
})

test('R-6 R-14 the user sets it up: the lost device is ended for good, the new one is the only active one and works', async () => {
  const { page } = desk
  await beginSetup(page, server.url)
  await typeLogin(page, 'INITIAL_PASSWORD', 'anna.lindstrom', password)
  await issueToTheEnd(page, PINS.anna)
  expect(await states(anna)).toEqual({ [lost.serial]: 'TERMINATED LOST', '41000021': 'ISSUED NONE' })
  await relyingPartiesSee(server, await now(anna, lost.serial), 'Key Compromise', 'revoked keyCompromise')
  await button(page, t('frame.done')).click()

  await logInWithDevice(page, server.url, PINS.anna)
  await isHome(anna)
  await page.getByText(t('request.completed.PERMANENT')).waitFor()
  await logOut(page)
  await isRequest(validator.page, 'requestState.COMPLETED')
})

test('R-4 R-15 who has only forgotten the device takes the report back: until then it does not log in, then it does', async () => {
  const { page } = desk
  await exchangeFor(björns)
  await page.goto(`${server.url}/operator`)
  await signInAs(page, server, 'Priya Raman', 'ISSUANCE_OFFICER', 'an open window on the third floor')
  await addDevice(page, björn)
  await device(page, '0022').click()
  await policy(page, P256).click()
  await typePin(page, PINS.björn)
  await issueButton(page).click()
  await done(page, 'issued.active', '41000022', björn)
  await page.goto('about:blank')

  await logInWithAnswers(page, server.url, 'bjorn.aberg', answerTo)
  await isHome(björn)
  await report(page, { reason: 'FORGOTTEN', where: 'desk' })
  expect(await states(björn)).toEqual({ '41000022': 'INVALID FORGOTTEN' })
  await logOut(page)
  await logInWithDevice(page, server.url, PINS.björn)
  await problem(page).getByText(holderTexts.DEVICE_NOT_ACTIVE.what).waitFor()

  await logInWithAnswers(page, server.url, 'bjorn.aberg', answerTo)
  await isHome(björn)
  await page.getByRole('link', { name: t('request.open') }).click()
  await link(page, t('request.takeBack')).click()
  await button(page, t('takeBack.do')).click()
  await page.getByText(t('takeBack.done')).waitFor()
  expect(await states(björn)).toEqual({ '41000022': 'ISSUED NONE' })
  await logOut(page)
  await logInWithDevice(page, server.url, PINS.björn)
  await isHome(björn)
  await logOut(page)
})

test('R-11 the Help desk asks, and the user sets up a blank device that nobody had bound', async () => {
  const { page } = desk
  const { version, settings } = await must<{ version: number; settings: UserPortalSettings }>(
    server,
    'GET',
    '/api/settings/user-portal',
  )
  const login = { ...settings.login, laterIssuance: 'SECURITY_QUESTIONS' }
  await must(server, 'PUT', '/api/settings/user-portal', {
    version,
    settings: { ...settings, login, whoCanBind: 'USER' },
  })
  const helpDesk = await validator.other()
  await signInAs(helpDesk.page, server, 'Quentin Dubois', 'HELP_DESK', 'three umbrellas in the stand')
  await openUser(helpDesk.page, björn)
  const what = { user: björn, serial: '41000022', reason: 'DAMAGED', workflow: 'HELP_DESK_SELF' } as const
  await replace(helpDesk.page, what)
  await helpDesk.page.getByText(o('next.userIssues', { user: björn })).waitFor()

  await exchangeFor(björnsNew)
  await beginSetup(page, server.url)
  await button(page, t('login.SECURITY_QUESTIONS.use')).click()
  await typeAnswers(page, 'bjorn.aberg', answerTo)
  await isAt(page, t('ready.title'))
  await page.getByText(t('standing.BLANK.text')).waitFor()
  await issueToTheEnd(page, PINS.björnNew)
  expect(await states(björn)).toEqual({ '41000022': 'TERMINATED DAMAGED', '41000023': 'ISSUED NONE' })
  await relyingPartiesSee(server, await now(björn, '41000022'), 'Superseded', 'revoked superseded')
  await isRequest(helpDesk.page, 'requestState.COMPLETED')
  expect(helpDesk.faults).toEqual([])
  await helpDesk.close()
})

test('the holder’s PINs: in nothing that the server received, stored and logged', async () => {
  // The other one was an initial PIN, which an officer typed.
  await expectPinsNowhere([PINS.anna, PINS.björnNew], server, desk)
  expect(desk.faults).toEqual([])
  expect(validator.faults).toEqual([])
})
