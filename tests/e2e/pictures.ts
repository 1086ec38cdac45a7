// The pictures of the README and of docs: node tests/e2e/pictures.ts (the portal must be built). Takes half a minute.
import { configure, issue, issueButton, pinField, typePin } from './add-device.ts'
import { openBrowser } from './browser.ts'
import { changeOption, changeSettings } from './command-line.ts'
import { holdAtCertificates } from './database.ts'
import { button, openUser, signInAs } from './operator.ts'
import { chooseIncident, requestOf } from './replacement.ts'
import { startServer } from './server.ts'
import { takePicture } from './take-picture.ts'
import { t } from './texts.ts'
import { insertBlank, remove } from './virtual-cards.ts'

// As an installation that is in use has it; without it the portal warns on every page.
process.env.CARDWRIGHT_PASSPHRASE = 'only for the pictures'
const server = await startServer()
const browser = await openBrowser()
try {
  const { page } = browser
  const picture = (name: string) => takePicture(page, name)
  await changeSettings(server, { pinDisplayMode: 'DISGUISED', changePinDuringIssuance: false })
  await changeOption(server, 'CardsMultipleActive', true)
  await signInAs(page, server, 'Priya Raman', 'ISSUANCE_OFFICER', 'only for the pictures as well')
  const user = 'Anna Lindström'
  const pin = '58203917'

  const serial = await insertBlank(server, 'yubikey-5.2')
  await issue(page, { user, policy: 'PIV, P-256', serial, pin })
  await insertBlank(server, 'yubikey-5.7')
  await page.setViewportSize({ width: 1280, height: 1680 })
  await configure(page, user, 'PIV, RSA-2048')
  await pinField(page).fill('5820')
  await picture('add-device')

  await page.setViewportSize({ width: 1280, height: 960 })
  await typePin(page, pin)
  const held = await holdAtCertificates(server)
  await issueButton(page).click()
  await held.reached()
  await page.getByText(t('issuance.keep')).waitFor()
  await picture('issuing')
  await remove(server, 'virtual:1')
  await held.letGo()
  await button(page, t('failure.retry')).waitFor()
  await picture('failure')
  await button(page, t('failure.cancel')).click()
  await page.getByRole('heading', { level: 1, name: user }).waitFor()

  // The number of a plain card is not the one that its file is named by.
  await insertBlank(server, 'sp800-73')
  await configure(page, user, 'Plain smart card')
  await typePin(page, pin)
  await issueButton(page).click()
  await page.getByRole('article').nth(1).waitFor()
  await page.setViewportSize({ width: 1280, height: 960 })
  await openUser(page, user)
  await page.reload()
  await page.getByRole('article').nth(1).waitFor()
  await page.getByText(t('logins.noneOpen')).waitFor()
  await picture('user-page')

  await page.setViewportSize({ width: 1280, height: 1680 })
  const incident = await chooseIncident(page, { user, serial, reason: 'LOST' })
  await incident.getByText(t('incident.fits')).first().waitFor()
  await picture('incident')
  await button(incident, t('incident.do')).click()
  await requestOf(page, user, serial)
  await page.getByText(t('incident.done', { last: serial.slice(-4) })).waitFor({ state: 'hidden' })
  await page.setViewportSize({ width: 1280, height: 960 })
  await picture('request')
} finally {
  await browser.close()
  await server.remove()
}
