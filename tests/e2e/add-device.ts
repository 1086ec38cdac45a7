import type { Locator, Page } from 'playwright-core'
import { button, openUser } from './operator.ts'
import { type TextKey, t } from './texts.ts'

/** From anywhere to Configure Device of a user. */
export const addDevice = async (page: Page, userName: string): Promise<void> => {
  await openUser(page, userName)
  await page.getByRole('link', { name: t('user.addDevice') }).click()
  await page.getByRole('heading', { level: 1, name: t('addDevice.title') }).waitFor()
}

const choice = (page: Page, group: TextKey, name: string): Locator =>
  page.getByRole('radiogroup', { name: t(group), exact: true }).getByRole('radio', { name })

export const device = (page: Page, name: string): Locator => choice(page, 'addDevice.device', name)
export const policy = (page: Page, name: string): Locator => choice(page, 'addDevice.policy', name)
export const action = (page: Page, name: TextKey): Locator => choice(page, 'addDevice.action', t(name))
export const pinField = (page: Page): Locator => page.getByLabel(t('addDevice.initialPin'), { exact: true })
export const pinAgainField = (page: Page): Locator => page.getByLabel(t('addDevice.initialPinAgain'), { exact: true })
export const issueButton = (page: Page): Locator => button(page, t('addDevice.do.ISSUE'))

/** Chooses the only full reader's device and this policy. */
export const configure = async (page: Page, userName: string, policyName: string): Promise<void> => {
  await addDevice(page, userName)
  await policy(page, policyName).click()
}

/** A PIN that is typed once or, where it is masked, twice. */
export const typePin = async (page: Page, pin: string): Promise<void> => {
  await pinField(page).fill(pin)
  if (await pinAgainField(page).isVisible()) await pinAgainField(page).fill(pin)
}

/** The holder's own PIN at the end, twice. */
export const setNewPin = async (page: Page, pin: string): Promise<void> => {
  await page.getByLabel(t('issuance.newPin'), { exact: true }).fill(pin)
  await page.getByLabel(t('issuance.newPinAgain'), { exact: true }).fill(pin)
  await button(page, t('issuance.newPin.do')).click()
}

/** The notice on the user's page that says what has just been done. */
export const done = (
  page: Page,
  text: 'issued.active' | 'issued.pending',
  serial: string,
  user: string,
): Promise<void> => page.getByText(t(text, { last: serial.slice(-4), user })).waitFor()

/** Everything from search to Active. */
export const issue = async (
  page: Page,
  what: { readonly user: string; readonly policy: string; readonly serial: string; readonly pin?: string },
): Promise<void> => {
  await configure(page, what.user, what.policy)
  if (what.pin !== undefined) await typePin(page, what.pin)
  await issueButton(page).click()
  await done(page, 'issued.active', what.serial, what.user)
}
