import type { Delivery, LetterSettings, ScriptVersion } from '@cardwright/contract'
import { defaultScript, type OptionScript, setOption } from '@cardwright/core/option-script'
import { type IppTestServer, startIppTestServer } from '@cardwright/printer-ipp/testing'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectAccessible } from './accessible.ts'
import { configure, done, issueButton } from './add-device.ts'
import { openBrowser, type TestBrowser } from './browser.ts'
import { devicesOf } from './certificates.ts'
import { changeOption, changeSettings, must, userNamed } from './command-line.ts'
import { pictureFailures } from './failure-picture.ts'
import { button, signUp } from './operator.ts'
import { startServer, type TestServer } from './server.ts'
import { t } from './texts.ts'
import { insertBlank } from './virtual-cards.ts'

const anna = 'Anna Lindström'
const main = 'CardsScriptOptions'
let server: TestServer
let browser: TestBrowser
let printer: IppTestServer
pictureFailures(() => browser)
beforeAll(async () => {
  ;[server, browser, printer] = await Promise.all([startServer(), openBrowser({ whole: true }), startIppTestServer()])
  await signUp(browser.page, server.setupLink, 'four herons by the sluice gate')
})
afterAll(async () => {
  await browser?.close()
  await server?.remove()
  await printer?.close()
})

const versionsOf = async (name: OptionScript): Promise<ScriptVersion[]> =>
  (await must<{ rows: ScriptVersion[] }>(server, 'GET', `/api/settings/option-scripts/${name}/versions`)).rows
const editor = (page: Page): Locator => page.getByRole('textbox', { name: t('script.editor', { name: main }) })
/** The text as it stands in the editor, which draws the lines that are near what is in sight. */
const written = async (page: Page): Promise<string> => {
  await editor(page).scrollIntoViewIfNeeded()
  return (await editor(page).locator('.cm-line').allTextContents()).join('\n')
}
const write = async (page: Page, text: string): Promise<void> => {
  await editor(page).click()
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Delete')
  await page.keyboard.insertText(text)
}
const save = (page: Page): Locator => button(page, t('common.save'))
const dialog = (page: Page): Locator => page.getByRole('dialog')
const openScripts = async (page: Page): Promise<void> => {
  await page.goto(`${server.url}/admin/option-scripts`)
  await editor(page).waitFor()
}

/** Each kind of mistake that the issue names, in a line of its own. */
const wrong = `CardsPINLenght = "6"
CardsPUKLength = "9"
if (user.vip) { CardsMultipleActive = true }
CardsRequestApproval = true
CardsRequestApproval = false
CardsPINDeliveryMethod = "print
TempCardsValidityDays = 14
/* what never ends`
const mistakes = [
  [1, /no option CardsPINLenght; did you mean CardsPINLength\?/],
  [2, /CardsPUKLength must be "8"/],
  [3, /read, never executed/],
  [5, /CardsRequestApproval has its value already, in line 4/],
  [6, /quotation mark/],
  [7, /stands in TempCardsScriptOptions/],
  [8, /never ends with/],
] as const

test('N-6: every mistake is named by its line, in the script and in the form; nothing is saved, nothing is lost', async () => {
  const { page } = browser
  await openScripts(page)
  await write(page, wrong)
  const remarks = page.getByRole('list', { name: t('script.remarks') })
  await page.getByText(t('script.mistakes', { count: mistakes.length }), { exact: true }).waitFor()
  const told = await remarks.getByRole('listitem').allTextContents()
  for (const [at, [line, words]] of mistakes.entries()) {
    expect(told[at]).toMatch(words)
    expect(told[at]).toContain(t('script.mistakeAt', { line }))
  }
  // The form names the line and keeps what was there before.
  const length = page.getByLabel('CardsPUKLength', { exact: true })
  expect(await length.inputValue()).toBe('8')
  await page.getByText(t('script.wrongLine', { line: 2 })).waitFor()
  expect(await save(page).isDisabled()).toBe(true)
  await expectAccessible(page)

  // By keyboard out of the editor, to a mistake, and from there to its place.
  await editor(page).focus()
  await page.keyboard.press('Tab')
  expect(await page.evaluate('document.activeElement.textContent')).toBe(told[0])
  await remarks.getByRole('button').nth(1).press('Enter')
  await page.keyboard.press('Shift+End')
  await page.keyboard.insertText('"8"')
  await expect.poll(() => written(page)).toContain('\nCardsPUKLength = "8"\n')
  await page.reload()
  await page.getByText(t('script.found'), { exact: true }).waitFor()
  await expect.poll(() => written(page)).toBe(wrong.replace('"9"', '"8"'))
  expect(await versionsOf(main)).toHaveLength(1)
  await button(page, t('common.discard')).click()
  await expect.poll(() => written(page)).toBe(defaultScript(main))
})

