import { type PredefinedRole, permissions, rolePermissions } from '@cardwright/contract'
import { expect, test, vi } from 'vitest'

vi.mock('virtual:contract', async () => ({ routes: (await import('@cardwright/contract')).routes }))
const { administrationPages, operatorPages } = await import('./pages.ts')
const { permits } = await import('../api/session.ts')

const seenBy = (role: PredefinedRole) =>
  [...operatorPages, ...administrationPages]
    .filter(page => permits(rolePermissions[role], page.needs))
    .map(page => page.to.slice(page.to.lastIndexOf('/') + 1))
    .join(' ')

test.each([
  ['HELP_DESK', 'operator users devices requests groups policies layouts'],
  ['ISSUANCE_OFFICER', 'operator users devices requests groups policies layouts'],
  ['VALIDATION_OFFICER', 'operator users devices requests groups policies layouts'],
  [
    'AUDITOR',
    'operator users devices requests roles groups policies layouts settings lifecycle user-portal security-questions directory mail printers option-scripts letters authorities audit',
  ],
] as const)('%s sees in the rail what its permissions open', (role, seen) => {
  expect(seenBy(role)).toBe(seen)
})

test('an Administrator sees every page, whoever has no permission none', () => {
  const pages = [...operatorPages, ...administrationPages]
  expect(pages.filter(page => !permits(rolePermissions.ADMINISTRATOR, page.needs))).toEqual([])
  expect(pages.filter(page => permits([], page.needs))).toEqual([])
})

test('each page asks for a permission of the table', () => {
  for (const page of [...operatorPages, ...administrationPages]) expect(permissions).toContain(page.needs)
})
