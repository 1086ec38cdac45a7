// The pictures of docs on printing and options: node tests/e2e/printing-pictures.ts (the portal must be built).
import type { ListedLayout } from '@cardwright/contract'
import { addDevice } from './add-device.ts'
import { openBrowser } from './browser.ts'
import {
  configurePrinter,
  demoPrinter,
  demoReader,
  demoReaderId,
  insertBlankCard,
  printed,
  printerTile,
  startAndContinue,
} from './card-printer.ts'
import { changeSettings, must } from './command-line.ts'
import { signInAs } from './operator.ts'
import { startServer } from './server.ts'
import { takePicture } from './take-picture.ts'
import { t } from './texts.ts'

// As an installation that is in use has it; without it the portal warns on every page.
process.env.CARDWRIGHT_PASSPHRASE = 'only for the pictures'
const server = await startServer()
const browser = await openBrowser()
try {
  const { page } = browser
  const user = 'Anna Lindström'
  await changeSettings(server, { pinDisplayMode: 'DISGUISED', changePinDuringIssuance: false })
  await signInAs(page, server, 'Priya Raman', 'ADMINISTRATOR', 'only for the pictures as well')

  await insertBlankCard(server, demoReaderId)
  await addDevice(page, user)
  await printerTile(page).click()
  await configurePrinter(page, demoPrinter, demoReader)
  await page
    .getByRole('radiogroup', { name: t('print.layouts'), exact: true })
    .getByRole('radio')
    .first()
    .waitFor()
  await page.setViewportSize({ width: 1280, height: 1400 })
  for (const side of ['print.frontOf', 'print.backOf'] as const) {
    await page.getByRole('img', { name: t(side, { name: 'Staff badge (demo)' }) }).waitFor()
  }
  await takePicture(page, 'print-card')
  await startAndContinue(page, 'PIV, P-256', '58203917')
  await printed(page, demoPrinter)
  await page.setViewportSize({ width: 1280, height: 1100 })
  await takePicture(page, 'card-printed')

  await page.setViewportSize({ width: 1280, height: 960 })
  const { rows } = await must<{ rows: ListedLayout[] }>(server, 'GET', '/api/layouts')
  await page.goto(`${server.url}/admin/layouts/${rows[0]?.id}`)
  await page.getByAltText(t('designer.preview.alt', { side: t('designer.front') })).waitFor()
  await takePicture(page, 'layout-designer')

  await page.goto(`${server.url}/admin/option-scripts`)
  await page.locator('.cm-content').first().waitFor()
  await takePicture(page, 'options')
} finally {
  await browser.close()
  await server.remove()
}
