import { expect, test } from 'vitest'
import { attemptsRemaining, describeStatus, isAccepted, isStatusPattern, matchesStatus } from './status-words.ts'

test.each([
  [0x9000, '9000', true],
  [0x63c2, '63CX', true],
  [0x6300, '63CX', false],
  [0x6a82, 'XXXX', true],
  [0x6a82, '6A8', false],
])('%i against %s', (sw, pattern, matches) => {
  expect(matchesStatus(sw, pattern)).toBe(matches)
})

test('any of the patterns accepts', () => {
  expect(isAccepted(0x6a82, ['9000', '6A82'])).toBe(true)
  expect(isAccepted(0x6a82, [])).toBe(false)
  expect(isStatusPattern('63cx')).toBe(false)
})

test('tries left: 63CX, 6983, and 630X of the YubiKey NEO', () => {
  expect([0x63c2, 0x63c0, 0x6983, 0x6302, 0x6300, 0x6982].map(attemptsRemaining)).toEqual([
    2,
    0,
    0,
    2,
    undefined,
    undefined,
  ])
})

test('words a person understands', () => {
  expect(describeStatus(0x6983)).toBe('blocked: no tries are left')
  expect(describeStatus(0x63c1)).toBe('verification failed, tries are left')
  expect(describeStatus(0x1234)).toBe('a status word without general meaning')
})

test('a refusal of a new PIN or PUK is told as one, whatever word the card has for it', () => {
  expect(describeStatus(0x6985, 'piv.change-puk')).toMatch(/refuses the new value/)
  expect(describeStatus(0x6a80, 'piv.reset-retry-counter')).toMatch(/refuses the new value/)
  expect(describeStatus(0x6985, 'piv.verify')).toBe('the card does not allow this in its present state')
})
