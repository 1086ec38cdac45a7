import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { CardPicture, Device, Layout, Reader } from '@cardwright/contract'
import { type IppTestServer, startIppTestServer } from '@cardwright/printer-ipp/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccessible } from './accessible.ts'
import { addDevice, device as deviceTile, pinField, policy } from './add-device.ts'
import { openBrowser, type TestBrowser } from './browser.ts'
import {
  configurePrinter,
  demoPrinter,
  demoReader,
  demoReaderId,
  insertBlankCard,
  printed,
  printerTile,
  shownReader,
  startAndContinue,
} from './card-printer.ts'
import { devicesOf } from './certificates.ts'
import { changeSettings, groupNamed, must, policyNamed, userNamed } from './command-line.ts'
import { holdAtCertificates } from './database.ts'
import { pictureFailures } from './failure-picture.ts'
import { deviceWith } from './given-devices.ts'
import { button, chooseAction, openUser, signUp, tabTo, tileOf } from './operator.ts'
import { startServer, type TestServer } from './server.ts'
import { t } from './texts.ts'
import { remove } from './virtual-cards.ts'

const anna = 'Anna Lindström'
const bjorn = 'Björn Åberg'
const carmen = 'Carmen Ortiz Peña'
const wolfe = 'Hubert Blaine Wolfeschlegelsteinhausenbergerdorff of Altdorf'
const pin = '58203917'
const policyName = 'PIV, P-256'
const networkPrinter = 'Badge office, ground floor of building 7'
let server: TestServer
let browser: TestBrowser
let printer: IppTestServer
let layout: Layout
let first = ''
pictureFailures(() => browser)
beforeAll(async () => {
  ;[server, browser, printer] = await Promise.all([startServer(), openBrowser(), startIppTestServer()])
  await changeSettings(server, { pinDisplayMode: 'DISPLAYED', changePinDuringIssuance: false })
  await signUp(browser.page, server.setupLink, 'nine kites over the west pier')
})
afterAll(async () => {
  await browser?.close()
  await server?.remove()
  await printer?.close()
})

const deviceOf = async (user: string, serial: string): Promise<Device> =>
  deviceWith(server, (await userNamed(server, user)).id, serial)
const certificateStates = ({ credentials }: Device) => [...new Set(credentials.map(one => one.state))]
const asked = () => browser.page.waitForResponse(response => response.url().endsWith('/api/card-printers'))
const publish = async (retired: boolean) => {
  const { id, content } = layout
  const { version } = await must<Layout>(server, 'GET', `/api/layouts/${id}`)
  await must(server, 'PUT', `/api/layouts/${id}`, { version, content, note: 'For a test', retired })
}

test('P-1 the printer tile shows only if a layout is published and a printer is there; it comes by itself', async () => {
  const { page } = browser
  const { rows } = await must<{ rows: Pick<Layout, 'id'>[] }>(server, 'GET', '/api/layouts')
  await insertBlankCard(server, demoReaderId)
  await remove(server, demoReaderId)
  layout = await must(server, 'GET', `/api/layouts/${rows[0]?.id}`)
  await publish(true)
  await Promise.all([asked(), addDevice(page, anna)])
  await page.getByText(t('addDevice.emptyReader', { reader: demoReader })).waitFor()
  expect(await printerTile(page).count(), 'nothing is configured').toBe(0)

  await page.route('**/api/card-printers', route => route.fulfill({ json: { configured: true, printers: [] } }))
  await publish(false)
  await Promise.all([asked(), page.reload()])
  await page.getByText(t('addDevice.emptyReader', { reader: demoReader })).waitFor()
  expect(await printerTile(page).count(), 'no printer is there').toBe(0)
  await page.unrouteAll({ behavior: 'wait' })
  await printerTile(page).waitFor()
})

test('P-2 printer and embedded reader are chosen once for this workstation, and changed by a click on the reader', async () => {
  const { page } = browser
  await printerTile(page).click()
  const reader = page.getByRole('combobox', { name: t('print.reader'), exact: true })
  expect(await reader.inputValue(), 'the reader inside is proposed').toBe(demoReader)
  await button(page, t('print.configureDo')).click()
  await shownReader(page, demoReader).waitFor()

  await page.reload()
  await printerTile(page).click()
  await shownReader(page, demoReader).click()
  await configurePrinter(page, demoPrinter, 'Virtual reader 2')
  await shownReader(page, 'Virtual reader 2').click()
  await configurePrinter(page, demoPrinter, demoReader)
})

