import { expect, test } from 'vitest'
import { address } from './address.ts'

test('parameters are encoded and empty query values left out', () => {
  expect(address('/api/users/:id/devices', { id: 'a/b' }, { q: 'Ä b', group: undefined, sort: '' })).toBe(
    '/api/users/a%2Fb/devices?q=%C3%84+b',
  )
})

test('a missing parameter is a fault of the caller, not a request to the wrong path', () => {
  expect(() => address('/api/users/:id', {})).toThrow('id')
})
