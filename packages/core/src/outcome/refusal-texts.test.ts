import { expect, test } from 'vitest'
import { refusalCodes } from './refusal.ts'
import { fillText, refusalTexts } from './refusal-texts.ts'

test.each(refusalCodes)('%s says what happened and what now', code => {
  const { what, advice } = refusalTexts[code]
  expect(what).toMatch(/[.…:}]$/)
  expect(advice).toMatch(/\.$/)
  expect(fillText(what, {})).not.toMatch(/[{}]/)
})

test('params are filled in', () => {
  expect(fillText('slot {slot}: {a}', { slot: '9A', a: 1 })).toBe('slot 9A: 1')
})
