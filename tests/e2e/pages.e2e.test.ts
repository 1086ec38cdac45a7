import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccessible, settled } from './accessible.ts'
import { addDevice, configure, done, issueButton, pinField, typePin } from './add-device.ts'
import { openBrowser, type TestBrowser } from './browser.ts'
import { devicesOf } from './certificates.ts'
import { changeSettings, groupNamed, must, policyNamed, userNamed } from './command-line.ts'
import { holdAtCertificates } from './database.ts'
import { pictureFailures } from './failure-picture.ts'
import { button, openUser, signUp } from './operator.ts'
import { chooseIncident, requestOf, rowFor } from './replacement.ts'
import { startServer, type TestServer } from './server.ts'
import { t } from './texts.ts'
import { insertBlank, remove } from './virtual-cards.ts'

const pin = '61938405'
const anna = 'Anna Lindström'
let server: TestServer
let browser: TestBrowser
pictureFailures(() => browser)
beforeAll(async () => {
  server = await startServer()
  browser = await openBrowser()
  await changeSettings(server, { pinDisplayMode: 'DISPLAYED', changePinDuringIssuance: false })
})
afterAll(async () => {
  await browser?.close()
  await server?.remove()
})

test('axe: the pages before signing in', async () => {
  const { page } = browser
  await page.goto(`${server.url}/sign-in`)
  await button(page, t('signIn.do')).waitFor()
  await expectAccessible(page)
  await page.goto(server.setupLink)
  await button(page, t('setup.do')).waitFor()
  await expectAccessible(page)
})

test('axe: signed in', async () => {
  await signUp(browser.page, server.setupLink, 'seven lamps along the north quay')
  await expectAccessible(browser.page)
})

test('axe: Configure Device with a PIN being typed, Issue Device while it runs, and its failure dialog', async () => {
  const { page } = browser
  await insertBlank(server, 'yubikey-5.2')
  await addDevice(page, anna)
  await page.getByRole('radio', { name: 'PIV, P-256' }).click()
  await pinField(page).fill('1234')
  await expectAccessible(page)

  await typePin(page, pin)
  const held = await holdAtCertificates(server)
  await issueButton(page).click()
  await held.reached()
  await page.getByText(t('issuance.keep')).waitFor()
  await expectAccessible(page)
  await remove(server, 'virtual:1')
  await held.letGo()
  await page.getByRole('dialog', { name: t('failure.title.ISSUE') }).waitFor()
  await expectAccessible(page)
})

