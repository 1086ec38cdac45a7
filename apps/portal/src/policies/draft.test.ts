import { policyContent } from '@cardwright/contract'
import { expect, test } from 'vitest'
import { allSlots, blankPolicy, differences, findings, freeSlot, newSlot, withSlot } from './draft.ts'

const named = { ...blankPolicy(), name: 'Staff' }

test('a new policy needs a name only, and then keeps the contract', () => {
  expect(findings(blankPolicy())).toEqual(['Give the policy a name.'])
  expect(findings(named)).toEqual([])
  expect(policyContent.parse(named)).toEqual(named)
})

test('every slot offered is one that the contract knows', () => {
  for (const slot of allSlots) {
    expect(policyContent.safeParse({ ...named, slots: [newSlot(slot)] }).success, slot).toBe(true)
  }
  expect(allSlots).toHaveLength(24)
  expect(freeSlot(named)).toBe('82')
})

test('what would be refused or fail later is said before', () => {
  expect(findings(withSlot(named, 0, { algorithms: [] }))).toHaveLength(1)
  expect(findings(withSlot(named, 1, { slot: '9A' }))).toEqual(['Slot 9A is there twice.'])
  expect(findings({ ...named, validityDays: 100 })).toHaveLength(4)
  const pin = { ...named.pin, rules: { ...named.pin.rules, minLength: 8, maxLength: 6 } }
  expect(findings({ ...named, pin })).toHaveLength(1)
})

test('differences name each changed field once, and nothing else', () => {
  expect(differences(named, named)).toEqual([])
  const after = withSlot({ ...named, proofOfPossession: true, slots: named.slots.slice(0, 3) }, 0, {
    touchPolicy: 'ALWAYS',
  })
  expect(differences(named, { ...named, approval: 'REQUIRED' })).toEqual([
    { field: 'Issue only after approval', from: 'No', to: 'Yes' },
  ])
  expect(differences(named, after)).toEqual([
    { field: 'Key 9A: touch', from: 'As the device does it', to: 'Every time' },
    { field: 'Key 9E', from: 'Door and card check, P-256, RSA-2048', to: 'not there' },
    { field: 'The card’s key signs each certificate request', from: 'No', to: 'Yes' },
  ])
})
