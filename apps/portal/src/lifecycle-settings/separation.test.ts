import { predefinedRoles, rolePermissions } from '@cardwright/contract'
import { expect, test } from 'vitest'
import { rolesWithBoth } from './separation.ts'

const predefined = predefinedRoles.map(name => ({ name, permissions: [...rolePermissions[name]], holders: 1 }))
const names = (duty: Parameters<typeof rolesWithBoth>[0]) => rolesWithBoth(duty, predefined).map(role => role.name)

test('R-16: of the predefined roles only the Administrator could approve what it asked for or issues', () => {
  expect(names('requesterApprover')).toEqual(['ADMINISTRATOR'])
  expect(names('approverIssuer')).toEqual(['ADMINISTRATOR'])
})

test('R-16: an Issuance officer asks and issues', () => {
  expect(names('requesterIssuer')).toEqual(['ADMINISTRATOR', 'ISSUANCE_OFFICER'])
})
