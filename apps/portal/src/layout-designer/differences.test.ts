import type { LayoutContent, LayoutElement } from '@cardwright/contract'
import { expect, test } from 'vitest'
import { blankLayout, reordered, withElement, withoutElement } from './content.ts'
import { differences } from './differences.ts'
import { newElement } from './new-element.ts'

const card = { x: 0, y: 0, width: 85.6, height: 53.98 }
const text = newElement('text', 'name', card, 0)
const photo = newElement('photo', 'face', card, 1)
const before: LayoutContent = {
  ...blankLayout(),
  name: 'Staff',
  front: { background: '#ffffff', backgroundPicture: null, elements: [text, photo] },
}
const lines = (after: LayoutContent) => differences(before, after).map(d => `${d.field}: ${d.from} → ${d.to}`)

test('P-8 nothing changed: no difference', () => {
  expect(differences(before, structuredClone(before))).toEqual([])
})

test('P-8 moves, sizes and properties are told by name and value', () => {
  const change: Partial<LayoutElement> = { x: 5, width: 40 }
  expect(lines(withElement(before, 'front', 'name', { ...change, bold: true, content: '{givenName}' }))).toEqual([
    'Front, Text “{givenName}”: Position: 20 mm from the left, 24 mm from the top → 5 mm from the left, 24 mm from the top',
    'Front, Text “{givenName}”: Size: 45 × 6 mm → 40 × 6 mm',
    'Front, Text “{givenName}”: Text: {displayName} → {givenName}',
    'Front, Text “{givenName}”: Bold: No → Yes',
  ])
})

test('P-8 what came, what went, what lies over what', () => {
  expect(lines(withoutElement(before, 'front', 'face'))).toEqual([
    'Front, Photo: 34 mm from the left, 15 mm from the top → not there',
  ])
  expect(lines(reordered(before, 'front', 'name', 'front'))).toEqual([
    'Front: Order: as it was → other elements lie on top',
  ])
  expect(lines({ ...before, back: { background: '#ffffff', backgroundPicture: null, elements: [] } })).toEqual([
    'Back: not printed → printed',
  ])
})