test('axe: the user page with a banner and with a device just issued, its menu, and the page of the device', async () => {
  const { page } = browser
  const serial = await insertBlank(server, 'yubikey-5.7')
  await page.goto(`${server.url}/operator`)
  await configure(page, anna, 'PIV, P-256')
  await typePin(page, pin)
  await issueButton(page).click()
  await done(page, 'issued.active', serial, anna)
  await page.getByRole('link', { name: t('banner.resolve') }).waitFor()
  await expectAccessible(page)
  await button(page, t('device.actionsFor', { last: serial.slice(-4) })).click()
  await page.getByRole('menuitem').first().waitFor()
  await expectAccessible(page)
  const user = await userNamed(server, anna)
  const device = (await devicesOf(server, user.id)).find(d => d.serial === serial)
  await page.goto(`${server.url}/operator/devices/${device?.id}`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await expectAccessible(page)
  await openUser(page, 'Hubert Blaine Wolfeschlegelsteinhausenbergerdorff of Altdorf')
  await expectAccessible(page)
})

test('axe: an incident being declared, its request, each decision on it, and what the Help desk asks a caller', async () => {
  const { page } = browser
  const user = await userNamed(server, anna)
  const device = (await devicesOf(server, user.id)).find(d => d.state === 'ISSUED')
  const serial = device?.serial ?? ''
  await openUser(page, anna)
  const incident = await chooseIncident(page, { user: anna, serial, reason: 'LOST' })
  await expectAccessible(page)
  await button(incident, t('incident.do')).click()
  await requestOf(page, anna, serial)
  await expectAccessible(page)
  await button(page, t('request.do.cancel')).click()
  await page.getByRole('dialog', { name: t('decide.cancel.title') }).waitFor()
  await expectAccessible(page)
  await button(page, t('decide.cancel.keep')).click()
  await page.goto(`${server.url}/operator`)
  await page.getByRole('table', { name: t('home.lossReports') }).waitFor()
  await expectAccessible(page)
  await openUser(page, anna)
  await expectAccessible(page)
  await button(page, t('identity.check')).click()
  await page.getByText(t('identity.noneText')).waitFor()
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await button(page, t('user.more', { user: anna })).click()
  await page.getByRole('menuitem', { name: t('terminateAll.menu') }).click()
  await page.getByRole('dialog', { name: t('terminateAll.title', { user: anna }) }).waitFor()
  await expectAccessible(page)
})

test('axe: an issuance that needs approval, as it waits in the queue, is denied, and is history', async () => {
  const { page } = browser
  const { id, version, content } = await policyNamed(server, 'Plain smart card')
  const approved = { ...content, approval: 'REQUIRED' }
  await must(server, 'PUT', `/api/policies/${id}`, { version, content: approved, note: 'Only after approval' })
  const { id: userId } = await userNamed(server, 'Björn Åberg')
  await must(server, 'POST', `/api/users/${userId}/issuance-requests`, { policyId: id, note: 'For the laboratory' })
  await page.goto(`${server.url}/operator/requests?queue=TO_APPROVE`)
  await rowFor(page, 'Björn Åberg').waitFor()
  await expectAccessible(page)
  await button(page, t('requests.denyFor', { user: 'Björn Åberg' })).click()
  await page.getByRole('dialog', { name: t('decide.deny.title') }).waitFor()
  await expectAccessible(page)
  await page.getByRole('dialog').getByRole('textbox').fill('There is none')
  await button(page, t('decide.deny.do')).click()
  await page.getByText(t('requests.empty.TO_APPROVE.title')).waitFor()
  await page.goto(`${server.url}/operator/requests?queue=ENDED`)
  await rowFor(page, 'Björn Åberg').waitFor()
  await expectAccessible(page)
})

const pages: Readonly<Record<string, () => Promise<string>>> = {
  Home: async () => '/operator',
  Users: async () => '/operator/users',
  Devices: async () => '/operator/devices',
  Requests: async () => '/operator/requests',
  Administration: async () => '/admin',
  'Users and operators': async () => '/admin/users',
  'Create user': async () => '/admin/users/new',
  'Edit user': async () => `/admin/users/${(await userNamed(server, anna)).id}`,
  Roles: async () => '/admin/roles',
  'A predefined role': async () => '/admin/roles/AUDITOR',
  'Duplicate a role': async () => '/admin/roles/new?from=AUDITOR',
  Groups: async () => '/admin/groups',
  'Create group': async () => '/admin/groups/new',
  'Edit group': async () => `/admin/groups/${(await groupNamed(server, 'Staff')).id}`,
  'Device policies': async () => '/admin/policies',
  'Create policy': async () => '/admin/policies/new',
  'Policy editor': async () => `/admin/policies/${(await policyNamed(server, 'Security key, strong keys')).id}`,
  'Security settings': async () => '/admin/settings',
  'Requests and replacement': async () => '/admin/lifecycle',
  'User portal': async () => '/admin/user-portal',
  'Security questions': async () => '/admin/security-questions',
  Directory: async () => '/admin/directory',
  'Mail server': async () => '/admin/mail',
  'Certificate authorities': async () => '/admin/authorities',
  'Audit log': async () => '/admin/audit',
  'No such page': async () => '/no/such/page',
}

test.each(Object.entries(pages))('axe: %s', async (_name, path) => {
  const { page } = browser
  const address = server.url + (await path())
  await page.goto(address)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await settled(page)
  expect(page.url(), 'no other page was shown instead').toBe(address)
  await expectAccessible(page)
})

test('No page has an error in its scripts', () => {
  expect(browser.faults).toEqual([])
})
