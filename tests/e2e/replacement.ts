import type { Locator, Page } from 'playwright-core'
import { issueButton, policy, typePin } from './add-device.ts'
import { button, chooseAction } from './operator.ts'
import { type TextKey, t } from './texts.ts'

type Reason = 'LOST' | 'STOLEN' | 'DAMAGED' | 'EXPIRED' | 'FORGOTTEN' | 'RENEW'
type Workflow = 'HELP_DESK_LOCAL' | 'HELP_DESK_SELF'

const choice = (dialog: Locator, group: string, name: string): Locator =>
  dialog.getByRole('radiogroup', { name: group, exact: true }).getByRole('radio', { name })

/** Opens *Replace …* of a device and says what happened and how the new one is issued; nothing is confirmed yet. */
export const chooseIncident = async (
  page: Page,
  what: { readonly user: string; readonly serial: string; readonly reason: Reason; readonly workflow?: Workflow },
): Promise<Locator> => {
  const { user, serial, reason, workflow = 'HELP_DESK_LOCAL' } = what
  await chooseAction(page, serial, t('action.replace'))
  const dialog = page.getByRole('dialog', { name: t('incident.title', { last: serial.slice(-4), user }) })
  await choice(dialog, t('incident.what'), t(`incident.${reason}`)).click()
  await choice(dialog, t('incident.how', { user }), t(`workflow.${workflow}`, { user })).click()
  return dialog
}

/** Declares the incident on the page of the user or the device, and is on the page of the request. */
export const replace = async (page: Page, what: Parameters<typeof chooseIncident>[1]): Promise<void> => {
  const dialog = await chooseIncident(page, what)
  await button(dialog, t('incident.do')).click()
  await page.getByText(t('incident.done', { last: what.serial.slice(-4) })).waitFor()
  await requestOf(page, what.user, what.serial)
}

/** The page of the request for this device is shown. */
export const requestOf = (page: Page, user: string, serial: string): Promise<void> =>
  page.getByRole('heading', { level: 1, name: t('request.title.REPLACEMENT', { serial, user }) }).waitFor()

/** The state of the request whose page is shown. */
export const isRequest = (page: Page, state: TextKey): Promise<void> =>
  page.getByRole('main').getByText(t(state), { exact: true }).first().waitFor()

/** A row of the queue that is shown: what waits for this user now, not what the page remembers until it has read the queue. */
export const rowFor = (page: Page, user: string): Locator =>
  page
    .getByRole('table', { name: t('requests.title') })
    .and(page.locator(':not([aria-busy])'))
    .getByRole('row')
    .filter({ hasText: user })

/** Opens the queue, as a click in the rail does. */
export const openQueue = async (page: Page, queue: 'TO_APPROVE' | 'TO_ISSUE' | 'ENDED'): Promise<void> => {
  await page
    .getByRole('navigation', { name: t('nav.main') })
    .getByRole('link', { name: t('nav.requests') })
    .click()
  await page.getByRole('heading', { level: 1, name: t('requests.title') }).waitFor()
  await page.getByRole('tab', { name: t(`requests.queue.${queue}`) }).click()
}

/** From the queue to the page of a request. */
export const openRequest = async (page: Page, queue: 'TO_APPROVE' | 'TO_ISSUE' | 'ENDED', user: string) => {
  await openQueue(page, queue)
  await rowFor(page, user).getByRole('link').first().click()
  await page.getByRole('heading', { level: 1, name: user }).waitFor()
}

/** *Issue device* on the page of an approved request, up to the notice that it is done. */
export const issueForRequest = async (
  page: Page,
  what: { readonly user: string; readonly policy: string; readonly pin: string; readonly serial: string },
): Promise<void> => {
  await page.getByRole('link', { name: t('request.do.issue') }).click()
  await policy(page, what.policy).click()
  await typePin(page, what.pin)
  await issueButton(page).click()
  await page.getByText(t('issued.active', { last: what.serial.slice(-4), user: what.user })).waitFor()
}
