import { afterAll, beforeAll, expect, test } from 'vitest'
import { t } from '../../apps/portal/src/user/texts/t.ts'
import { expectAccessible, settled } from './accessible.ts'
import { openBrowser, type TestBrowser } from './browser.ts'
import { pictureFailures } from './failure-picture.ts'
import { button } from './operator.ts'
import { startServer, type TestServer } from './server.ts'

let server: TestServer
let browser: TestBrowser
pictureFailures(() => browser)
beforeAll(async () => {
  server = await startServer()
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await server?.remove()
})

const isAt = (title: string) => browser.page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor()

/** What a browser without extension, client and card can come to: the address, and the heading that it leads to. */
const pages = {
  Welcome: ['/user', t('welcome.title')],
  'Is this computer ready, before a setup': ['/user/issue/computer', t('computer.title')],
  'Is this computer ready, before a login with the device': ['/user/device/computer', t('computer.title')],
  'Login without a device': ['/user/without-device', t('login.title')],
  Lost: ['/user/lost', t('lost.title')],
  'Far away': ['/user/far-away', t('farAway.title')],
} as const

test.each(Object.entries(pages))('axe: User portal, %s', async (_name, [path, title]) => {
  const { page } = browser
  await page.goto(server.url + path)
  await isAt(title)
  await settled(page)
  await expectAccessible(page)
})

test('axe: User portal, a login name that is missing, security questions of nobody, and answers that are wrong', async () => {
  const { page } = browser
  await page.goto(`${server.url}/user/without-device`)
  await isAt(t('login.title'))
  await button(page, t('frame.continue')).click()
  await page.getByRole('alert').waitFor()
  await expectAccessible(page)
  await page.getByRole('textbox', { name: t('login.name'), exact: true }).fill('nobody.of.that.name')
  await button(page, t('frame.continue')).click()
  await isAt(t('login.answersTitle'))
  await expectAccessible(page)
  for (const input of await page.locator('form input').all()) await input.fill('wrong')
  await button(page, t('login.do')).click()
  await page.getByRole('alert').waitFor()
  await expectAccessible(page)
})

test('with the keyboard alone: from the first page to the login without a device, and back', async () => {
  const { page } = browser
  await page.goto(`${server.url}/user`)
  await isAt(t('welcome.title'))
  const tabTo = async (name: string) => {
    const wanted = page.getByRole('link', { name, exact: true }).and(page.locator(':focus'))
    for (let i = 0; i < 12 && (await wanted.count()) === 0; i++) await page.keyboard.press('Tab')
    expect(await wanted.count(), `${name} is reached with Tab`).toBe(1)
    await page.keyboard.press('Enter')
  }
  await tabTo(t('welcome.without'))
  await isAt(t('login.title'))
  await page.keyboard.press('Shift+Tab')
  await tabTo(t('frame.start'))
  await isAt(t('welcome.title'))
})

test('No page of the User portal has an error in its scripts', () => {
  expect(browser.faults).toEqual([])
})
