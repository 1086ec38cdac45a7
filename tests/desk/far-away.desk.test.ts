import { join } from 'node:path'
import type { WorkstationNeeds } from '@cardwright/contract'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as texts from '../../apps/extension/src/unblock/texts.ts'
import { addDevice, device, done, issueButton, policy } from '../e2e/add-device.ts'
import { openBrowser, type TestBrowser } from '../e2e/browser.ts'
import { changeSettings } from '../e2e/command-line.ts'
import { button, chooseAction, openUser, signInAs, signUp } from '../e2e/operator.ts'
import { startServer, type TestServer } from '../e2e/server.ts'
import { t } from '../e2e/texts.ts'
import { blankCard } from '../interop/blank-card.ts'
import { canRun } from '../interop/foreign-tools.ts'
import { type AttachedCard, attachCard, SLOT_NAMES } from '../interop/pcscd.ts'
import { type Desk, openDesk } from './desk.ts'
import { letGo, takesPin } from './foreign-pin.ts'
import { expectPinsNowhere } from './nowhere.ts'
import { pictureFailures } from './picture.ts'
import { openTerminal } from './terminal.ts'

const anna = 'Anna Lindström'
const serial = '41000021'
const pins = { afar: '739142', terminal: '918264', onSite: '26087153', never: '504938' } as const
const READER = SLOT_NAMES[0]
const card = blankCard('yubikey-5.7', Number(serial))
const pinOnCard = () => Buffer.from(card.state().piv.pin.value.filter(byte => byte !== 0xff)).toString()
const tries = () => ({ pin: card.state().piv.pin.left, puk: card.state().piv.puk.left })
let server: TestServer
let desk: Desk
let helpDesk: TestBrowser
let attached: AttachedCard
let offlinePage = ''

pictureFailures(() => desk)
beforeAll(async () => {
  server = await startServer()
  attached = await attachCard(card)
  desk = await openDesk(server.url)
  helpDesk = await openBrowser()
  const needs = (await (await fetch(`${server.url}/api/workstation`)).json()) as WorkstationNeeds
  offlinePage = `chrome-extension://${needs.extension.id}/unblock.html`
  await signUp(desk.page, server.setupLink, 'seven gulls above the lighthouse')
  await changeSettings(server, { pinDisplayMode: 'NOT_DISPLAYED', changePinDuringIssuance: false })
})
afterAll(async () => {
  await helpDesk?.close()
  await desk?.close()
  await attached?.detach()
  await server?.remove()
})

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 2, name })
const slip = (page: Page) => page.locator('#slip')

/** On the offline page, from the choice of the device to the challenge that the person reads out. */
const readChallenge = async (page: Page): Promise<string> => {
  await page.getByRole('radio', { name: READER, exact: true }).and(page.locator(':checked')).waitFor()
  await button(page, 'Show challenge').click()
  await heading(page, '2. Read this to the help desk').waitFor()
  return (await page.getByRole('list', { name: 'Challenge' }).getByRole('listitem').allTextContents()).join(' ')
}

/** The help desk in the Operator portal: types what it hears, reads back the answer. */
const askHelpDesk = async (challenge: string): Promise<string[]> => {
  const { page } = helpDesk
  await openUser(page, anna)
  await chooseAction(page, serial, t('action.unlock'))
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: t('unlock.far', { user: anna }) }).click()
  await button(dialog, t('unlock.go')).click()
  await dialog.getByRole('checkbox').check()
  await button(dialog, t('unlock.go')).click()
  await page.getByLabel(t('unlock.challenge'), { exact: true }).pressSequentially(challenge.toLowerCase())
  await button(dialog, t('unlock.challengeDo')).click()
  await dialog.getByText(t('unlock.answerTitle')).waitFor()
  const groups = await dialog.locator('[translate="no"] > span > span:first-child').allTextContents()
  await button(dialog, t('unlock.answered')).click()
  return groups
}

const typeAnswer = async (page: Page, answer: readonly string[], pin: string): Promise<void> => {
  await page.getByLabel('Answer of the help desk').fill(answer.join(' ').toLowerCase())
  await page.getByLabel('New PIN', { exact: true }).fill(pin)
  await page.getByLabel('New PIN again').fill(pin)
  await button(page, 'Unlock device').click()
}

test.runIf(canRun('yubico-piv-tool'))('a device is issued, and its PIN is blocked by wrong tries', async () => {
  const { page } = desk
  await addDevice(page, anna)
  await device(page, serial.slice(-4)).click()
  await policy(page, 'PIV, P-256').click()
  await issueButton(page).click()
  await done(page, 'issued.active', serial, anna)
  await desk.context.clearCookies()
  await letGo(desk, READER)
  const { left } = card.state().piv.pin
  for (let i = 0; i < left; i++) expect(await takesPin(READER, pins.never)).toBe(false)
  expect(tries().pin).toBe(0)
})

let before = 0
test('without a connection: the button of the extension opens a page that shows the readers and asks for a device', async () => {
  const { page, context } = desk
  await context.setOffline(true)
  await expect(page.goto(server.url)).rejects.toThrow(/ERR_INTERNET_DISCONNECTED/)
  // The browser's own page of the failure comes after the failure.
  await page.waitForURL('chrome-error://**')
  before = desk.sent.length
  await page.goto(offlinePage)
  await heading(page, '1. Your device').waitFor()
  await page.getByRole('radio', { name: READER, exact: true }).waitFor()
  expect(await page.getByRole('radio', { name: SLOT_NAMES[1] }).isDisabled()).toBe(true)
  await attached.detach()
  await page.getByText(texts.noCard).waitFor()
  expect(await button(page, 'Show challenge').isDisabled()).toBe(true)
  attached = await attachCard(card)
  await page.getByRole('radio', { name: READER, exact: true }).and(page.locator(':checked')).waitFor()
})

