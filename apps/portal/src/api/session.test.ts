import { rolePermissions } from '@cardwright/contract'
import { expect, test, vi } from 'vitest'

vi.mock('virtual:contract', async () => ({ routes: (await import('@cardwright/contract')).routes }))
const { mayCall } = await import('./session.ts')

const everything = { access: 'settings.write', needsAllGroups: true } as const
const administrator = { permissions: [...rolePermissions.ADMINISTRATOR], scope: 'ALL' as const }

test('§1 Roles: what concerns everybody is not for a role for the own groups, whatever it permits', () => {
  expect(mayCall(administrator, everything)).toBe(true)
  expect(mayCall({ ...administrator, scope: 'OWN_GROUPS' }, everything)).toBe(false)
  expect(mayCall({ ...administrator, scope: 'OWN_GROUPS' }, { ...everything, needsAllGroups: false })).toBe(true)
  expect(mayCall({ permissions: ['user.read'], scope: 'ALL' }, everything)).toBe(false)
})
