import { expect, test } from 'vitest'
import { median, percentile } from './harness.ts'
import { table } from './table.ts'

test.each([
  [[5, 1, 3], 50, 3],
  [[1, 2, 3, 4], 50, 2],
  [[1, 2, 3, 4], 99, 4],
  [[1, 2, 3, 4], 0, 1],
  [[7], 99, 7],
])('percentile of %j at %i', (values, p, expected) => {
  expect(percentile(values, p)).toBe(expected)
})

test('no values have no percentile', () => {
  expect(() => median([])).toThrow(RangeError)
})

test('the table aligns names and values', () => {
  const lines = table([
    { name: 'a', value: 12, unit: 'ms', note: 'why' },
    { name: 'long', value: 0.123456, unit: 's' },
  ]).split('\n')
  expect(lines).toEqual(['a         12 ms  why', 'long  0.1235 s'])
})
