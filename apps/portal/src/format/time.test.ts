import { expect, test } from 'vitest'
import { dayOf, daysLeft, elapsed, exactTime, passedShare, relativeTime } from './time.ts'

const now = Date.parse('2026-03-10T12:00:00Z')

test.each([
  ['2026-03-10T10:00:00Z', '2 hours ago'],
  ['2026-03-09T11:00:00Z', 'yesterday'],
  ['2026-03-31T12:00:00Z', 'in 3 weeks'],
  ['2026-03-10T11:59:40Z', 'now'],
  ['2023-03-10T12:00:00Z', '3 years ago'],
])('%s is said as "%s"', (iso, said) => {
  expect(relativeTime(iso, now)).toBe(said)
})

test('the exact time names the zone of the viewer', () => {
  expect(exactTime('2026-03-10T23:30:00Z', 'en-GB', 'Europe/Berlin')).toBe('11 Mar 2026, 00:30:00 CET')
  expect(dayOf('2026-03-10T23:30:00Z', 'en-GB', 'Europe/Berlin')).toBe('11 Mar 2026')
  expect(exactTime('2026-03-10T23:30:00Z', 'en-GB', 'UTC')).toBe('10 Mar 2026, 23:30:00 UTC')
  expect(dayOf('2026-03-10T23:30:00Z', 'en-US', 'UTC')).toBe('Mar 10, 2026')
})

test('elapsed time never runs backwards when the clocks differ', () => {
  expect(elapsed(65_400)).toBe('1:05')
  expect(elapsed(-3_000)).toBe('0:00')
})

test('the validity bar is full once the period is over, and when the period is senseless', () => {
  expect(passedShare('2026-03-01T00:00:00Z', '2026-03-21T00:00:00Z', Date.parse('2026-03-11T00:00:00Z'))).toBe(0.5)
  expect(passedShare('2026-03-01T00:00:00Z', '2026-03-02T00:00:00Z', now)).toBe(1)
  expect(passedShare('2026-03-02T00:00:00Z', '2026-03-02T00:00:00Z', now)).toBe(1)
  expect(daysLeft('2026-03-12T13:00:00Z', now)).toBe(2)
})