test('P-3 layouts are those of the group for this issuance type; Start needs a card in the ready printer', async () => {
  const { page } = browser
  const content = { ...layout.content, name: 'For replacements only' }
  const other = await must<Layout>(server, 'POST', '/api/layouts', { content, note: 'For a test' })
  const { id, version, ...staff } = await groupNamed(server, 'Staff')
  const { name, description, assignments } = staff
  const layouts = { ...staff.layouts, PERMANENT_REPLACEMENT: [layout.id, other.id] }
  await must(server, 'PUT', `/api/groups/${id}`, { version, name, description, assignments, layouts })
  await page.reload()
  await printerTile(page).click()
  const offered = page.getByRole('radiogroup', { name: t('print.layouts'), exact: true }).getByRole('radio')
  await offered.first().waitFor()
  expect(await offered.count()).toBe(1)
  expect(await offered.first().textContent()).toContain(layout.content.name)
  await page.getByRole('img', { name: t('print.frontOf', { name: layout.content.name }) }).waitFor()

  const start = button(page, t('print.start'))
  await page.getByText(t('print.lacks.card', { reader: demoReader })).waitFor()
  expect(await start.isDisabled()).toBe(true)
  expect(await policy(page, policyName).count()).toBe(0)
  first = await insertBlankCard(server, demoReaderId)
  await start.click({ trial: true })
  await expectAccessible(page)
})

test('P-4 Continue encodes, then prints, with the progress of both', async () => {
  const { page } = browser
  const bar = (name: 'issuance.progress' | 'print.progress') =>
    page.getByRole('progressbar', { name: t(name), exact: true })
  const held = await holdAtCertificates(server)
  await startAndContinue(page, policyName, pin)
  await held.reached()
  await page.getByText(t('print.ahead', { printer: demoPrinter })).waitFor()
  expect(await bar('print.progress').getAttribute('aria-valuenow')).toBe('0')
  expect(Number(await bar('issuance.progress').getAttribute('aria-valuenow'))).toBeGreaterThan(0)
  await held.letGo()
  await page
    .getByText(t('print.now.PRINTING', { printer: demoPrinter }))
    .first()
    .waitFor()
  expect(await bar('issuance.progress').getAttribute('aria-valuenow')).toBe('100')
  expect(Number(await bar('print.progress').getAttribute('aria-valuenow'))).toBeLessThan(100)
  await printed(page, demoPrinter)
  expect(await bar('print.progress').getAttribute('aria-valuenow')).toBe('100')
})

test('P-5, P-8 a printed card waits for Continue, shows what was printed as it was previewed, and is Active by it', async () => {
  const { page } = browser
  const waiting = await deviceOf(anna, first)
  expect(waiting).toMatchObject({ state: 'PRODUCED' })
  expect(certificateStates(waiting)).toEqual(['ON_HOLD'])
  const of = `layoutId=${layout.id}&deviceId=${waiting.id}`
  const { id } = await userNamed(server, anna)
  const preview = await must<CardPicture>(server, 'GET', `/api/users/${id}/card-preview?${of}`)
  for (const side of ['front', 'back'] as const) {
    const picture = page.getByRole('img', { name: t(`print.${side}Of`, { name: layout.content.name }) })
    expect(await picture.getAttribute('src')).toBe(preview[side])
  }
  await expectAccessible(page)
  const [file] = await Promise.all([page.waitForEvent('download'), button(page, t('print.savePdf')).click()])
  expect(file.suggestedFilename()).toBe(`card-${first}.pdf`)
  await button(page, t('print.continue')).click()
  await page.getByText(t('activate.done', { last: first.slice(-4) })).waitFor()
  const tile = tileOf(page, first)
  await tile.getByText(t('state.active')).waitFor()
  const drawing = tile.getByRole('img', { name: t('print.drawing', { last: first.slice(-4) }) })
  expect(await drawing.getAttribute('src')).toBe(preview.front)
  const active = await deviceOf(anna, first)
  expect(active.state).toBe('ISSUED')
  expect(certificateStates(active)).toEqual(['ISSUED'])
})

test('P-6 an Active card is printed again from its menu; its page tells of both prints', async () => {
  const { page } = browser
  await chooseAction(page, first, t('action.print'))
  const dialog = page.getByRole('dialog', { name: t('print.dialog', { last: first.slice(-4) }) })
  expect(await dialog.getByRole('combobox', { name: t('print.printer') }).inputValue()).toBe(demoPrinter)
  await button(dialog, t('print.do')).click()
  await printed(page, demoPrinter)
  expect(await button(page, t('print.continue')).count(), 'it is Active already').toBe(0)
  await page.goto(`${server.url}/operator/devices/${(await deviceOf(anna, first)).id}`)
  const prints = page.getByRole('link', { name: layout.content.name, exact: true })
  await expect.poll(() => prints.count()).toBe(2)
  const tray = await readdir(join(server.dataDir, 'virtual-printer'))
  expect(tray.filter(file => file.endsWith('.pdf'))).toHaveLength(2)
  await prints.last().click()
  await page.getByText(t('print.noPicture')).waitFor()
})

