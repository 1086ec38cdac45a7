import { expect, test } from 'vitest'
import { ageOf, ageWords, lossClock } from './clock.ts'
import { madeUpDevice, madeUpRequest } from './made-up-request.ts'

const at = Date.parse('2026-03-10T08:00:00Z')
const hours = (n: number) => n * 3_600_000

test('R-19: the clock of a loss report runs 18 hours from the report', () => {
  expect(lossClock(madeUpRequest(), at + hours(4))).toBe(hours(14))
  expect(lossClock(madeUpRequest(), at + hours(20))).toBe(-hours(2))
  expect(lossClock(madeUpRequest({ reason: 'STOLEN', state: 'APPROVED' }), at)).toBe(hours(18))
})

test('R-19: no clock for what is not lost, has ended, or is revoked already', () => {
  expect(lossClock(madeUpRequest({ reason: 'DAMAGED' }), at)).toBeNull()
  expect(lossClock(madeUpRequest({ state: 'CANCELLED' }), at)).toBeNull()
  expect(lossClock(madeUpRequest({ device: madeUpDevice({ state: 'TERMINATED', reason: 'LOST' }) }), at)).toBeNull()
})

test('ages are said in the unit that counts', () => {
  expect(ageWords(20_000)).toBe('1 minute')
  expect(ageWords(hours(1) - 1)).toBe('59 minutes')
  expect(ageWords(hours(47.9))).toBe('47 hours')
  expect(ageWords(hours(72))).toBe('3 days')
})

test('an ended request is as old as it took', () => {
  expect(ageOf(madeUpRequest(), at + hours(3))).toBe(hours(3))
  expect(ageOf(madeUpRequest({ endedAt: '2026-03-10T09:00:00Z' }), at + hours(3))).toBe(hours(1))
  expect(ageOf(madeUpRequest(), at - hours(1))).toBe(0)
})
