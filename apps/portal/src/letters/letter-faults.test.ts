import { expect, test } from 'vitest'
import { letterFaults } from './letter-faults.ts'

const texts = [{ language: 'en' }, { language: 'de' }]

test('N-5: what is wrong in a text is told with its language and field, whether named from the body or the settings', () => {
  const fields = { 'texts.1.letterBody': 'names no field: {pni}', 'settings.texts.0.mailText': 'too long' }
  expect(letterFaults(fields, texts)).toEqual([
    { field: 'letterBody', text: 'names no field: {pni}', language: 'de' },
    { field: 'mailText', text: 'too long', language: 'en' },
  ])
})

test('what belongs to no language, or to one that is gone, keeps its path', () => {
  expect(letterFaults({ 'settings.logo': 'cannot be read', 'texts.7.letterBody': 'x' }, texts)).toEqual([
    { field: 'logo', text: 'cannot be read', language: null },
    { field: 'texts.7.letterBody', text: 'x', language: null },
  ])
})
