import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { generatePin, generatePuk } from './generate-pin.ts'
import { checkPin, type PinRules, pinIsAllowed } from './pin-rules.ts'

const rules: PinRules = {
  minLength: 6,
  maxLength: 8,
  characters: 'DIGITS',
  maxRepeated: 2,
  maxSequence: 3,
  minDistinct: 3,
  forbidFactoryValues: true,
}
const broken = (pin: string) =>
  checkPin(pin, rules)
    .filter(r => !r.ok)
    .map(r => r.rule)

describe('I-4: rules are told one by one', () => {
  test.each([
    ['73914', ['LENGTH']],
    ['739142685', ['LENGTH']],
    ['73914a', ['DIGITS']],
    ['７３９１４２', ['DIGITS']],
    ['777391', ['REPEATED']],
    ['123491', ['SEQUENCE']],
    ['987691', ['SEQUENCE']],
    ['737373', ['DISTINCT']],
    ['123456', ['SEQUENCE', 'FACTORY']],
    ['739142', []],
  ])('%s breaks %j', (pin, expected) => expect(broken(pin)).toEqual(expected))

  test('a rule that forbids nothing is not shown', () => {
    const loose: PinRules = { ...rules, maxRepeated: 8, maxSequence: 8, minDistinct: 1, forbidFactoryValues: false }
    expect(checkPin('111111', loose).map(r => r.rule)).toEqual(['LENGTH', 'DIGITS'])
    expect(pinIsAllowed('111111', loose)).toBe(true)
  })
})

describe('I-8: the random initial PIN', () => {
  test('keeps any satisfiable rules', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 6, max: 8 }),
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 2, max: 8 }),
        fc.integer({ min: 1, max: 6 }),
        fc.constantFrom(4, 6, 8),
        (maxLength, maxRepeated, maxSequence, minDistinct, wanted) => {
          const any = { ...rules, maxLength, maxRepeated, maxSequence, minDistinct }
          return pinIsAllowed(generatePin(any, wanted, randomBytes), any)
        },
      ),
    )
  })

  test('digits are unbiased: bytes of 250 and more are thrown away', () => {
    const bytes = Uint8Array.from([250, 251, 252, 253, 254, 255, 3, 1, 4, 1, 5, 9, 2, 6, 8, 7])
    expect(generatePin(rules, 6, () => bytes)).toBe('314159')
  })

  test.each([
    ['has as many digits as CardsPINLength says', 6, { minLength: 6, maxLength: 8 }, 6],
    ['has no fewer than the policy wants, and PIV', 4, { minLength: 6, maxLength: 8 }, 6],
    ['has no fewer than the policy wants', 6, { minLength: 7, maxLength: 8 }, 7],
    ['has no more than the policy allows', 8, { minLength: 6, maxLength: 7 }, 7],
  ])('N-3: it %s', (_, wanted, lengths, expected) => {
    expect(generatePin({ ...rules, ...lengths }, wanted, randomBytes)).toHaveLength(expected)
  })

  test('impossible rules end in an error, not in a loop', () => {
    expect(() => generatePin({ ...rules, minDistinct: 11 }, 6, randomBytes)).toThrow(RangeError)
  })

  test('a PUK has 8 digits and is not the factory value', () => {
    for (let i = 0; i < 100; i++) expect(generatePuk(randomBytes)).toMatch(/^(?!12345678)[0-9]{8}$/)
  })
})
