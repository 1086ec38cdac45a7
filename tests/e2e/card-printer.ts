import type { Reader } from '@cardwright/contract'
import type { Locator, Page } from 'playwright-core'
import { policy, typePin } from './add-device.ts'
import { must } from './command-line.ts'
import { button } from './operator.ts'
import type { TestServer } from './server.ts'
import { t } from './texts.ts'
import { insertBlank } from './virtual-cards.ts'

/** Of the demo: a printer with a reader inside. */
export const demoPrinter = 'Virtual card printer (demo)'
export const demoReader = 'Virtual card printer, its reader'
export const demoReaderId = 'virtual:printer'

export const printerTile = (page: Page): Locator =>
  page
    .getByRole('radiogroup', { name: t('addDevice.device'), exact: true })
    .getByRole('radio', { name: t('print.tile') })

/** The reader in the printer, as it is shown and clicked (P-2). */
export const shownReader = (page: Page, reader: string): Locator => button(page, t('print.changeReader', { reader }))

const choose = async (page: Page, label: 'print.printer' | 'print.reader', name: string): Promise<void> => {
  await page.getByRole('combobox', { name: t(label), exact: true }).click()
  await page.getByRole('option', { name, exact: true }).click()
}

/** Which printer, and which reader is inside of it (P-2). */
export const configurePrinter = async (page: Page, printer: string, reader: string): Promise<void> => {
  await choose(page, 'print.printer', printer)
  await choose(page, 'print.reader', reader)
  await button(page, t('print.configureDo')).click()
  await shownReader(page, reader).waitFor()
}

/** From Configure Device with a ready printer to the end of the encoding's first page: layout, Start, policy, PIN, Continue. */
export const startAndContinue = async (page: Page, policyName: string, pin: string): Promise<void> => {
  await button(page, t('print.start')).click()
  await policy(page, policyName).click()
  await typePin(page, pin)
  await button(page, t('print.continue')).click()
}

export const printed = (page: Page, printer: string): Promise<void> =>
  page.getByText(t('print.now.PRINTED', { printer }), { exact: true }).first().waitFor()

/** A blank card, not a key, as the only one in all readers; answers what Cardwright knows it by: what it says of itself. */
export const insertBlankCard = async (server: TestServer, readerId: string): Promise<string> => {
  await insertBlank(server, 'sp800-73', readerId)
  const { readers } = await must<{ readers: Reader[] }>(server, 'GET', '/api/readers')
  return readers.find(reader => reader.id === readerId)?.card?.serial ?? ''
}
