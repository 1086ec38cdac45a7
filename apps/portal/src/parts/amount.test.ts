import { expect, test } from 'vitest'
import { amountOf, shownAmount } from './amount.ts'

const days = { min: 1, max: 90, decimals: 0 }
const millimetres = { min: -20, max: 110, decimals: 2 }

test('a number within its bounds is taken, nothing else', () => {
  expect(['', '-', 'x', 0, 91, 1.5, '30', 90].map(typed => amountOf(typed, days))).toEqual([
    ...[null, null, null, null, null, null],
    30,
    90,
  ])
  expect(['12.', '12.50', '0.005', -20].map(typed => amountOf(typed, millimetres))).toEqual([12, 12.5, null, -20])
})

test('N-6, P-8: a field shows what is typed only as long as it says what is stored, or nothing that could be', () => {
  expect(shownAmount(null, 14, days)).toBe(14)
  expect(shownAmount('500', 14, days), 'until it is left').toBe('500')
  expect(shownAmount('', 14, days)).toBe('')
  expect(shownAmount('12.', 12, millimetres), 'the point may be followed by more').toBe('12.')
  expect(shownAmount(30, 14, days), 'an undo, or the script, has changed it').toBe(14)
})
