import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, type TestBrowser } from './browser.ts'
import { pictureFailures } from './failure-picture.ts'
import { button, signUp } from './operator.ts'
import { expectNowhere } from './secrets.ts'
import { startServer, type TestServer } from './server.ts'
import { t } from './texts.ts'

const password = 'quiet river under seven bridges'
const wrong = 'loud river over seven bridges'
let server: TestServer
let browser: TestBrowser
pictureFailures(() => browser)
beforeAll(async () => {
  server = await startServer({ empty: true })
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await server?.remove()
})

test('Signing in: the first administrator opens the one-time link, sets a password and is in', async () => {
  const { page } = browser
  await page.goto(server.setupLink)
  await page.getByText(t('setup.lead', { loginName: 'admin' })).waitFor()
  await page.getByLabel(t('setup.password'), { exact: true }).fill('too short')
  await button(page, t('setup.do')).click()
  await page.getByText(t('setup.passwordShort', { count: 3 })).waitFor()
  await signUp(page, server.setupLink, password)
  expect(page.url()).toBe(`${server.url}/operator`)
})

test('Signing in: a one-time link that was used is refused, to the same person and to others', async () => {
  const stranger = await browser.other()
  await stranger.page.goto(server.setupLink)
  await stranger.page.getByRole('link', { name: t('setup.toSignIn') }).waitFor()
  expect(await stranger.page.getByLabel(t('setup.password'), { exact: true }).count()).toBe(0)
  await stranger.close()
})

test('Signing in: a wrong password is refused without saying what was wrong, the right one lets in', async () => {
  const person = await browser.other()
  const { page } = person
  const tryWith = async (loginName: string, secret: string) => {
    await page.goto(`${server.url}/sign-in`)
    await page.getByLabel(t('signIn.loginName')).fill(loginName)
    await page.getByLabel(t('signIn.password'), { exact: true }).fill(secret)
    await button(page, t('signIn.do')).click()
  }
  await tryWith('admin', wrong)
  const refusal = async () => (await page.getByRole('alert').textContent())?.replace(/urn:uuid:[\w-]+/, '')
  const withName = await refusal()
  await tryWith('nobody.at.all', wrong)
  expect(await refusal()).toBe(withName)
  await tryWith('admin', password)
  await page.waitForURL(`${server.url}/operator`)
  expect(await person.context.cookies()).toMatchObject([{ httpOnly: true, sameSite: 'Strict' }])
  await person.close()
})

test('Signing in: a page that needs a session leads to sign-in and back to itself', async () => {
  const person = await browser.other()
  await person.page.goto(`${server.url}/admin/policies`)
  await person.page.getByLabel(t('signIn.loginName')).fill('admin')
  await person.page.getByLabel(t('signIn.password'), { exact: true }).fill(password)
  await button(person.page, t('signIn.do')).click()
  await person.page.getByRole('heading', { level: 1, name: t('policies.title') }).waitFor()
  await person.close()
})

test('Signing out ends the session: the cookie is worth nothing afterwards', async () => {
  const { page, context } = browser
  const cookies = await context.cookies()
  await page.getByRole('button', { name: t('operator.menu', { name: 'First administrator' }) }).click()
  await page.getByRole('menuitem', { name: t('operator.signOut') }).click()
  await page.getByRole('heading', { name: t('signIn.title') }).waitFor()
  await context.addCookies(cookies)
  const answer = await page.request.get(`${server.url}/api/session`)
  expect(answer.status()).toBe(401)
})

test('No password and no one-time token is found in an address, in storage, in the log or in the database', async () => {
  await expectNowhere([password, wrong], server, browser)
  const token = new URL(server.setupLink).hash.slice('#token='.length)
  const requested = [...browser.addresses].filter(address => !address.startsWith(`${server.url}/setup#`))
  expect(requested.join('\n')).not.toContain(token)
  expect(browser.faults).toEqual([])
})
