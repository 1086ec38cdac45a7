import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type LayoutValues, layoutFields, layoutValues, sampleDevice, sampleUser } from './layout-values.ts'
import { fillTemplate } from './template.ts'

const device = sampleDevice(Date.UTC(2026, 0, 15, 23, 59))
const values: LayoutValues = layoutValues({ user: sampleUser, device, organisation: 'Example' })

test('P-8: each field has its value, days as ISO 8601 in UTC', () => {
  for (const field of layoutFields) expect(fillTemplate(`{${field}}`, values)).toMatchObject({ empty: [], unknown: [] })
  expect(fillTemplate('{givenName} {familyName}, {issuedOn} to {expiresOn}', values).text).toBe(
    'Sam Sample, 2026-01-15 to 2029-01-14',
  )
})

test('P-8: who has no such value leaves nothing behind, not even a second space', () => {
  const { text, empty } = fillTemplate('{givenName} {familyName} ({department})', { ...values, familyName: null })
  expect([text, empty]).toEqual(['Sam (Engineering)', ['familyName']])
  expect(fillTemplate('{givenName} {familyName}', { ...values, givenName: '' })).toMatchObject({
    text: 'Sample',
    empty: ['givenName'],
  })
})

test('P-8: what is no field is named; a brace is written twice', () => {
  expect(fillTemplate('{displayNam} {}{', values).unknown).toEqual(['displayNam', ''])
  expect(fillTemplate('{{displayName}', values)).toEqual({ text: '{displayName}', empty: [], unknown: [] })
  expect(fillTemplate('{ givenName } }', values).text).toBe('Sam }')
  // What every object has is no field.
  expect(fillTemplate('{constructor}{__proto__}', values).unknown).toEqual(['constructor', '__proto__'])
})

test('P-8: a value is put in as it is, whatever it looks like', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), displayName => {
      expect(fillTemplate('{displayName}', { ...values, displayName })).toEqual({
        text: displayName,
        empty: [],
        unknown: [],
      })
    }),
  )
  const strange = { ...values, displayName: '{serial} $& {{' }
  expect(fillTemplate('<{displayName}>', strange).text).toBe('<{serial} $& {{>')
})
