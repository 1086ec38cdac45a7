import type { PredefinedRole } from '@cardwright/contract'
import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { must, userNamed } from './command-line.ts'
import type { TestServer } from './server.ts'
import { t } from './texts.ts'

export const button = (within: Page | Locator, name: string): Locator =>
  within.getByRole('button', { name, exact: true })

/** Opens a one-time link, sets a password and is in. */
export const signUp = async (page: Page, link: string, password: string): Promise<void> => {
  await page.goto(link)
  await page.getByLabel(t('setup.password'), { exact: true }).fill(password)
  await page.getByLabel(t('setup.passwordRepeat'), { exact: true }).fill(password)
  await button(page, t('setup.do')).click()
  await page
    .getByRole('heading', { level: 1 })
    .filter({ hasText: /^Hello|^Home/ })
    .waitFor()
}

/** Makes a user of the demo an operator with this role and signs in as that person. */
export const signInAs = async (
  page: Page,
  server: TestServer,
  name: string,
  role: PredefinedRole,
  password: string,
): Promise<void> => {
  const user = await userNamed(server, name)
  const { link } = await must<{ link: string }>(server, 'POST', `/api/users/${user.id}/invitation`, { role })
  await signUp(page, link, password)
}

/** Finds a user as operators do: `/`, some letters, Enter. */
export const openUser = async (page: Page, name: string): Promise<void> => {
  const search = page.getByLabel(t('search.label')).and(page.locator('input'))
  await search.fill(name)
  await page.keyboard.press('Enter')
  // It empties itself when it opens the hit; until then the page that is shown may be another one.
  await search.and(page.locator(':placeholder-shown')).waitFor()
  await page.getByRole('heading', { level: 1, name }).waitFor()
}

/** The tile of a device on a user's page. */
export const tileOf = (page: Page, serial: string): Locator =>
  page.getByRole('article', { name: new RegExp(`${serial.slice(-4)}$`) })

/** Opens the menu of a device and chooses an action in it. */
export const chooseAction = async (page: Page, serial: string, action: string): Promise<void> => {
  await openActions(page, serial)
  await page.getByRole('menuitem', { name: action }).click()
}

export const openActions = async (page: Page, serial: string): Promise<void> =>
  button(page, t('device.actionsFor', { last: serial.slice(-4) })).click()

/** Without a mouse: Tab until it has the focus. */
export const tabTo = async (page: Page, target: Locator): Promise<void> => {
  await target.waitFor()
  const focused = target.and(page.locator(':focus'))
  for (let presses = 0; (await focused.count()) === 0; presses += 1) {
    expect(presses, `${target} is reached by Tab`).toBeLessThan(60)
    await page.keyboard.press('Tab')
  }
}
