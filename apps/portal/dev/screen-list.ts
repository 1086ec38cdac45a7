import type { Page } from 'playwright-core'
import { directoryScreens } from './directory-screens.ts'
import { layoutScreens } from './layout-screens.ts'
import { busyHome, failedIssuance, runningIssuance, users } from './made-up.ts'
import { portalScreens } from './portal-screens.ts'
import { roleScreens } from './role-screens.ts'
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

const openAnna = async (page: Page, server: RunningServer) => {
  await page.goto(`${server.url}/operator/users?q=anna.lindstrom`)
  await page.locator('[data-row]').first().click()
  await page.getByRole('article').first().waitFor()
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
      await page.getByText('Initial issuance').first().waitFor()
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
    name: 'issued',
    needed: true,
    open: async page => {
      await page.getByLabel('Initial PIN', { exact: true }).fill('739204')
      await page.getByLabel('Initial PIN again').fill('739204')
      await page.getByRole('button', { name: 'Issue device' }).click()
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
  {
    name: 'user-page',
    fullPage: false,
    open: async (page, server) => {
      await openAnna(page, server)
      await page.getByRole('link', { name: 'Add Device' }).click()
      await page.getByRole('radio', { name: /Virtual reader 3/ }).click()
      await page
        .getByRole('radiogroup', { name: 'Device Policy' })
        .getByRole('radio', { name: 'Plain smart card' })
        .click()
      await page.getByLabel('Initial PIN', { exact: true }).fill('739204')
      await page.getByLabel('Initial PIN again').fill('739204')
      await page.getByRole('button', { name: 'Issue device' }).click()
      await page.getByText(/is Active/).waitFor({ timeout: 60_000 })
      await page.getByRole('button', { name: 'Close' }).click()
      await page.reload()
      await page.getByRole('article').nth(1).waitFor()
      await settled(page)
    },
  },
  {
    name: 'search',
    fullPage: false,
    open: async page => {
      await page.keyboard.press('/')
      await page.keyboard.type('a')
      await page.getByRole('option').first().waitFor()
    },
  },
  {
    name: 'workstation',
    fullPage: false,
    open: async (page, server) => {
      await page.goto(`${server.url}/operator`)
      await page.getByRole('button', { name: /Workstation/ }).click()
      await page.getByText('Card readers (PC/SC)').waitFor()
    },
  },
  {
    name: 'actions',
    fullPage: false,
    open: async (page, server) => {
      await openAnna(page, server)
      await page
        .getByRole('button', { name: /Actions for device/ })
        .first()
        .click()
      await page.getByRole('menuitem', { name: /Terminate/ }).waitFor()
    },
  },
  {
    name: 'terminate',
    fullPage: false,
    open: async (page, server) => {
      await openAnna(page, server)
      await page
        .getByRole('button', { name: /Actions for device/ })
        .first()
        .click()
      await page.getByRole('menuitem', { name: /Terminate/ }).click()
      await page.getByText('This cannot be undone').waitFor()
    },
  },
  {
    name: 'recycle',
    fullPage: false,
    open: async (page, server) => {
      await openAnna(page, server)
      await page
        .getByRole('button', { name: /Actions for device/ })
        .first()
        .click()
      await page.getByRole('menuitem', { name: /Recycle/ }).click({ force: true })
      await settled(page)
    },
  },
  {
    name: 'initial-pin',
    fullPage: false,
    open: async (page, server) => {
      await openAnna(page, server)
      await page
        .getByRole('button', { name: /Actions for device/ })
        .first()
        .click()
      await page.getByRole('menuitem', { name: /Get Initial PIN/ }).click()
      await page.getByRole('button', { name: 'Show initial PIN' }).click()
      await page.getByRole('status').filter({ hasText: 'initial PIN' }).waitFor()
    },
  },
  {
    name: 'settings-changed',
    needed: true,
    open: async (page, server) => {
      await page.goto(`${server.url}/admin/settings`)
      await page.getByRole('radio', { name: 'Displayed', exact: true }).check()
      await page.getByRole('switch', { name: 'Change PIN during issuance' }).check({ force: true })
      await page.getByRole('button', { name: 'Save changes' }).click()
      await page.getByText('Saved').waitFor()
    },
  },
  {
    name: 'waiting-for-pin',
    needed: true,
    open: async (page, server) => {
      await page.goto(`${server.url}/operator/users?q=wolfe`)
      await page.locator('[data-row]').first().click()
      await page.getByRole('link', { name: 'Add Device' }).click()
      await page.getByRole('radio', { name: /Virtual reader 2/ }).click()
      await page.getByRole('radiogroup', { name: 'Device Policy' }).getByRole('radio').first().click()
      await page.getByLabel('Initial PIN', { exact: true }).fill('739204')
      await page.getByRole('button', { name: 'Issue device' }).click()
      await page.getByLabel('New PIN', { exact: true }).fill('8406')
    },
  },
  {
    name: 'user-with-open-issuance',
    open: async (page, server) => {
      await page.goto(`${server.url}/operator/users?q=wolfe`)
      await page.locator('[data-row]').first().click()
      await page.getByRole('link', { name: 'Go on' }).waitFor()
    },
  },
  {
    name: 'issuing',
    open: async (page, server) => {
      await runningIssuance(page)
      await page.goto(`${server.url}/operator/issuances/00000000-0000-4000-8000-000000000001`)
      await page.getByText('Do not remove the device').waitFor()
    },
  },
  {
    name: 'failure',
    fullPage: false,
    open: async (page, server) => {
      await failedIssuance(page)
      await page.goto(`${server.url}/operator/issuances/00000000-0000-4000-8000-000000000001`)
      await page.getByRole('button', { name: 'Retry', exact: true }).waitFor()
    },
  },
  {
    name: 'users-200',
    open: async (page, server) => {
      await users(page, 200)
      await page.goto(`${server.url}/operator/users`)
      await page.locator('[data-row]').first().waitFor()
    },
  },
  {
    name: 'users-none',
    open: async (page, server) => {
      await users(page, 0)
      await page.goto(`${server.url}/operator/users`)
      await page.getByText('No users yet').waitFor()
    },
  },
  {
    name: 'home',
    open: async (page, server) => {
      await busyHome(page)
      await page.goto(`${server.url}/operator`)
      await page.getByText('18,204').waitFor()
    },
  },
  {
    name: 'dry-run',
    open: async (page, server) => {
      await page.goto(`${server.url}/admin/policies`)
      await page.locator('[data-row]').first().click()
      await page.getByLabel('Device', { exact: true }).selectOption({ index: 1 })
      await page.getByRole('button', { name: 'Run dry' }).click()
      await page.getByText('What this device can do').waitFor()
      await page.getByLabel('Device is valid for (days)').fill('1500')
      await page.getByLabel('Device is valid for (days)').blur()
      await page.getByRole('button', { name: 'Run dry' }).click()
      await page.getByText('What this device can do').waitFor()
    },
  },
  {
    name: 'publish',
    fullPage: false,
    open: async page => {
      await page.getByRole('button', { name: 'Publish', exact: true }).click()
      await page.getByLabel('What changed and why').fill('Longer validity, decided by the security board.')
    },
  },
  ...layoutScreens,
  ...portalScreens,
  ...directoryScreens,
  ...roleScreens,
  {
    name: 'sign-in',
    open: async (page, server) => {
      await page.context().clearCookies()
      await page.goto(`${server.url}/operator/users`)
      await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor()
    },
  },
  {
    name: 'sign-in-refused',
    open: async page => {
      await page.getByLabel('Login name').fill('nobody')
      await page.getByLabel('Password', { exact: true }).fill('wrong')
      await page.getByRole('button', { name: 'Sign in', exact: true }).click()
      await page.getByRole('alert').waitFor()
    },
  },
]
