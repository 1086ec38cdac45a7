import { userWrite } from '@cardwright/contract'
import { expect, test } from 'vitest'
import { blankUser, userFindings, writeOf } from './user-draft.ts'

test('empty optional fields are not sent, the rest is trimmed and keeps the contract', () => {
  const write = writeOf({ ...blankUser, displayName: ' Anna Ä ', loginName: 'anna', email: ' anna@example.org ' })
  expect(write).toEqual({ displayName: 'Anna Ä', loginName: 'anna', groupIds: [], email: 'anna@example.org' })
  expect(userWrite.safeParse(write).success).toBe(true)
})

test('each finding stands at its field', () => {
  expect(Object.keys(userFindings(blankUser))).toEqual(['displayName', 'loginName'])
  const wrong = { ...blankUser, displayName: 'A', loginName: 'a', email: 'a@b', upn: 'anna', sid: 'S-1' }
  expect(Object.keys(userFindings(wrong))).toEqual(['email', 'upn', 'sid'])
  const right = { ...wrong, email: 'a@b.org', upn: 'anna@corp', sid: 'S-1-5-21-1-2-3-1104' }
  expect(userFindings(right)).toEqual({})
})
