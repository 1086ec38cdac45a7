import { expect, test } from 'vitest'
import {
  addDeviceSearch,
  auditSearch,
  dayRange,
  devicesSearch,
  requestsSearch,
  userSearch,
  usersSearch,
} from './searches.ts'

test('what the API would refuse never reaches it', () => {
  expect(usersSearch({ sort: 'password', status: 'X', group: 'g', page: 'NaN' })).toEqual({ group: 'g' })
  expect(devicesSearch({ state: 'ISSUED', sort: '-serial', q: 12 })).toEqual({
    state: 'ISSUED',
    sort: '-serial',
    q: '12',
  })
  expect(auditSearch({ from: '2026-02-31x', to: '2026-03-01' })).toEqual({ to: '2026-03-01' })
  expect(userSearch({ issued: ['x'] })).toEqual({})
  expect(devicesSearch({ form: 'phone', state: 'LOST' })).toEqual({ form: 'phone' })
  expect(requestsSearch({ queue: 'TO_APPROVE', reason: 'LOST', type: 'X', state: 'OPEN', sort: 'user' })).toEqual({
    queue: 'TO_APPROVE',
    reason: 'LOST',
    sort: 'user',
  })
  expect(addDeviceSearch({ request: 'r', action: 'REPLACE' })).toEqual({ request: 'r' })
})

test('both days belong to the range', () => {
  const { from, to } = dayRange('2026-03-01', '2026-03-01')
  expect(Date.parse(to ?? '') - Date.parse(from ?? '')).toBe(86_399_999)
})
