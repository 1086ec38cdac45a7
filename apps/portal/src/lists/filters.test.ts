import { expect, test } from 'vitest'
import { compact, isFiltered, pageParam, refined, textParam, wordParam } from './filters.ts'
import { sortDirection, toggledSort } from './sort.ts'

test('an address that somebody typed never breaks a list', () => {
  expect(textParam({ q: { a: 1 } }, 'q')).toBeUndefined()
  expect(textParam({ q: '   ' }, 'q')).toBeUndefined()
  expect(textParam({ q: 30123456 }, 'q')).toBe('30123456')
  expect(wordParam({ status: 'GONE' }, 'status', ['ACTIVE', 'DISABLED'])).toBeUndefined()
  expect(pageParam({ page: '-3' })).toBeUndefined()
  expect(pageParam({ page: 1 })).toBeUndefined()
  expect(pageParam({ page: 7 })).toBe(7)
})

test('a changed filter begins on the first page again', () => {
  expect(refined({ q: 'a', cursor: 'x', page: 3, sort: 'name' }, { q: 'b' })).toEqual({ q: 'b', sort: 'name' })
})

test('order and page are no filters', () => {
  expect(isFiltered(compact({ sort: 'a', page: 2, q: undefined }))).toBe(false)
  expect(isFiltered({ q: 'a' })).toBe(true)
})

test('a click on a head sorts up, a second one down, and only as the server can', () => {
  const known = ['name', '-name', 'state']
  expect(toggledSort(undefined, 'name', known)).toBe('name')
  expect(toggledSort('name', 'name', known)).toBe('-name')
  expect(toggledSort('-name', 'name', known)).toBe('name')
  expect(toggledSort('state', 'state', known)).toBe('state')
  expect(sortDirection('-name', 'name')).toBe('descending')
  expect(sortDirection('-name', 'state')).toBeUndefined()
})
