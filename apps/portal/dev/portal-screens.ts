import type { Page } from 'playwright-core'
import {
  conflictOn,
  delivered,
  device,
  lockedLogins,
  refused,
  securityQuestions,
  userPortalSettings,
} from './made-up-portal.ts'
import type { RunningServer } from './running-server.ts'
import type { Screen } from './screen-list.ts'

const problems = [
  'No directory is configured, so nobody can log in with a directory password. Set one up under Directory.',
  'The catalogue has 2 security questions; users have to answer 3. Add some under Security questions.',
]

const openAction = (action: RegExp, state: 'ISSUED' | 'ASSIGNED', where: 'SERVER' | 'WORKSTATION' | null) => {
  return async (page: Page, server: RunningServer) => {
    await page.goto(server.url + (await device(page, state, where)))
    await page.getByRole('button', { name: /Actions for device/ }).click()
    await page.getByRole('menuitem', { name: action }).click()
    await page.getByRole('dialog').waitFor()
  }
}
const openPin = (way: RegExp, where: 'SERVER' | 'WORKSTATION' | null) => async (page: Page, server: RunningServer) => {
  await openAction(/Unlock/, 'ISSUED', where)(page, server)
  await page.getByRole('radio', { name: way }).click()
  await page.getByRole('button', { name: 'Continue' }).click()
}
const toChallenge = async (page: Page, server: RunningServer) => {
  await openPin(/far away/, null)(page, server)
  await page.getByRole('checkbox').check()
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByLabel('Challenge', { exact: true }).fill('7k3qm x0d9a pwrte 4hcvn 20gjz 81bxr 5yskd')
}

/** The pages and dialogs around self-issuance, PINs and log-ins. */
export const portalScreens: readonly Screen[] = [
  {
    name: 'user-portal',
    open: async (page, server) => {
      await userPortalSettings(page, problems)
      await page.goto(`${server.url}/admin/user-portal`)
      await page.getByText('Who can bind').waitFor()
    },
  },
  {
    name: 'user-portal-conflict',
    open: async (page, server) => {
      await userPortalSettings(page, [], { setSecurityQuestions: false })
      await conflictOn(page, '**/api/settings/user-portal')
      await page.goto(`${server.url}/admin/user-portal`)
      await page.getByRole('radio', { name: 'User', exact: true }).check()
      await page.getByRole('button', { name: 'Save changes' }).click()
      await page.getByText('Your changes were not saved').waitFor()
    },
  },
  {
    name: 'questions-none',
    open: async (page, server) => {
      await securityQuestions(page, 0)
      await page.goto(`${server.url}/admin/security-questions`)
      await page.getByText('No questions yet').waitFor()
    },
  },
  {
    name: 'questions-200',
    open: async (page, server) => {
      await securityQuestions(page, 200)
      await page.goto(`${server.url}/admin/security-questions?retired=true`)
      await page.locator('[data-row]').first().waitFor()
    },
  },
  {
    name: 'question',
    fullPage: false,
    open: async (page, server) => {
      await securityQuestions(page, 4)
      await page.goto(`${server.url}/admin/security-questions`)
      await page
        .getByRole('button', { name: /first teacher|which street/ })
        .first()
        .click()
      await page.getByRole('dialog').getByRole('textbox').fill('What is the name of your first teacher at school?')
    },
  },
  {
    name: 'logins-locked',
    open: async (page, server) => {
      await lockedLogins(page)
      await page.goto(`${server.url}/operator/users?q=wolfe`)
      await page.locator('[data-row]').first().click()
      await page.getByText('locked').first().waitFor()
    },
  },
  {
    name: 'login-reset',
    fullPage: false,
    open: async page => {
      await lockedLogins(page)
      await page.getByRole('button', { name: 'Reset', exact: true }).last().click()
      await page.getByRole('dialog').waitFor()
    },
  },
  {
    name: 'initial-password-shown',
    fullPage: false,
    open: async (page, server) => {
      await openAction(/New initial password/, 'ASSIGNED', null)(page, server)
      await page.getByRole('button', { name: 'Make new password' }).click()
      await page.getByText('It is not shown again').waitFor()
    },
  },
  {
    name: 'initial-password-sent',
    fullPage: false,
    open: async (page, server) => {
      await openAction(/New initial password/, 'ASSIGNED', null)(page, server)
      await page.unroute('**/api/devices/*/initial-password')
      await delivered(page)
      await page.getByRole('button', { name: 'Make new password' }).click()
      await page.getByText('was sent to').waitFor()
    },
  },
  { name: 'unlock', fullPage: false, open: openAction(/Unlock/, 'ISSUED', null) },
  {
    name: 'unlock-here',
    fullPage: false,
    open: async (page, server) => {
      await openPin(/Set a new PIN/, 'WORKSTATION')(page, server)
      await page.getByLabel('New PIN', { exact: true }).fill('1111')
    },
  },
  {
    name: 'change-here',
    fullPage: false,
    open: async (page, server) => {
      await openPin(/Change the PIN/, 'SERVER')(page, server)
      await refused(page, '**/change-pin', 'The PIN was wrong; 2 tries are left.', 'Type the old PIN again.')
      await page.getByLabel('Old PIN').fill('123459')
      await page.getByLabel('New PIN', { exact: true }).fill('739204')
      await page.getByLabel('New PIN again').fill('739204')
      await page.getByRole('button', { name: 'Change PIN' }).click()
      await page.getByRole('alert').waitFor()
    },
  },
  { name: 'far-caller', fullPage: false, open: openPin(/far away/, null) },
  {
    name: 'far-challenge',
    fullPage: false,
    open: async (page, server) => {
      await toChallenge(page, server)
      await page.unroute('**/api/devices/*/unblock-answer')
      await refused(
        page,
        '**/unblock-answer',
        'The challenge was misread or mistyped (group 3).',
        'Have it read out again, group by group.',
      )
      await page.getByRole('button', { name: 'Get answer' }).click()
      await page.getByRole('alert').waitFor()
    },
  },
  {
    name: 'far-answer',
    fullPage: false,
    open: async (page, server) => {
      await toChallenge(page, server)
      await page.getByRole('button', { name: 'Get answer' }).click()
      await page.getByText('What happens next').waitFor()
    },
  },
]
