import { expect, test } from 'vitest'
import { defaultOptions } from '../options/option-table.ts'
import { expiryDays } from './expiry-days.ts'

const sorted = (days: readonly number[]) => [...days].sort((a, b) => b - a)

test('N-3: the listed days, and each day from the smallest of them on', () => {
  const { permanent, temporary } = expiryDays(defaultOptions)
  expect(sorted(permanent)).toEqual([60, 30, 14, 7, 6, 5, 4, 3, 2, 1])
  expect(temporary).toEqual([7, 3])
})

test('N-3: the listed days only; none where the list is empty', () => {
  expect(expiryDays({ ...defaultOptions, CardsEmailBeforeExpiringEachDay: false }).permanent).toEqual([60, 30, 14, 7])
  expect(expiryDays({ ...defaultOptions, CardsEmailBeforeExpiringDays: [] }).permanent).toEqual([])
})
