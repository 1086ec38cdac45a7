import { expect, test } from 'vitest'
import { initials } from './name.ts'

test.each([
  ['Anna Weber', 'AW'],
  ['  Ärzte  von  Östen ', 'ÄÖ'],
  ['漢字', '漢'],
  ['', ''],
  ['😀 Smile', '😀S'],
])('%s → %s', (name, letters) => {
  expect(initials(name)).toBe(letters)
})