test('P-5, P-6 without a mouse: Cancel leaves the card Pending; it is found again later, with its certificates on hold, and activated', async () => {
  const { page } = browser
  const serial = await insertBlankCard(server, demoReaderId)
  const last = serial.slice(-4)
  await addDevice(page, bjorn)
  await printerTile(page).waitFor()
  await tabTo(page, deviceTile(page, demoReader))
  await page.keyboard.press('ArrowDown')
  await tabTo(page, button(page, t('print.start')).and(page.locator(':enabled')))
  await page.keyboard.press('Enter')
  await page.getByText(t('print.started')).and(page.locator(':focus')).waitFor()
  await tabTo(page, policy(page, policyName))
  await page.keyboard.press('Space')
  await tabTo(page, pinField(page))
  await page.keyboard.type(pin)
  await page.keyboard.press('Enter')
  await page
    .getByText(t('print.now.PRINTING', { printer: demoPrinter }))
    .first()
    .waitFor()
  await tabTo(page, button(page, t('common.cancel')))
  await page.keyboard.press('Enter')
  await page.getByText(t('print.staysPending', { last })).waitFor()
  const pending = await deviceOf(bjorn, serial)
  expect(pending.state).toBe('PRODUCED')
  expect(certificateStates(pending)).toEqual(['ON_HOLD'])

  await page.goto('about:blank')
  await page.goto(`${server.url}/operator`)
  await openUser(page, bjorn)
  const tile = tileOf(page, serial)
  await tile.getByText(t('state.pending')).waitFor()
  await button(tile, t('action.activate')).click()
  await button(page.getByRole('dialog'), t('activate.do')).click()
  await tile.getByText(t('state.active')).waitFor()
  expect(certificateStates(await deviceOf(bjorn, serial))).toEqual(['ISSUED'])
})

test('P-1 an administrator adds a printer of the network, tests it and reads its fault in words', async () => {
  const { page } = browser
  await page.goto(`${server.url}/admin/printers`)
  await page.getByText(t('printers.empty.title')).waitFor()
  await page
    .getByRole('link', { name: t('printers.create') })
    .first()
    .click()
  const name = page.getByLabel(new RegExp(`^${t('printers.name')}`)).and(page.locator('input'))
  const uri = page.getByLabel(new RegExp(`^${t('printer.uri')}`)).and(page.locator('input'))
  await name.fill('Badge office')
  await uri.fill('http://printer.example.org')
  await button(page, t('printer.do')).click()
  await page.getByText(t('printer.uriBad')).waitFor()
  await uri.fill(printer.uri)
  await button(page, t('printer.do')).click()
  await page.getByRole('heading', { level: 1, name: 'Badge office' }).waitFor()
  await page.getByText(t('printer.state.READY')).waitFor()
  await button(page, t('printer.test')).click()
  await page.getByText(t('printer.testOk')).waitFor()
  expect(printer.printed.map(one => [one.jobName, one.format])).toEqual([['test card', 'application/pdf']])

  await name.fill('Somebody was faster')
  await page.getByRole('link', { name: t('printer.back') }).click()
  await button(page.getByRole('dialog'), t('unsaved.stay')).last().click()
  const { rows } = await must<{ rows: { id: string; version: number }[] }>(server, 'GET', '/api/printers')
  const { id = '', version } = rows[0] ?? {}
  const write = { version, name: networkPrinter, uri: printer.uri, purpose: 'CARD', groupIds: [] }
  await must(server, 'PUT', `/api/printers/${id}`, write)
  await button(page, t('common.save')).click()
  await page.getByText(t('error.conflict.title')).waitFor()
  await button(page, t('error.conflict.reload')).click()
  await page.getByRole('heading', { level: 1, name: networkPrinter }).waitFor()

  printer.setReasons('marker-supply-empty-error')
  await button(page, t('printer.test')).click()
  await page.getByRole('alert').getByText('The ribbon, toner or ink is used up. Put in a new one.').waitFor()
  await expectAccessible(page)
  await page.goto(`${server.url}/admin/printers`)
  await page
    .getByRole('table', { name: t('printers.title') })
    .getByText('Put in a new one.')
    .waitFor()
  await expectAccessible(page)
})

