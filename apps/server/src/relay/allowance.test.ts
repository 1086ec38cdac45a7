import { expect, test } from 'vitest'
import { createAllowance } from './allowance.ts'

test('a peer may send so much at once, and gets it back with time, yet never more than that', () => {
  let now = 0
  const allowance = createAllowance({ atOnce: 100, perSecond: 10 }, () => now)
  expect([allowance.take(60), allowance.take(40)]).toEqual([true, true])
  now += 2000
  expect([allowance.take(20), allowance.take(1)]).toEqual([true, false])
  now += 3_600_000
  expect([allowance.take(100), allowance.take(1)]).toEqual([true, false])
})
