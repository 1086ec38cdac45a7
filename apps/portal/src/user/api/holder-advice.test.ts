import { expect, test } from 'vitest'
import { t } from '../texts/t.ts'
import { holderAdvice } from './holder-advice.ts'

test('U-10: a holder is not told to recycle a card or to change a policy', () => {
  for (const code of ['CARD_PIN_BLOCKED', 'POLICY_NEEDS_SLOT', 'CARD_NEEDS_RECYCLING', 'PUK_LAST_TRY', 'CA_REFUSED']) {
    expect(holderAdvice(code, 'Recycle the card.')).toBe(t('advice.callHelp'))
  }
})

test('U-3: a device of somebody else', () => {
  expect(holderAdvice('CARD_ISSUED_TO_OTHER', 'End that one first.')).toBe(t('advice.ownDevice'))
})

test('U-13: a locked PIN leads to the login without the device', () => {
  expect(holderAdvice('PIN_BLOCKED', '')).toContain(t('welcome.without'))
})

test('what the server says to anybody stays', () => {
  for (const code of ['PIN_WRONG', 'CARD_REMOVED', 'CA_UNREACHABLE', 'CARD_ABSENT', 'LOGIN_LOCKED']) {
    expect(holderAdvice(code, 'Put it back.')).toBe('Put it back.')
  }
})
