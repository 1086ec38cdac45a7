import type { Page } from 'playwright-core'
import { layout, layouts, staffCard, withProblems } from './layout-world.ts'
import { json } from './made-up.ts'
import { conflictOn, refused } from './made-up-portal.ts'
import type { RunningServer } from './running-server.ts'
import type { Screen } from './screen-list.ts'

const open = async (page: Page, server: RunningServer, change: Parameters<typeof layout>[1] = {}) => {
  const one = await layout(page, change)
  await page.goto(`${server.url}/admin/layouts/${one.id}`)
  await page.getByRole('heading', { level: 1, name: one.content.name }).waitFor()
}
const drawn = (page: Page) => page.getByAltText('as it is printed').waitFor()

/** Card layouts, their designer, and the photos that are printed. */
export const layoutScreens: readonly Screen[] = [
  {
    name: 'layouts-none',
    open: async (page, server) => {
      await layouts(page, 0)
      await page.goto(`${server.url}/admin/layouts`)
      await page.getByText('No card layouts yet').waitFor()
    },
  },
  {
    name: 'layouts-200',
    open: async (page, server) => {
      await layouts(page, 200)
      await page.goto(`${server.url}/admin/layouts?retired=true`)
      await page.getByText('Layout number 198').waitFor()
    },
  },
  {
    name: 'layout-new',
    open: async (page, server) => {
      await page.goto(`${server.url}/admin/layouts/new`)
      await drawn(page)
    },
  },
  {
    name: 'layout',
    open: async (page, server) => {
      await open(page, server)
      await drawn(page)
      await page
        .getByRole('button', { name: /^Text “{displayName}”/ })
        .last()
        .click()
    },
  },
  {
    name: 'layout-back',
    open: async (page, server) => {
      await open(page, server, { content: staffCard })
      await page.getByText('Back', { exact: true }).first().click()
      await drawn(page)
      await page
        .getByRole('button', { name: /^Barcode/ })
        .last()
        .click()
    },
  },
  {
    name: 'layout-problems',
    open: async (page, server) => {
      await withProblems(page)
      await open(page, server)
      await page.getByText('Cannot be printed').waitFor()
    },
  },
  {
    name: 'layout-not-drawn',
    open: async (page, server) => {
      await refused(page, '**/api/layouts/preview', 'The picture could not be drawn.', 'Try again in a minute.')
      await open(page, server)
      await page.getByText('could not be drawn').first().waitFor()
    },
  },
  {
    name: 'layout-conflict',
    fullPage: false,
    open: async (page, server) => {
      await open(page, server)
      await conflictOn(page, '**/api/layouts/*')
      await page.getByRole('textbox', { name: 'Name' }).fill('Staff, 2027')
      await page.getByRole('button', { name: 'Publish', exact: true }).click()
      await page.getByLabel('What changed and why').fill('New year')
      await page.getByRole('dialog').getByRole('button', { name: 'Publish', exact: true }).click()
      await page.getByText('Your changes were not saved').waitFor()
    },
  },
  {
    name: 'photo-choose',
    fullPage: false,
    open: async (page, server) => {
      await page.goto(`${server.url}/operator/users`)
      await page.locator('[data-row]').first().click()
      await page.getByRole('button', { name: /^Add photo/ }).click()
      await page.getByText('Drop a picture here').waitFor()
    },
  },
  {
    name: 'photo-refused',
    fullPage: false,
    open: async page => {
      const text = { name: 'letter.png', mimeType: 'image/png', buffer: Buffer.from('Dear Sir or Madam') }
      await page.locator('input[type=file]').setInputFiles(text)
      await page.getByRole('alert').waitFor()
    },
  },
  {
    name: 'photo-camera-none',
    fullPage: false,
    open: async page => {
      await page.getByRole('button', { name: 'Use camera' }).click()
      await page.getByRole('alert').waitFor()
    },
  },
  {
    name: 'photo-camera-denied',
    fullPage: false,
    open: async page => {
      await page.evaluate(() => {
        navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'))
      })
      await page.getByRole('button', { name: 'Try again' }).click()
      await page.getByText('does not let this page').waitFor()
    },
  },
  {
    name: 'photo-crop',
    fullPage: false,
    open: async page => {
      await page.getByRole('button', { name: 'Back', exact: true }).click()
      const picture = await page.screenshot()
      await page.locator('input[type=file]').setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer: picture })
      await page.getByText('Pull the picture').waitFor()
      await json(page, '**/api/users/*/photo', { picture: null, changedAt: null })
    },
  },
]
