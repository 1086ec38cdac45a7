import { randomUUID } from 'node:crypto'
import {
  type By,
  createGroup,
  createLayout,
  createPolicy,
  createUser,
  type Database,
  type Written,
} from '@cardwright/adapters/db'
import type { PredefinedRole } from '@cardwright/contract'
import { demoLayout } from './layout.ts'
import { DEMO_DOMAIN, demoPeople } from './people.ts'
import { demoPolicies } from './policies.ts'

const made = <T>(outcome: Written<T>): T => {
  if (!outcome.ok) throw new Error(`the demo could not be made: ${outcome.code}`)
  return outcome.value
}

const roleOf: Readonly<Record<string, PredefinedRole>> = {
  'olga.ivanova': 'SECURITY_OFFICER',
  'priya.raman': 'ISSUANCE_OFFICER',
  'quentin.dubois': 'HELP_DESK',
  'yael.cohen': 'VALIDATION_OFFICER',
}

/** Users, groups, policies and assignments, so that every page has something to show from the first minute. */
export const makeDemoOrganisation = async (database: Database, by: By): Promise<void> => {
  const policies: Record<string, string> = {}
  for (const [key, content] of Object.entries(demoPolicies)) {
    policies[key] = made(await createPolicy(database, { content, note: 'Made with the demo' }, by)).id
  }
  const initial = (...keys: (keyof typeof demoPolicies)[]) => {
    const ids = keys.map(key => policies[key] ?? '')
    return { INITIAL: ids, PERMANENT_REPLACEMENT: ids, TEMPORARY_REPLACEMENT: ids }
  }
  const badge = made(await createLayout(database, { content: demoLayout, note: 'Made with the demo' }, by)).id
  const layouts = { INITIAL: [badge], PERMANENT_REPLACEMENT: [badge], TEMPORARY_REPLACEMENT: [badge] }
  const group = async (name: string, description: string, ...keys: (keyof typeof demoPolicies)[]) =>
    made(await createGroup(database, { name, description, assignments: initial(...keys), layouts }, by)).id
  const groups = {
    staff: await group('Staff', 'Everybody with a desk', 'rsa', 'ecc', 'card', 'heavy'),
    engineering: await group('Engineering', 'Works with servers', 'rsa', 'ecc', 'strong', 'card', 'heavy'),
    officers: await group('Security officers', 'Runs Cardwright', 'strong', 'rsa', 'card'),
    contractors: await group('Contractors', 'Here for a while', 'ecc', 'card'),
  }
  for (const [index, person] of demoPeople.entries()) {
    const { login, given, family, display = `${given} ${family}`, department } = person
    const address = `${login}@${DEMO_DOMAIN}`
    const attributes = {
      loginName: login,
      displayName: display,
      givenName: given,
      ...(family ? { familyName: family } : {}),
      email: address,
      upn: address,
      sid: `S-1-5-21-1004336348-1177238915-682003330-${1100 + index}`,
      employeeNumber: String(10_001 + index),
      department,
      groupIds: [groups[person.group]],
    }
    const role = roleOf[login]
    made(await createUser(database, attributes, by, { cardholderUuid: randomUUID(), ...(role ? { role } : {}) }))
  }
}
