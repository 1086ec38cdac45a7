import { checkPin } from '@cardwright/core/pin-rules'
import { expect, test } from 'vitest'
import { pinRuleText } from './pin-texts.ts'

const rules = {
  minLength: 6,
  maxLength: 6,
  characters: 'DIGITS',
  maxRepeated: 1,
  maxSequence: 3,
  minDistinct: 4,
  forbidFactoryValues: true,
} as const

test('I-4: every rule of a policy has its own words', () => {
  const words = checkPin('1', rules).map(pinRuleText)
  expect(words).toEqual([
    'Exactly 6 digits',
    'Only the digits 0 to 9',
    'No digit twice in a row',
    'No run up or down longer than 3 digits, such as 1234 or 9876',
    'At least 4 different digits',
    'Not a factory PIN, such as 123456',
  ])
})
