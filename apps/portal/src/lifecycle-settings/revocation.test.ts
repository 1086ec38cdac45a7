import { lifecycleSettings } from '@cardwright/contract'
import { expect, test } from 'vitest'
import { endReasons, hidesCompromise, reasonOf, revocationReasons, withReason } from './revocation.ts'

test('R-19: every reason offered is one that the contract takes', () => {
  for (const why of endReasons) {
    for (const reason of revocationReasons) {
      const taken = lifecycleSettings.shape.revocationReasons.safeParse({ ca: { [why]: reason } })
      expect(taken.success, `${why} ${reason}`).toBe(true)
    }
  }
})

test('R-19: a reason is kept for one authority, and its default is not kept at all', () => {
  const changed = withReason({}, 'a', 'DAMAGED', 'unspecified')
  expect(changed).toEqual({ a: { DAMAGED: 'unspecified' } })
  expect(reasonOf(changed, 'a', 'DAMAGED')).toBe('unspecified')
  expect(reasonOf(changed, 'b', 'DAMAGED')).toBe('superseded')
  const two = withReason(changed, 'a', 'LOST', 'superseded')
  expect(withReason(two, 'a', 'DAMAGED', 'superseded')).toEqual({ a: { LOST: 'superseded' } })
  expect(withReason(changed, 'a', 'DAMAGED', 'superseded')).toEqual({})
})

test('R-19: a lost or stolen key that is not published as compromised is warned of', () => {
  expect(hidesCompromise('STOLEN', 'superseded')).toBe(true)
  expect(hidesCompromise('LOST', 'keyCompromise')).toBe(false)
  expect(hidesCompromise('DAMAGED', 'unspecified')).toBe(false)
})
