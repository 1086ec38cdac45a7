import { askedFirst, directory, mailServer, runs, seen, syncPreview } from './made-up-directory.ts'
import { refused } from './made-up-portal.ts'
import type { Screen } from './screen-list.ts'

/** The directory and the mail server. */
export const directoryScreens: readonly Screen[] = [
  {
    name: 'directory-none',
    open: async (page, server) => {
      await directory(page, false)
      await page.goto(`${server.url}/admin/directory`)
      await page.getByText('No directory is connected').waitFor()
    },
  },
  {
    name: 'directory-settings',
    open: async (page, server) => {
      await directory(page, true)
      await seen(page)
      await page.goto(`${server.url}/admin/directory?tab=settings`)
      await page.getByRole('button', { name: 'Test connection' }).click()
      await page.getByText('The connection works').waitFor()
    },
  },
  {
    name: 'directory-refused',
    open: async (page, server) => {
      await directory(page, false)
      await refused(
        page,
        '**/api/settings/directory/test',
        'The certificate of ldap.example.org is not trusted: self-signed certificate.',
        'Paste the certificate of the authority that issued it into CA certificates.',
      )
      await page.goto(`${server.url}/admin/directory`)
      await page.getByRole('button', { name: 'Connect OpenLDAP or another' }).click()
      await page.getByLabel('CA certificates').fill('nonsense')
      await page.getByRole('button', { name: 'Test connection' }).click()
      await page.getByRole('alert').waitFor()
    },
  },
  {
    name: 'directory-sync-none',
    open: async (page, server) => {
      await directory(page, true)
      await runs(page, 0)
      await page.goto(`${server.url}/admin/directory`)
      await page.getByText('No sync yet').waitFor()
    },
  },
  {
    name: 'directory-preview',
    open: async (page, server) => {
      await directory(page, true)
      await runs(page, 200)
      await syncPreview(page)
      await page.goto(`${server.url}/admin/directory`)
      await page.getByRole('button', { name: 'Preview' }).click()
      await page.getByText('Changed users (31)').click()
      await page.getByText('Groups (3)').click()
    },
  },
  {
    name: 'directory-asked',
    fullPage: false,
    open: async (page, server) => {
      await directory(page, true)
      await runs(page, 4)
      await askedFirst(page)
      await page.goto(`${server.url}/admin/directory`)
      await page.getByRole('button', { name: 'Run now' }).click()
      await page.getByText('Nothing was done yet').waitFor()
    },
  },
  {
    name: 'mail',
    open: async (page, server) => {
      await mailServer(page)
      await page.goto(`${server.url}/admin/mail`)
      await page.getByLabel('Host').waitFor()
    },
  },
]
