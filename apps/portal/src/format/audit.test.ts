import { printerFaultCode } from '@cardwright/contract'
import { expect, test } from 'vitest'
import { actionText, detailTexts, knownReason, reasonText, stepText } from './audit.ts'

test('known actions have their words, unknown ones are still readable', () => {
  expect(actionText('device.issued')).toBe('Device issued')
  expect(actionText('request.approved-by-two')).toBe('Request approved by two')
})

test('a code of a refused log-in is said in words, what a person wrote stays as it is', () => {
  expect(reasonText('UNKNOWN_NAME')).toBe('no user has this login name')
  expect(reasonText('Lost: on the train')).toBe('Lost: on the train')
  expect(reasonText(null)).toBe('')
  expect(['LOST', 'CARD_REMOVED', null].map(knownReason)).toEqual(['lost', '', ''])
})

test.each(printerFaultCode.options)(
  'N-5, P-7: the audit says in words why a card or a letter was not printed: %s',
  code => {
    for (const reason of [code, `PRINTER_${code}`]) expect(reasonText(reason)).toMatch(/ /)
  },
)

test('facts without a name for people stay out, the others are said in words', () => {
  expect(
    detailTexts({ slot: '9A', profile: 'piv-authentication', issuance: 'b182-…', note: '', policy: null }),
  ).toEqual(['Slot: 9A', 'Purpose: Log-on'])
  expect(detailTexts({ role: 'Help desk', step: 'check-card' })).toEqual(['Role: Help desk', 'Step: Check the device'])
})

test('I-12: the step at which something failed is said with its slot; an old record may not know it', () => {
  expect(detailTexts({ step: 'write-certificate', slot: '9C' })).toContain('Step: Write the certificate to 9C')
  expect(detailTexts({ step: 'write-object', object: 'ccc' })).toEqual(['Step: Write the card capability container'])
  expect(detailTexts({ step: 'write-certificate' })).toEqual(['Step: Write the certificate to …'])
})

test('R-18: that a device is temporary is said of those that are', () => {
  expect(detailTexts({ temporary: true, workflow: 'USER_SELF' })).toEqual([
    'Temporary device: Yes',
    'How: asked and issued by the user',
  ])
  expect(detailTexts({ temporary: false, terminated: 0 })).toEqual([])
})

test('I-11: steps have names that a person understands, whatever the server calls them', () => {
  expect(stepText('write-object', { object: 'ccc' })).toBe('Write the card capability container')
  expect(stepText('step.generate-key', { slot: '9A' })).toBe('Generate key in 9A')
  expect(stepText('not-yet-known', {})).toBe('Not yet known')
})
