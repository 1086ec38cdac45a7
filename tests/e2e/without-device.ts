import type { Page } from 'playwright-core'
import { t } from '../../apps/portal/src/user/texts/t.ts'
import { answerTo } from './given-devices.ts'
import { button } from './operator.ts'
import type { TestServer } from './server.ts'

type Reason = 'LOST' | 'STOLEN' | 'DAMAGED' | 'FORGOTTEN'

export const isAt = (page: Page, title: string): Promise<void> =>
  page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor()

/** *I don't have my smart card*: with the login name and the answers of `giveAnswers`, up to one's own page. */
export const logInWithout = async (page: Page, server: TestServer, loginName: string, user: string): Promise<void> => {
  await page.goto(`${server.url}/user`)
  await page.getByRole('link', { name: t('welcome.without') }).click()
  await isAt(page, t('login.title'))
  await page.getByLabel(t('login.name'), { exact: true }).fill(loginName)
  await button(page, t('frame.continue')).click()
  await isAt(page, t('login.answersTitle'))
  for (const field of await page.locator('form input').all()) {
    const id = await field.getAttribute('id')
    await field.fill(answerTo((await page.locator(`label[for="${id}"]`).textContent()) ?? ''))
  }
  await button(page, t('login.do')).click()
  await isAt(page, t('home.title', { name: user }))
}

type Report = { readonly reason: Reason; readonly where: 'desk' | 'self'; readonly note?: string }

/** From one's own page to *Report this device?*; nothing is sent yet. */
export const toReport = async (page: Page, { reason, where, note = '' }: Report): Promise<void> => {
  await page.getByRole('link', { name: t('home.report'), exact: true }).click()
  await isAt(page, t('report.title'))
  await page.getByRole('radio', { name: t(`report.${reason}`), exact: true }).check()
  await page.getByLabel(t('report.note'), { exact: true }).fill(note)
  await button(page, t('frame.continue')).click()
  await isAt(page, t('report.whereTitle'))
  await page.getByRole('radio', { name: t(`report.where.${where}`), exact: true }).check()
  await button(page, t('frame.continue')).click()
  await isAt(page, t('report.checkTitle'))
}

export const report = async (page: Page, what: Report): Promise<void> => {
  await toReport(page, what)
  await button(page, t('report.do')).click()
  await page.getByText(t('report.done')).waitFor()
}

/** *Look again* at one's own request. */
export const lookAgain = async (page: Page): Promise<void> => {
  await button(page, t('request.lookAgain')).click()
  await page.getByText(t('request.looked')).waitFor()
}
