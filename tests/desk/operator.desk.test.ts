import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDevice, device, done, issueButton, pinField, policy, setNewPin } from '../e2e/add-device.ts'
import { openBrowser, type TestBrowser } from '../e2e/browser.ts'
import { devicesOf } from '../e2e/certificates.ts'
import { changeSettings, userNamed } from '../e2e/command-line.ts'
import { button, chooseAction, openUser, signInAs, signUp, tileOf } from '../e2e/operator.ts'
import { startServer, type TestServer } from '../e2e/server.ts'
import { type TextKey, t } from '../e2e/texts.ts'
import { insertBlank, isBlank } from '../e2e/virtual-cards.ts'
import { blankCard } from '../interop/blank-card.ts'
import { canRun } from '../interop/foreign-tools.ts'
import { type AttachedCard, attachCard, SLOT_NAMES } from '../interop/pcscd.ts'
import { type Desk, openDesk } from './desk.ts'
import { letGo, takesPin } from './foreign-pin.ts'
import { expectPinsNowhere } from './nowhere.ts'
import { pictureFailures } from './picture.ts'

const anna = 'Anna Lindström'
const serial = '41000011'
const pins = { issued: '739142', unlocked: '26087153', changed: '918264', second: '40718265', old: '504938' } as const
const READER = SLOT_NAMES[0]
const card = blankCard('yubikey-5.7', Number(serial))
const pinOnCard = () => Buffer.from(card.state().piv.pin.value.filter(byte => byte !== 0xff)).toString()
let server: TestServer
let desk: Desk
let other: TestBrowser
let attached: AttachedCard | undefined

pictureFailures(() => desk)
beforeAll(async () => {
  server = await startServer()
  desk = await openDesk(server.url)
  other = await openBrowser()
  await signUp(desk.page, server.setupLink, 'two lanterns by the harbour wall')
  await changeSettings(server, { pinDisplayMode: 'NOT_DISPLAYED', changePinDuringIssuance: true })
})
afterAll(async () => {
  await other?.close()
  await desk?.close()
  await attached?.detach()
  await server?.remove()
})

const emptyReader = (page: Page) => page.getByText(t('addDevice.emptyReader', { reader: READER }))
/** The tile of our device on Add Device: at this workstation, and not in a virtual reader. */
const here = (page: Page) => device(page, serial.slice(-4)).and(device(page, t('reader.WORKSTATION')))

/** Unlock or change PIN of the device, up to the dialog of one way, in which the device is found. */
const begin = async (page: Page, way: TextKey) => {
  await chooseAction(page, serial, t('action.unlock'))
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: t(way, { user: anna }) }).click()
  await button(dialog, t('unlock.go')).click()
  await dialog.getByText(t('recycle.found', { reader: READER })).waitFor()
  return dialog
}

const typeNew = async (page: Page, pin: string) => {
  await page.getByLabel(t('issuance.newPin'), { exact: true }).fill(pin)
  await page.getByLabel(t('issuance.newPinAgain'), { exact: true }).fill(pin)
}

test('I-2 a device put into a reader of this workstation appears by itself beside the virtual ones, and vanishes', async () => {
  const { page } = desk
  const virtual = await insertBlank(server, 'yubikey-5.2')
  await addDevice(page, anna)
  await emptyReader(page).waitFor()
  await device(page, virtual.slice(-4)).waitFor()
  attached = await attachCard(card)
  await here(page).waitFor()
  expect(await emptyReader(page).count()).toBe(0)
  expect(await device(page, virtual.slice(-4)).textContent()).not.toContain(t('reader.WORKSTATION'))
  await attached.detach()
  await emptyReader(page).waitFor()
  expect(await here(page).count()).toBe(0)
  expect(await device(page, virtual.slice(-4)).count()).toBe(1)
  attached = await attachCard(card)
  await here(page).waitFor()
})

test('another operator at another computer sees the virtual readers, and no reader of this workstation', async () => {
  const { page } = other
  await signInAs(page, server, 'Björn Åberg', 'ISSUANCE_OFFICER', 'an open window on the third floor')
  await addDevice(page, anna)
  await device(page, 'Virtual reader 1').waitFor()
  expect(await here(page).count()).toBe(0)
  expect(await emptyReader(page).count()).toBe(0)
  const seen = (await page.evaluate(`fetch('/api/readers').then(r => r.text())`)) as string
  expect(seen).toContain('Virtual reader 1')
  expect(seen).not.toContain(READER)
})

test('I-7 point 3: issued in the reader of this workstation; the holder’s PIN goes from the page to the card', async () => {
  const { page } = desk
  await here(page).click()
  await policy(page, 'PIV, P-256').click()
  await page.getByText(t('addDevice.pinAtEnd', { user: anna })).waitFor()
  expect(await pinField(page).count()).toBe(0)
  await issueButton(page).click()
  await page.getByText(t('issuance.newPin.WORKSTATION', { user: anna })).waitFor()

  // A second tab while the device waits for its holder: it gets the readers, and this one takes them back to go on.
  const tab = await desk.context.newPage()
  await tab.goto(`${server.url}/operator`)
  await button(page, t('workstation.attention')).waitFor()
  await setNewPin(page, pins.issued)
  await done(page, 'issued.active', serial, anna)
  expect(pinOnCard()).toBe(pins.issued)
  await button(tab, t('workstation.attention')).click()
  await tab.getByText(t('setup.state.in-use-elsewhere')).waitFor()
  await tab.close()
})

