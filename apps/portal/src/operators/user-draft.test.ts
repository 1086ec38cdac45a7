import { type User, userWrite } from '@cardwright/contract'
import { expect, test } from 'vitest'
import { blankUser, draftOf, userFindings, writeOf } from './user-draft.ts'

test('empty optional fields are not sent, the rest is trimmed and keeps the contract', () => {
  const write = writeOf({ ...blankUser, displayName: ' Anna Ä ', loginName: 'anna', email: ' anna@example.org ' })
  expect(write).toEqual({ displayName: 'Anna Ä', loginName: 'anna', groupIds: [], email: 'anna@example.org' })
  expect(userWrite.safeParse(write).success).toBe(true)
})

test('a user who is edited keeps everything that is not changed, the language too', () => {
  const kept = {
    loginName: 'anna',
    displayName: 'Anna',
    givenName: 'Anna',
    familyName: 'Ä',
    email: 'anna@example.org',
    upn: 'anna@corp',
    sid: 'S-1-5-21-1-2-3-1104',
    employeeNumber: '7',
    department: 'Legal',
    language: 'cs',
    groupIds: ['g'],
  }
  const user: User = {
    ...kept,
    id: 'u',
    version: 1,
    status: 'ACTIVE',
    role: null,
    groups: [],
    photoAt: null,
    deviceCount: 0,
    createdAt: '2026-01-01T00:00:00Z',
  }
  expect(writeOf(draftOf(user))).toEqual(kept)
})

test('each finding stands at its field', () => {
  expect(Object.keys(userFindings(blankUser))).toEqual(['displayName', 'loginName'])
  const wrong = { ...blankUser, displayName: 'A', loginName: 'a', email: 'a@b', upn: 'anna', sid: 'S-1' }
  expect(Object.keys(userFindings(wrong))).toEqual(['email', 'upn', 'sid'])
  const right = { ...wrong, email: 'a@b.org', upn: 'anna@corp', sid: 'S-1-5-21-1-2-3-1104' }
  expect(userFindings(right)).toEqual({})
})
