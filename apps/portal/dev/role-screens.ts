import { permissions, type Role } from '@cardwright/contract'
import type { Page } from 'playwright-core'
import { json, longNames, uuid } from './made-up.ts'
import { conflictOn, refused } from './made-up-portal.ts'
import type { RunningServer } from './running-server.ts'
import type { Screen } from './screen-list.ts'

const made = (n: number, more: Partial<Role> = {}): Role => ({
  id: uuid(500 + n),
  version: 3,
  name: longNames[n] ? `Help desk of ${longNames[n]}` : `Role number ${n} of a long list`,
  description: n % 3 === 0 ? 'Takes calls at night and at the weekend, and issues nothing but temporary devices.' : '',
  predefined: false,
  permissions: permissions.filter((_, at) => (at + n) % 3 !== 0),
  scope: n % 2 === 0 ? 'OWN_GROUPS' : 'ALL',
  holders: n % 7,
  ...more,
})

/** The roles of the server, and as many more. */
const roles = async (page: Page, server: RunningServer, count: number) => {
  const { rows } = (await (await page.request.get(`${server.url}/api/roles`)).json()) as { rows: Role[] }
  await json(page, '**/api/roles', { rows: [...rows, ...Array.from({ length: count }, (_, n) => made(n))] })
}
const role = async (page: Page, server: RunningServer, more: Partial<Role> = {}) => {
  const one = made(0, more)
  await roles(page, server, 3)
  await json(page, `**/api/roles/${one.id}`, one)
  await page.goto(`${server.url}/admin/roles/${one.id}`)
  await page.getByRole('heading', { level: 1, name: one.name }).waitFor()
}
/** The session of somebody who has less. */
const narrowed = async (page: Page, server: RunningServer, change: object) => {
  const session = await (await page.request.get(`${server.url}/api/session`)).json()
  await json(page, '**/api/session', { ...session, ...change })
}

/** Roles, and who has them. */
export const roleScreens: readonly Screen[] = [
  {
    name: 'roles',
    open: async (page, server) => {
      await page.goto(`${server.url}/admin/roles`)
      await page.getByText('Validation officer').waitFor()
    },
  },
  {
    name: 'roles-200',
    open: async (page, server) => {
      await roles(page, server, 200)
      await page.goto(`${server.url}/admin/roles`)
      await page.getByText('Role number 199').waitFor()
    },
  },
  {
    name: 'role-predefined',
    open: async (page, server) => {
      await page.goto(`${server.url}/admin/roles/HELP_DESK`)
      await page.getByText('A predefined role cannot be changed').waitFor()
    },
  },
  {
    name: 'role-duplicate',
    open: async (page, server) => {
      await page.goto(`${server.url}/admin/roles/HELP_DESK`)
      await page.getByRole('link', { name: 'Duplicate' }).click()
      await page.getByRole('heading', { level: 1, name: 'Duplicate of Help desk' }).waitFor()
      await page.getByRole('checkbox', { name: 'Get the initial PIN of a device' }).uncheck()
      await page.getByRole('checkbox', { name: 'See reports' }).check()
      await page.getByRole('radio', { name: 'The operator’s own groups' }).check()
      await page.getByLabel('Name').fill('')
      await page.getByRole('button', { name: 'Create role' }).click()
    },
  },
  {
    name: 'role-narrow',
    open: async (page, server) => {
      await narrowed(page, server, {
        permissions: permissions.filter(
          p => !p.startsWith('settings.') && !p.startsWith('policy.') && p !== 'user.verify',
        ),
        scope: 'OWN_GROUPS',
      })
      await roles(page, server, 1)
      await page.goto(`${server.url}/admin/roles/new?from=HELP_DESK`)
      await page.getByText('is left out').waitFor()
    },
  },
  {
    name: 'role-conflict',
    open: async (page, server) => {
      await role(page, server)
      await conflictOn(page, '**/api/roles/*')
      await page.getByRole('checkbox', { name: 'See reports' }).click()
      await page.getByRole('button', { name: 'Save changes' }).click()
      await page.getByText('Your changes were not saved').waitFor()
    },
  },
  {
    name: 'role-own',
    open: async (page, server) => {
      await narrowed(page, server, {
        operator: {
          id: uuid(1),
          displayName: longNames[0],
          loginName: 'max',
          role: { id: made(0).id, name: made(0).name },
        },
      })
      await role(page, server)
      await page.getByText('This is your own role').waitFor()
    },
  },
  {
    name: 'role-delete-held',
    fullPage: false,
    open: async (page, server) => {
      await role(page, server, { holders: 12 })
      await page.getByRole('button', { name: 'Delete role' }).click()
      await page.getByRole('dialog').getByText('12 operators have this role').waitFor()
    },
  },
  {
    name: 'role-delete',
    fullPage: false,
    open: async (page, server) => {
      await role(page, server, { holders: 0 })
      await page.getByRole('button', { name: 'Delete role' }).click()
      await refused(page, '**/api/roles/*', '1 operators have the role.', 'Give them another role first.')
      await page.getByRole('dialog').getByRole('button', { name: 'Delete role' }).click()
      await page.getByRole('alert').waitFor()
    },
  },
  {
    name: 'operators-of-role',
    open: async (page, server) => {
      await page.goto(`${server.url}/admin/users?role=ADMINISTRATOR`)
      await page.locator('[data-row]').first().waitFor()
    },
  },
  {
    name: 'invite',
    fullPage: false,
    open: async (page, server) => {
      await roles(page, server, 200)
      await page.goto(`${server.url}/admin/users?q=wolfe`)
      await page.locator('[data-row]').first().click()
      await page.getByRole('button', { name: 'Invite as operator' }).click()
      await page.getByRole('textbox', { name: 'Find a role' }).waitFor()
    },
  },
  {
    name: 'own-access',
    open: async (page, server) => {
      const session = (await (await page.request.get(`${server.url}/api/session`)).json()) as {
        operator: { id: string }
      }
      await page.goto(`${server.url}/admin/users/${session.operator.id}`)
      await page.getByText('This is you').waitFor()
    },
  },
  {
    name: 'lifecycle',
    open: async (page, server) => {
      await page.goto(`${server.url}/admin/lifecycle`)
      await page.getByRole('switch', { name: 'Nobody issues what they asked for themselves' }).check({ force: true })
      await page.getByRole('combobox', { name: 'When the device was stolen' }).selectOption('superseded')
      await page.getByText('Nobody is told').waitFor()
    },
  },
  {
    name: 'lifecycle-conflict',
    open: async page => {
      await conflictOn(page, '**/api/settings/lifecycle')
      await page.getByRole('button', { name: 'Save changes' }).click()
      await page.getByText('Your changes were not saved').waitFor()
    },
  },
  {
    name: 'policy-approval',
    open: async (page, server) => {
      await page.goto(`${server.url}/admin/policies`)
      await page.locator('[data-row]').first().click()
      await page.getByRole('switch', { name: 'Issue only after approval' }).check({ force: true })
    },
  },
]