let first: string[] = []
test('a slip in the answer is named by its group, and the challenge stands', async () => {
  const { page } = desk
  await signInAs(helpDesk.page, server, 'Björn Åberg', 'HELP_DESK', 'a kettle on the third step')
  const challenge = await readChallenge(page)
  first = await askHelpDesk(challenge)
  const puk = tries()
  const [, group = ''] = first
  const wrong = group.replace(/^./, c => (c === '7' ? '8' : '7'))
  await typeAnswer(page, first.with(1, wrong), pins.never)
  await slip(page)
    .getByText(texts.slip({ code: 'ANSWER_MISTYPED', groups: [2] }))
    .waitFor()
  expect(tries()).toEqual(puk)
})

test('the answer to an earlier challenge is refused by the device, and spends no try of its PUK', async () => {
  const { page } = desk
  const puk = tries()
  await button(page, 'Begin again').click()
  await readChallenge(page)
  await typeAnswer(page, first, pins.never)
  await heading(page, 'Your device was not unlocked').waitFor()
  await page.getByText(texts.failure.ANSWER_REFUSED[0]).waitFor()
  expect(tries()).toEqual(puk)
})

test('a device that is pulled while the challenge is on the telephone is said, and the next one begins anew', async () => {
  const { page } = desk
  await button(page, 'Begin again').click()
  const answer = await askHelpDesk(await readChallenge(page))
  await attached.detach()
  await typeAnswer(page, answer, pins.never)
  await page.getByText(texts.failure.CARD_REMOVED[0]).waitFor()
  attached = await attachCard(card)
  await button(page, 'Begin again').click()
  await heading(page, '1. Your device').waitFor()
})

test('the answer of the help desk unlocks the device with the PIN that the person chooses', async () => {
  const { page } = desk
  const answer = await askHelpDesk(await readChallenge(page))
  await typeAnswer(page, answer, '123456')
  await page.getByText(texts.pinBreaksRules).waitFor()
  await typeAnswer(page, answer, pins.afar)
  await heading(page, 'Your device is unlocked').waitFor()
  expect(pinOnCard()).toBe(pins.afar)
  expect(tries().pin).toBe(card.state().piv.pin.tries)
  expect(tries().puk).toBe(card.state().piv.puk.tries)
  expect(desk.sent.slice(before).filter(line => !/^GET chrome-extension:/.test(line))).toEqual([])
})

test.runIf(canRun('yubico-piv-tool'))('a program of somebody else takes that PIN', async () => {
  await letGo(desk, READER)
  expect(await takesPin(READER, pins.afar)).toBe(true)
  expect(await takesPin(READER, pins.never)).toBe(false)
})

test('the same without a browser, at a terminal, which shows nothing of the PIN', async () => {
  await letGo(desk, READER)
  const terminal = openTerminal(join(desk.home, '.local/share/cardwright-client/cardwright-client'), 'unblock')
  try {
    await terminal.shows('Answer of the help desk: ')
    const answer = await askHelpDesk(terminal.text().match(/^ {4}(\S+)/m)?.[1] ?? '')
    terminal.type(answer.join('-'))
    await terminal.shows('New PIN (6 to 8 digits, not shown): ')
    terminal.type(pins.terminal)
    await terminal.shows('The same again: ')
    terminal.type(pins.terminal)
    await terminal.shows('Done. The card has its new PIN.')
    expect(await terminal.ended).toBe(0)
  } finally {
    terminal.end()
  }
  expect(terminal.text()).toContain('Card in ')
  expect(terminal.text()).not.toContain(pins.terminal)
  expect(pinOnCard()).toBe(pins.terminal)
})

test('with the connection back, the device is unlocked at the reader as well: its PUK is known', async () => {
  const { page, context } = desk
  await context.setOffline(false)
  await signInAs(page, server, 'Carmen Ortiz Peña', 'HELP_DESK', 'a ladder behind the bakery')
  await openUser(page, anna)
  await chooseAction(page, serial, t('action.unlock'))
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: t('unlock.unlock', { user: anna }) }).click()
  await button(dialog, t('unlock.go')).click()
  await dialog.getByText(t('recycle.found', { reader: READER })).waitFor()
  await page.getByLabel(t('issuance.newPin'), { exact: true }).fill(pins.onSite)
  await page.getByLabel(t('issuance.newPinAgain'), { exact: true }).fill(pins.onSite)
  await button(dialog, t('unlock.unlock.do')).click()
  await page.getByText(t('unlock.unlock.done', { last: serial.slice(-4), user: anna })).waitFor()
  expect(pinOnCard()).toBe(pins.onSite)
  expect(tries().puk).toBe(card.state().piv.puk.tries)
})

test('the holder’s PINs: in nothing that the server received, stored and logged', async () => {
  await expectPinsNowhere(Object.values(pins), server, desk)
  expect(desk.faults).toEqual([])
  expect(helpDesk.faults).toEqual([])
})
