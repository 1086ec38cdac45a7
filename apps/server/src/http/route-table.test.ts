import { isUserRight, type Route, routes } from '@cardwright/contract'
import { expect, test } from 'vitest'
import type { z } from 'zod'

const all = Object.values(routes) as Route[]
const operators = all.filter(r => r.access !== 'public' && !isUserRight(r.access))
const members = (schema: z.ZodType | undefined): string[] =>
  Object.keys((schema as z.ZodObject | undefined)?.shape ?? {}).sort()

/** What a member of this name is, wherever it stands in a query or a body. */
const subjects: Readonly<Record<string, string>> = {
  userId: 'user',
  user: 'user',
  deviceId: 'device',
  device: 'device',
  credentialId: 'credential',
  issuanceId: 'issuance',
  requestId: 'request',
  groupId: 'group',
  group: 'group',
  readerId: 'reader',
}
const named = (schema: z.ZodType | undefined) =>
  Object.fromEntries(members(schema).flatMap(name => (subjects[name] ? [[name, subjects[name]]] : [])))

/** Of the path. One of the program's own words, such as the name of a script, is in nobody's scope. */
const ids = (params: z.ZodType | undefined) =>
  members(params).filter(name => (params as z.ZodObject).shape[name]?.def.type !== 'enum')

test('each route of operators says what its ids name, so that none can forget the scope of groups', () => {
  for (const route of operators) {
    expect([route.id, ids(route.params)]).toEqual([route.id, route.about === undefined ? [] : ['id']])
    expect([route.id, route.aboutQuery ?? {}]).toEqual([route.id, named(route.query)])
    expect([route.id, route.aboutBody ?? {}]).toEqual([route.id, named(route.body)])
  }
})

test('a path has the parameters that its route declares, and no other', () => {
  for (const route of all)
    expect([route.id, (route.path.match(/:\w+/g) ?? []).map(p => p.slice(1))]).toEqual([
      route.id,
      members(route.params),
    ])
})

test('what concerns everybody is refused to a role for the own groups', () => {
  const everybody = ['settings.write', 'policy.write', 'group.write', 'layout.write']
  for (const { id, access, needsAllGroups } of operators)
    expect([id, needsAllGroups === true]).toEqual([id, everybody.includes(access)])
})

test('routes without ids are these: lists and figures cut to the scope, what is the same for all, what has a rule of its own', () => {
  const found = operators.filter(r => !r.about && !r.aboutBody && !r.aboutQuery && !r.needsAllGroups).map(r => r.id)
  // Shown to be cut in own-groups.database.test.ts and beside the queries in adapters/db.
  const cut = [
    'search',
    'listGroups',
    'listReaders',
    'watchReaders',
    'cardPrinters',
    'requestCounts',
    'home',
    'listAudit',
  ]
  const same = [
    'getSession',
    'signOut',
    'listRoles',
    'listPolicies',
    'listLayouts',
    'listPrinters',
    'verifyAudit',
    'listAuthorities',
    'getLifecycleSettings',
    'listOptionScripts',
    'optionScriptVersions',
    'getSecuritySettings',
    'getDirectory',
    'listDirectoryRuns',
    'getMailSettings',
    'getLetterSettings',
    'previewLetter',
    'getUserPortalSettings',
    'listSecurityQuestions',
  ]
  const ownRule = ['createUser', 'createRole']
  expect(found.sort()).toEqual([...cut, ...same, ...ownRule].sort())
})

test('what every signed-in operator may call is this and nothing more', () => {
  expect(all.filter(r => r.access === 'signed-in').map(r => r.id)).toEqual(['getSession', 'signOut'])
})