test('N-6: names and values are offered; script and form stay in step', async () => {
  const { page } = browser
  await write(page, '')
  await page.keyboard.type('CardsPUKDel')
  await page.getByRole('option', { name: 'CardsPUKDeliveryMethod' }).click()
  await expect.poll(() => written(page)).toBe('CardsPUKDeliveryMethod = "nopuk"')
  await write(page, 'CardsPUKDeliveryMethod = ')
  await page.keyboard.press('Control+Space')
  await page.getByRole('option', { name: '"email"' }).click()
  await expect.poll(() => page.getByLabel('CardsPUKDeliveryMethod').inputValue()).toBe('email')
  await page.getByLabel('CardsPUKDeliveryMethod').selectOption('print')
  await page.getByRole('switch', { name: 'CardsMultipleActive' }).press('Space')
  await expect.poll(() => written(page)).toContain('CardsPUKDeliveryMethod = "print"\n')
  expect(await written(page)).toMatch(/^CardsMultipleActive = true$/m)
})

test('N-2, N-5: PIN and PUK by one way is confirmed; a version keeps author and reason, shows its differences, and comes back', async () => {
  const { page } = browser
  await save(page).click()
  const saving = button(dialog(page), t('script.save'))
  expect(await saving.isDisabled(), 'the same way is confirmed first').toBe(true)
  await dialog(page).getByLabel(t('script.sameChannelYes')).check()
  await dialog(page)
    .getByLabel(new RegExp(`^${t('script.note')}`))
    .fill('Two sealed letters, as the board decided')
  await saving.click()
  await page.getByText(t('versions.row', { version: 2 }), { exact: true }).waitFor()
  await page.getByText('Two sealed letters, as the board decided').waitFor()
  const [newest] = await versionsOf(main)
  expect(newest).toMatchObject({
    version: 2,
    note: 'Two sealed letters, as the board decided',
    savedBy: expect.any(String),
  })
  expect(newest?.text).toBe(await written(page))

  await button(page, t('versions.differences', { version: 1 })).click()
  const diff = page.getByLabel(t('script.diffOf', { from: 1, to: 2 }))
  await diff.getByText('CardsPUKDeliveryMethod = "nopuk"').waitFor()
  await button(page, t('script.revertLabel', { version: 1 })).click()
  await button(dialog(page), t('script.revertTo', { version: 1 })).click()
  await page.getByText(t('versions.row', { version: 3 }), { exact: true }).waitFor()
  expect((await versionsOf(main)).map(({ version, text }) => [version, text === defaultScript(main)])).toEqual([
    [3, true],
    [2, false],
    [1, true],
  ])
  await expect.poll(() => written(page)).toBe(defaultScript(main))
})

test('N-2: whoever was slower is told, keeps the draft, sees what it would change and goes on; or leaves without saving', async () => {
  const { page } = browser
  await page.getByRole('switch', { name: 'CardsRequestApproval' }).press('Space')
  await changeOption(server, 'CardsPINLength', '4')
  await save(page).click()
  await button(dialog(page), t('script.save')).click()
  await button(dialog(page), t('error.conflict.reload')).click()
  await page
    .getByLabel(t('script.changes', { version: 4 }))
    .getByText('CardsPINLength = "6"')
    .waitFor()
  await button(page, t('script.rebase')).click()
  await page.getByLabel('CardsPINLength', { exact: true }).selectOption('4')
  await save(page).click()
  await button(dialog(page), t('script.save')).click()
  await page.getByText(t('versions.row', { version: 5 }), { exact: true }).waitFor()
  const both = setOption(setOption(defaultScript(main), 'CardsPINLength', '4'), 'CardsRequestApproval', false)
  expect((await versionsOf(main))[0]?.text).toBe(both)

  await page.getByRole('switch', { name: 'CardsRequestApproval' }).press('Space')
  await page.getByRole('link', { name: t('nav.letters') }).click()
  await button(dialog(page), t('script.leave')).click()
  await page.getByRole('heading', { level: 1, name: t('letter.title') }).waitFor()
  expect(await versionsOf(main)).toHaveLength(5)
})

