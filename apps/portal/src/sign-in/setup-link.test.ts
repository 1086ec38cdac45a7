import { expect, test } from 'vitest'
import { passwordFinding, tokenFromFragment } from './setup-link.ts'

test('the token comes from the fragment only', () => {
  expect(tokenFromFragment('#token=abc_-123')).toBe('abc_-123')
  expect(tokenFromFragment('#other=1')).toBeUndefined()
  expect(tokenFromFragment('')).toBeUndefined()
})

test('a password is refused for its length or a mismatch, for nothing else', () => {
  expect(passwordFinding('short', 'short')?.field).toBe('password')
  expect(passwordFinding('elevenchars', 'elevenchars')?.text).toBe('1 more character needed.')
  expect(passwordFinding('aaaaaaaaaaaa', 'aaaaaaaaaaab')?.field).toBe('repeated')
  expect(passwordFinding('aaaaaaaaaaaa', 'aaaaaaaaaaaa')).toBeNull()
})