test.runIf(canRun('yubico-piv-tool'))('a program of somebody else takes that PIN, and no other', async () => {
  await letGo(desk, READER)
  expect(await takesPin(READER, pins.old)).toBe(false)
  expect(await takesPin(READER, pins.issued)).toBe(true)
})

test('a forgotten PIN is unlocked, and changed by the old one; a wrong old PIN says how many tries are left', async () => {
  const { page } = desk
  await page.goto(`${server.url}/operator`)
  await openUser(page, anna)
  const unlock = await begin(page, 'unlock.unlock')
  await typeNew(page, '123456')
  expect(await button(unlock, t('unlock.unlock.do')).isDisabled()).toBe(true)
  await typeNew(page, pins.unlocked)
  await button(unlock, t('unlock.unlock.do')).click()
  await page.getByText(t('unlock.unlock.done', { last: serial.slice(-4), user: anna })).waitFor()
  expect(pinOnCard()).toBe(pins.unlocked)

  const change = await begin(page, 'unlock.change')
  await page.getByLabel(t('unlock.oldPin')).fill(pins.old)
  await typeNew(page, pins.changed)
  await button(change, t('unlock.change.do')).click()
  const { left } = card.state().piv.pin
  await change
    .getByRole('alert')
    .getByText(/Tries left: \d/)
    .waitFor()
  expect(await change.getByRole('alert').textContent()).toContain(`Tries left: ${card.state().piv.pin.left}`)
  expect(card.state().piv.pin.left).toBeLessThanOrEqual(left)
  await page.getByLabel(t('unlock.oldPin')).fill(pins.unlocked)
  await button(change, t('unlock.change.do')).click()
  await page.getByText(t('unlock.change.done', { last: serial.slice(-4) })).waitFor()
  expect(pinOnCard()).toBe(pins.changed)
})

test('two tabs: the newer one shows the readers, and the older one works with them when somebody comes back to it', async () => {
  const { page } = desk
  const tab = await desk.context.newPage()
  await tab.goto(`${server.url}/operator`)
  await addDevice(tab, anna)
  await here(tab).waitFor()

  await page.bringToFront()
  const change = await begin(page, 'unlock.change')
  const typed = async () => {
    await page.getByLabel(t('unlock.oldPin')).fill(pins.changed)
    await typeNew(page, pins.second)
    await button(change, t('unlock.change.do')).click()
  }
  await typed()
  // For a moment the tab shows the reader as the other tab's client named it: what is typed then is refused before it
  // reaches a card, and is typed again.
  const refused = change.getByRole('alert')
  await Promise.race([refused.waitFor(), change.waitFor({ state: 'detached' })])
  if ((await refused.count()) > 0) await typed()
  await change.waitFor({ state: 'detached' })
  expect(pinOnCard()).toBe(pins.second)
  await tab.close()
})

test('suspended and resumed without the card; terminated, recycled in the reader of this workstation: blank again', async () => {
  const { page } = desk
  await attached?.detach()
  const tile = tileOf(page, serial)
  await chooseAction(page, serial, t('action.suspend'))
  await button(page, t('suspend.do')).click()
  await tile.getByText(t('state.suspended'), { exact: true }).waitFor()
  await chooseAction(page, serial, t('action.resume'))
  await button(page, t('resume.do')).click()
  await tile.getByText(t('state.active'), { exact: true }).waitFor()
  await chooseAction(page, serial, t('action.terminate'))
  const dialog = page.getByRole('dialog', { name: t('terminate.title') })
  await dialog.getByRole('radio', { name: t('terminate.reason.UNASSIGNED') }).click()
  await button(dialog, t('terminate.do')).click()
  await page.getByText(t('terminate.done', { last: serial.slice(-4) })).waitFor()

  await button(page, t('user.ended', { count: 1 })).click()
  await chooseAction(page, serial, t('action.recycle'))
  await page.getByText(t('recycle.insert', { last: serial.slice(-4) })).waitFor()
  attached = await attachCard(card)
  await page.getByText(t('recycle.found', { reader: READER })).waitFor()
  expect(isBlank(card.state())).toBe(false)
  await button(page, t('recycle.do')).click()
  await page.getByText(t('issued.recycled', { last: serial.slice(-4) })).waitFor()
  expect(isBlank(card.state())).toBe(true)
  expect(await devicesOf(server, (await userNamed(server, anna)).id)).toEqual([])
})

test('the holder’s PINs: in nothing that the server received, stored and logged', async () => {
  const { page } = desk
  await page.goto(`${server.url}/operator`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await expectPinsNowhere(Object.values(pins), server, desk)
  expect(desk.faults).toEqual([])
  expect(other.faults).toEqual([])
})