test('N-5: letters and mails are set up with a preview; a field that there is not is named at its text, and nothing is saved', async () => {
  const { page } = browser
  const stored = () => must<{ version: number; settings: LetterSettings }>(server, 'GET', '/api/settings/letters')
  await page.locator(`iframe[title="${t('letter.pdf')}"]`).waitFor()
  const body = page.getByLabel(t('letter.letterBody'), { exact: true })
  await body.press('Control+End')
  await page.keyboard.insertText('\n\nWith regards, {organsation}')
  const named = 'names no field: {organsation}'
  await page
    .getByText(t('letter.faultIn', { language: 'English', field: t('letter.letterBody'), fault: named }))
    .waitFor()
  expect(await body.getAttribute('aria-invalid')).toBe('true')
  await save(page).click()
  await page.getByRole('alert').getByText(named).waitFor()
  expect((await stored()).version).toBe(1)

  await body.fill((await body.inputValue()).replace('{organsation}', ''))
  await body.press('Control+End')
  await button(page, t('layoutField.organisation')).click()
  await page.getByRole('radio', { name: t('letter.paper.LETTER') }).check()
  await page.getByRole('radio', { name: t('letter.PRESSURE_SEAL') }).check()
  await page.getByLabel(t('letter.sealedY')).fill('180')
  const shown = (what: 'letter.previewAs' | 'letter.previewOf') => page.getByRole('radiogroup', { name: t(what) })
  await shown('letter.previewAs').getByText(t('letter.asMail'), { exact: true }).click()
  await shown('letter.previewOf').getByText(t('letter.PUK'), { exact: true }).click()
  const mail = page.frameLocator(`iframe[title="${t('letter.mailAsHtml')}"]`)
  await mail.getByText(/PUK only if your card is blocked/).waitFor()
  await save(page).click()
  await page.getByText(t('common.saved'), { exact: true }).waitFor()
  const { version, settings } = await stored()
  expect(version).toBe(2)
  expect(settings).toMatchObject({ paper: 'LETTER', protection: 'PRESSURE_SEAL', sealed: { x: 110, y: 180 } })
  expect(settings.texts[0]?.letterBody).toMatch(/With regards, \{organisation\}$/)
  await expectAccessible(page)
})

test('N-1, N-4: before a device is issued it is said how the PIN reaches its holder, and that nothing goes out where they choose it', async () => {
  const { page } = browser
  const choosing = t('addDevice.delivery.chosen', { user: anna })
  await changeSettings(server, { pinDisplayMode: 'NOT_DISPLAYED', changePinDuringIssuance: true })
  const serial = await insertBlank(server, 'yubikey-5.7')
  await configure(page, anna, 'PIV, P-256')
  await page.getByText(choosing).waitFor()
  await page.goto(`${server.url}/admin/option-scripts`)
  await page.getByText(t('options.delivery.desk.chosen')).waitFor()
  // Left without saving, it is here again.
  await page.getByText(t('script.found'), { exact: true }).waitFor()
  // The page is not laid out before its editor is there.
  await written(page)
  await button(page, t('common.discard')).click()
  await button(page, t('common.discard')).waitFor({ state: 'detached' })

  await changeSettings(server, { changePinDuringIssuance: false })
  await configure(page, anna, 'PIV, P-256')
  await page.getByText(t('addDevice.delivery.PRINT', { user: anna, what: t('delivery.what.PIN') })).waitFor()
  expect(await page.getByText(choosing).count()).toBe(0)
  await issueButton(page).click()
  await done(page, 'issued.active', serial, anna)
})

test('N-5: a letter that failed stands at its device with the reason and is repeated; one that may have come out is a copy, said before', async () => {
  const { page } = browser
  const [device] = await devicesOf(server, (await userNamed(server, anna)).id)
  const deliveries = async () =>
    (await must<{ rows: Delivery[] }>(server, 'GET', `/api/devices/${device?.id}/deliveries`)).rows
  const letter = t('delivery.PRINT', { what: t('delivery.what.PIN') })
  const row = page.getByRole('listitem').filter({ hasText: letter })
  const repeat = button(page, t('delivery.repeatThis', { name: letter }))
  const again = button(dialog(page), t('delivery.PRINT.repeat.do'))
  await page.goto(`${server.url}/operator`)
  await page
    .getByRole('region', { name: t('home.undelivered') })
    .getByRole('link', { name: anna })
    .click()
  await page.waitForURL(`**/operator/devices/${device?.id}`)
  await row.getByText('No letter printer is set up for this user.').waitFor()
  await row.getByText(t('delivery.state.FAILED'), { exact: true }).waitFor()
  await page.getByText(t('did.delivery.failed')).waitFor()

  const site = { name: 'Post room', uri: printer.uri, purpose: 'LETTER', groupIds: [] }
  await must(server, 'POST', '/api/printers', site)
  printer.jobs.abortNext('aborted-by-system')
  await repeat.click()
  expect(await dialog(page).getByText(t('delivery.copyTitle')).count(), 'nothing came out yet').toBe(0)
  await again.click()
  await row.getByText(t('delivery.state.UNCERTAIN'), { exact: true }).waitFor()

  await repeat.click()
  await dialog(page).getByText(t('delivery.copyTitle')).waitFor()
  await again.click()
  await row.getByText(t('delivery.state.PRINT.DELIVERED'), { exact: true }).waitFor()
  await row.getByText(t('delivery.copy'), { exact: true }).waitFor()
  await row.getByText(t('delivery.on', { to: 'Post room' })).waitFor()
  expect(await repeat.count()).toBe(0)
  expect(printer.printed).toHaveLength(1)
  expect(await deliveries()).toMatchObject([{ what: 'PIN', state: 'DELIVERED', copy: 2 }])
  expect(browser.faults).toEqual([])
})
