import type { Page } from 'playwright-core'
import type { RunningServer } from './running-server.ts'

export type Screen = {
  readonly name: string
  /** Later screens stand on what this one does. */
  readonly needed?: true
  readonly fullPage?: boolean
  readonly open: (page: Page, server: RunningServer) => Promise<unknown>
}

const password = 'correct horse battery staple'
const settled = (page: Page) => page.waitForLoadState('networkidle').catch(() => {})

const go = (path: string, ready: string) => async (page: Page, server: RunningServer) => {
  await page.goto(server.url + path)
  await page.getByText(ready, { exact: false }).first().waitFor()
}

export const screens: readonly Screen[] = [
  {
    name: 'setup',
    needed: true,
    open: async (page, server) => {
      await page.goto(server.setupLink)
      await page.getByLabel('New password', { exact: true }).waitFor()
    },
  },
  {
    name: 'home-first',
    needed: true,
    open: async page => {
      await page.getByLabel('New password', { exact: true }).fill(password)
      await page.getByLabel('New password again').fill(password)
      await page.getByRole('button', { name: 'Set password and sign in' }).click()
      await page.getByRole('heading', { level: 1, name: /Hello/ }).waitFor()
      await settled(page)
    },
  },
  { name: 'users', open: go('/operator/users', 'Name') },
  { name: 'devices-none', open: go('/operator/devices', 'Devices') },
  { name: 'policies', open: go('/admin/policies', 'Version') },
  {
    name: 'policy',
    open: async (page, server) => {
      await page.goto(`${server.url}/admin/policies`)
      await page.locator('[data-row]').first().click()
      await page.getByRole('heading', { name: 'What the device will hold' }).waitFor()
    },
  },
  { name: 'groups', open: go('/admin/groups', 'Members') },
  {
    name: 'group',
    open: async (page, server) => {
      await page.goto(`${server.url}/admin/groups`)
      await page.locator('[data-row]').first().click()
      await page.getByText('Initial issuance').waitFor()
    },
  },
  { name: 'settings', open: go('/admin/settings', 'Initial PIN display mode') },
  { name: 'authorities', open: go('/admin/authorities', 'Valid until') },
  { name: 'audit', open: go('/admin/audit', 'On what') },
  { name: 'admin', open: go('/admin', 'Every change is recorded') },
  { name: 'new-user', open: go('/admin/users/new', 'Identity') },
  {
    name: 'user-without-device',
    needed: true,
    open: async (page, server) => {
      await page.goto(`${server.url}/operator/users`)
      await page.locator('[data-row]').first().click()
      await page.getByText('No device yet').waitFor()
    },
  },
  {
    name: 'add-device',
    needed: true,
    open: async page => {
      await page.getByRole('link', { name: 'Add Device' }).click()
      await page.getByRole('heading', { name: 'Device', exact: true }).waitFor()
      await settled(page)
    },
  },
  {
    name: 'add-device-pin',
    needed: true,
    open: async page => {
      await page.getByRole('radio', { name: /Virtual reader 1/ }).click()
      await page.getByRole('heading', { name: 'Device Policy' }).waitFor()
      await settled(page)
      const policy = page.getByRole('radiogroup', { name: 'Device Policy' }).getByRole('radio')
      await policy.first().click()
      await page.getByLabel('Initial PIN', { exact: true }).fill('7392')
    },
  },
  {
    name: 'issuing',
    needed: true,
    open: async page => {
      await page.getByLabel('Initial PIN', { exact: true }).fill('739204')
      const again = page.getByLabel('Initial PIN again')
      if (await again.isVisible()) await again.fill('739204')
      await page.getByRole('button', { name: 'Issue device' }).click()
      await page.getByText('Do not remove the device').waitFor()
    },
  },
  {
    name: 'issued',
    needed: true,
    open: async page => {
      await page.getByText(/is Active/).waitFor({ timeout: 60_000 })
      await settled(page)
    },
  },
  {
    name: 'device',
    open: async page => {
      await page
        .getByRole('link', { name: /Open device/ })
        .first()
        .click()
      await page
        .getByRole('button', { name: /Download certificate/ })
        .first()
        .waitFor()
    },
  },
]
