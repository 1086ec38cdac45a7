import { expect, test } from 'vitest'
import { pathOf, placeOf } from './places.ts'

const id = '5ac0ff1e-0000-4000-8000-000000000001'

test.each([
  ['/user', { page: 'welcome' }],
  ['/user/', { page: 'welcome' }],
  ['/user/issue/login', { page: 'issue-login' }],
  [`/user/issuance/${id}`, { page: 'issuance', id }],
  [`/user/home/pin/${id}`, { page: 'change-pin', id }],
  ['/user/home/report', { page: 'report' }],
  ['/user/home/report/where', { page: 'report-where' }],
  [`/user/home/request/${id}`, { page: 'request', id }],
  ['/user/issuance/../../api', { page: 'welcome' }],
  ['/user/issuance/', { page: 'welcome' }],
  ['/user/nothing', { page: 'welcome' }],
])('%s', (path, place) => {
  expect(placeOf(path)).toEqual(place)
})

test('an address is that of its page', () => {
  expect(placeOf(pathOf({ page: 'unlock', id }))).toEqual({ page: 'unlock', id })
})
