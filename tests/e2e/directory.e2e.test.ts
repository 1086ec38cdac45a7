import {
  BASE,
  people,
  peopleLdif,
  SERVICE_PASSWORD,
  type Slapd,
  settingsFor,
  startSlapd,
} from '@cardwright/adapters/testing/directory'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, type TestBrowser } from './browser.ts'
import { pictureFailures } from './failure-picture.ts'
import { button, openUser, signUp } from './operator.ts'
import { expectNowhere } from './secrets.ts'
import { startServer, type TestServer } from './server.ts'
import { type TextKey, t } from './texts.ts'

let server: TestServer
let slapd: Slapd
let browser: TestBrowser
pictureFailures(() => browser)
beforeAll(async () => {
  slapd = await startSlapd({ ldif: peopleLdif })
  server = await startServer()
  browser = await openBrowser()
  await signUp(browser.page, server.setupLink, 'seven herons by the weir')
})
afterAll(async () => {
  await browser?.close()
  await server?.remove()
  await slapd?.remove()
})

const field = (label: TextKey) => browser.page.getByLabel(t(label), { exact: true })

test('a directory is connected: a certificate that is not trusted is said, the right authority makes it work', async () => {
  const { page } = browser
  const settings = settingsFor(slapd)
  await page.goto(`${server.url}/admin/directory`)
  await button(page, t('directory.none.rfc2307')).click()
  await field('directory.urls').fill(slapd.ldapsUrl)
  await field('directory.bindDn').fill(settings.bindDn)
  await field('directory.password').fill(SERVICE_PASSWORD)
  await field('directory.userBase').fill(settings.userBase)
  await field('directory.groupBase').fill(settings.groupBase)
  await field('directory.field.displayName').fill(settings.attributes.displayName)
  await button(page, t('directory.test')).click()
  await page
    .getByRole('alert')
    .filter({ hasText: t('directory.testBad') })
    .waitFor()
  await field('directory.ca').fill(slapd.caCertificates)
  await button(page, t('directory.test')).click()
  await page.getByText(t('directory.testOk')).waitFor()
  await button(page, t('directory.groupAdd')).click()
  await button(page, t('common.save')).click()
  await button(page, t('directory.preview')).waitFor()
})

test('the password goes in and never comes out', async () => {
  const { page } = browser
  await page.goto(`${server.url}/admin/directory?tab=settings`)
  await page.getByText(t('directory.passwordSet')).waitFor()
  expect(await field('directory.password').inputValue()).toBe('')
  await expectNowhere([SERVICE_PASSWORD], server, browser)
})

test('Preview changes nothing; Run now imports, and is in the history', async () => {
  const { page } = browser
  await page.goto(`${server.url}/admin/directory`)
  await button(page, t('directory.preview')).click()
  await page.getByText(t('directory.previewText')).waitFor()
  await page.getByText(`${t('directory.count.created')} (`).click()
  const alice = people.find(person => person.loginName === 'alice')
  await page.getByText('· alice ·').first().waitFor()
  await page.getByText(t('directory.noRuns.title')).waitFor()
  await button(page, t('directory.run')).click()
  await page.getByText(t('directory.ran.DONE')).waitFor()
  await page.getByRole('table').getByText(t('directory.outcome.DONE'), { exact: true }).waitFor()
  await openUser(page, alice?.displayName ?? '')
})

test('a base that is wrong looks as if everybody had left: the sync asks, and disables only when told to', async () => {
  const { page } = browser
  slapd.modify(`dn: ou=empty,${BASE}\nchangetype: add\nobjectClass: organizationalUnit\nou: empty\n`)
  await page.goto(`${server.url}/admin/directory?tab=settings`)
  await field('directory.userBase').fill(`ou=empty,${BASE}`)
  await button(page, t('common.save')).click()
  await page.getByText(t('common.saved'), { exact: true }).waitFor()
  await page.goto(`${server.url}/admin/directory`)
  await button(page, t('directory.run')).click()
  await page.getByText(t('directory.ran.CONFIRMATION_NEEDED')).waitFor()
  await button(page, t('directory.confirm')).click()
  await button(page.getByRole('dialog'), t('directory.confirmDo')).click()
  await page.getByText(t('directory.ran.DONE')).waitFor()
})

test('a directory that is gone is said; disconnecting it says what stays', async () => {
  const { page } = browser
  await slapd.stop()
  await button(page, t('directory.preview')).click()
  await page.getByRole('alert').waitFor()
  await button(page, t('directory.remove')).click()
  await button(page.getByRole('dialog'), t('directory.removeDo')).click()
  await page.getByText(t('directory.none.title')).waitFor()
})

test('No page has an error in its scripts', () => {
  expect(browser.faults).toEqual([])
})
