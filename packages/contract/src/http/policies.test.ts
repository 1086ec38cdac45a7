import { expect, test } from 'vitest'
import { type PolicyContent, publishablePolicy } from './policies.ts'

type Slot = PolicyContent['slots'][number]
const slot = (change: Partial<Slot>): Slot => ({
  slot: '9A',
  profile: 'piv-authentication',
  algorithms: ['P-256'],
  pinPolicy: 'DEFAULT',
  touchPolicy: 'DEFAULT',
  validityDays: 365,
  ...change,
})
const rules: PolicyContent['pin']['rules'] = {
  minLength: 6,
  maxLength: 8,
  characters: 'DIGITS',
  maxRepeated: 1,
  maxSequence: 2,
  minDistinct: 6,
  forbidFactoryValues: true,
}
const refusals = (slots: Slot[], change: Partial<typeof rules> = {}) =>
  publishablePolicy
    .safeParse({
      name: 'Policy',
      slots,
      objects: {},
      pin: { rules: { ...rules, ...change }, retries: 3, pukRetries: 3 },
      validityDays: 365,
    })
    .error?.issues.map(issue => issue.path.join('/'))

test('a policy that can be carried out is accepted', () => {
  const all = [slot({}), slot({ slot: '9D', profile: 'key-management' }), slot({ slot: '82', algorithms: ['Ed25519'] })]
  expect(refusals(all)).toBeUndefined()
})

test('the same slot twice is refused at the second one', () => {
  expect(refusals([slot({}), slot({ slot: '9C' }), slot({})])).toEqual(['slots/2/slot'])
})

test('a least PIN length above the greatest is refused', () => {
  expect(refusals([slot({})], { minLength: 8, maxLength: 7 })).toEqual(['pin/rules/minLength'])
})

test('a key that only signs is refused for key management, also as second choice', () => {
  const encrypts = slot({ slot: '9D', profile: 'key-management', algorithms: ['P-256', 'Ed25519'] })
  expect(refusals([encrypts])).toEqual(['slots/0/algorithms'])
})
