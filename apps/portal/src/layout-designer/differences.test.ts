import type { LayoutContent, LayoutElement } from '@cardwright/contract'
import { expect, test } from 'vitest'
import { blankLayout, reordered, withElement, withoutElement } from './content.ts'
import { differences } from './differences.ts'
import { elementKinds, newElement } from './new-element.ts'

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

// What counts as unsaved is asked here: a property that is overlooked could be changed and lost.
const chosen: Readonly<Record<string, unknown>> = { font: 'SERIF', align: 'END', fit: 'WRAP' }
const another = (name: string, value: unknown): unknown =>
  chosen[name] ?? (typeof value === 'boolean' ? !value : typeof value === 'number' ? value + 0.1 : `${value}0`)

test.each(elementKinds)('P-8 whatever changes in a %s is a difference', kind => {
  const picture = { picture: 'data:image/png;base64,AA', size: { width: 10, height: 10 } }
  const element = newElement(kind === 'image' ? picture : kind, 'one', card, 0)
  const of = (one: LayoutElement): LayoutContent => ({ ...before, front: { ...before.front, elements: [one] } })
  // What an element is stays as it was added.
  const fixed = ['id', 'kind', 'symbology']
  const unnoticed = Object.entries(element)
    .filter(([name]) => !fixed.includes(name))
    .filter(([name, value]) => {
      const after = { ...element, [name]: another(name, value) } as LayoutElement
      return differences(of(element), of(after)).length === 0
    })
  expect(unnoticed).toEqual([])
})

test.each(['name', 'description', 'chip', 'magneticStripe'] as const)(
  'P-8 another %s of the card is a difference',
  name => {
    const others = { name: 'Other', description: 'Other', chip: 'NONE', magneticStripe: 'BACK' } as const
    expect(before[name]).not.toBe(others[name])
    expect(differences(before, { ...before, [name]: others[name] })).toHaveLength(1)
  },
)

test.each(['background', 'backgroundPicture'] as const)('P-8 another %s of a side is a difference', name => {
  const front = { ...before.front, [name]: name === 'background' ? '#000000' : 'data:image/png;base64,AA' }
  expect(differences(before, { ...before, front })).toHaveLength(1)
})