test('P-3, P-7 a printer with a fault does not start, and says why and what to do; a card that it leaves is Pending', async () => {
  const { page } = browser
  const serial = await insertBlankCard(server, 'virtual:1')
  const last = serial.slice(-4)
  await addDevice(page, wolfe)
  await printerTile(page).click()
  await shownReader(page, demoReader).click()
  await configurePrinter(page, networkPrinter, 'Virtual reader 1')
  await page
    .getByText(/The ribbon, toner or ink is used up\. Put in a new one\./)
    .first()
    .waitFor()
  expect(await button(page, t('print.start')).isDisabled()).toBe(true)
  printer.setReasons()
  const held = await holdAtCertificates(server)
  await startAndContinue(page, policyName, pin)
  await held.reached()
  await printer.vanish()
  await held.letGo()
  await page
    .getByRole('alert')
    .getByText(/The printer is not reached/)
    .waitFor()
  await page.getByText(t('print.encodedText', { last, user: wolfe })).waitFor()
  await page.getByRole('link', { name: t('print.later') }).click()
  await tileOf(page, serial).getByText(t('state.pending')).waitFor()
  expect(certificateStates(await deviceOf(wolfe, serial))).toEqual(['ON_HOLD'])
})

test('P-7 a fault in the middle is shown in words; the card is printed again, and then activated', async () => {
  const { page } = browser
  const device = (await devicesOf(server, (await userNamed(server, wolfe)).id))[0] as Device
  const last = device.serial.slice(-4)
  await printer.comeBack()
  printer.jobs.abortNext('job-aborted-by-system')
  await button(tileOf(page, device.serial), t('action.print')).click()
  const print = button(page.getByRole('dialog'), t('print.do'))
  await print.click()
  const alert = page.getByRole('alert')
  await alert.getByText(t('print.nothingLost', { last, user: wolfe })).waitFor()
  expect(await button(page, t('print.continue')).isDisabled(), 'what is not printed is not handed out').toBe(true)
  expect((await deviceOf(wolfe, device.serial)).state).toBe('PRODUCED')
  await expectAccessible(page)

  const middle = printer.jobs.hold()
  await button(page, t('print.again')).click()
  await print.click()
  await middle
  printer.setReasons('marker-supply-empty-error')
  await page
    .getByText(t('print.waits', { printer: networkPrinter, what: 'The ribbon, toner or ink is used up.' }))
    .first()
    .waitFor()
  await page.getByText('Put in a new one.').waitFor()
  printer.setReasons()
  printer.jobs.release()
  await printed(page, networkPrinter)
  await button(page, t('print.continue')).click()
  await tileOf(page, device.serial).getByText(t('state.active')).waitFor()
})

test('P-6 a Pending card is terminated instead, and recycled', async () => {
  const { page } = browser
  const serial = await insertBlankCard(server, 'virtual:1')
  const last = serial.slice(-4)
  const [{ id: userId }, { id: policyId }] = [await userNamed(server, carmen), await policyNamed(server, policyName)]
  const { readers } = await must<{ readers: Reader[] }>(server, 'GET', '/api/readers')
  const insertion = readers.find(reader => reader.id === 'virtual:1')?.card?.insertion
  const wish = { userId, policyId, action: 'PRODUCE', pin, readerId: 'virtual:1', insertion }
  await must(server, 'POST', '/api/issuances', wish)
  await expect.poll(async () => (await deviceOf(carmen, serial)).state, { timeout: 15_000 }).toBe('PRODUCED')

  await openUser(page, carmen)
  await chooseAction(page, serial, t('action.terminate'))
  const dialog = page.getByRole('dialog', { name: t('terminate.title') })
  await dialog.getByRole('radio', { name: t('terminate.reason.DAMAGED') }).click()
  await button(dialog, t('terminate.do')).click()
  await page.getByText(t('terminate.done', { last })).waitFor()
  expect(certificateStates(await deviceOf(carmen, serial))).toEqual(['REVOKED'])
  await button(page, t('user.ended', { count: 1 })).click()
  await chooseAction(page, serial, t('action.recycle'))
  await button(page, t('recycle.do')).click()
  await page.getByText(t('issued.recycled', { last })).waitFor()
})

test('P-1 a printer that is removed is offered no longer', async () => {
  const { page } = browser
  await page.goto(`${server.url}/admin/printers`)
  await page.getByRole('link', { name: networkPrinter }).click()
  await button(page, t('printer.remove')).click()
  await button(page.getByRole('dialog'), t('printer.remove')).click()
  await page.getByText(t('printers.empty.title')).waitFor()
  await addDevice(page, wolfe)
  await printerTile(page).click()
  await page.getByText(t('print.lacks.printer')).waitFor()
  expect(browser.faults).toEqual([])
})
