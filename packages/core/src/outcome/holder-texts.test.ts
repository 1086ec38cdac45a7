import { expect, test } from 'vitest'
import { holderTexts } from './holder-texts.ts'
import { refusalCodes } from './refusal.ts'
import { fillText } from './refusal-texts.ts'

/** Words of operators and of the field. What a holder reads is what a holder can do. */
const operatorWords =
  /\b(?:recycl|terminate|polic(?:y|ies)\b|slot [{9]|PUK\b|PIV\b|administration key|administrator|certificate authority|database|disk|status word|Retry\b|Cancel\b|role\b|permission)/i

test.each(refusalCodes)('U-10: %s tells a holder what happened and what now, in words of their own', code => {
  const { what, advice } = holderTexts[code]
  for (const text of [what, advice]) {
    expect(text).toMatch(/^[A-Z].*\.$/s)
    expect(text).not.toMatch(operatorWords)
    expect(fillText(text, {})).not.toMatch(/[{}]/)
  }
})

test('U-3: whose a device is, is not told to a holder', () => {
  for (const { what, advice } of Object.values(holderTexts)) expect(what + advice).not.toMatch(/\{(?:user|by)\}/)
})
