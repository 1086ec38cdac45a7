import { describe, expect, test } from 'vitest'
import type { LayoutContent, LayoutElement } from './card-layout.ts'
import { CHIP_AREA, checkLayout, MAGNETIC_STRIPE_AREA } from './check-layout.ts'
import { mayBePrinted } from './layout-problem.ts'
import { type LayoutValues, layoutValues, sampleDevice, sampleUser } from './layout-values.ts'
import { layoutsOfGroups } from './layouts-of-user.ts'
import { MOST_LETTERS_ON_A_SIDE, textsBeyondSide } from './side-letters.ts'

const values = layoutValues({ user: sampleUser, device: sampleDevice(0), organisation: 'Example' })
const place = (x: number, y: number, width = 10, height = 10) =>
  ({ id: 'e', x, y, width, height, rotation: 0 }) as const
const photo = (x: number, y: number): LayoutElement => ({ kind: 'photo', ...place(x, y), radius: 0 })
const rectangle = (x: number, y: number, width: number, height: number): LayoutElement => ({
  kind: 'rectangle',
  ...place(x, y, width, height),
  fill: '#000000',
  stroke: null,
  strokeWidth: 0,
  radius: 0,
})
const code128 = (content: string): LayoutElement => ({
  kind: 'barcode',
  ...place(40, 40, 40, 10),
  symbology: 'CODE128',
  content,
  colour: '#000000',
  showText: false,
})
const side = (elements: readonly LayoutElement[]) => ({ background: '#ffffff', backgroundPicture: null, elements })
const layout = (front: readonly LayoutElement[], change: Partial<LayoutContent> = {}): LayoutContent => ({
  name: 'Badge',
  description: '',
  front: side(front),
  back: null,
  magneticStripe: 'NONE',
  chip: 'FRONT',
  ...change,
})
const check = (content: LayoutContent, of: Partial<LayoutValues> = {}, hasPhoto = true) =>
  checkLayout(content, { values: { ...values, ...of }, hasPhoto })
const codes = (...given: Parameters<typeof check>) => check(...given).map(({ side, code }) => `${side} ${code}`)

describe('P-8: what reaches over chip or stripe is told, and may be printed', () => {
  test('the chip is that of the front, if there is one; its edge is free', () => {
    const over = photo(CHIP_AREA.x - 9.9, CHIP_AREA.y)
    expect(codes(layout([over]))).toEqual(['FRONT OVER_CHIP'])
    expect(mayBePrinted(check(layout([over])))).toBe(true)
    expect(codes(layout([over], { chip: 'NONE' }))).toEqual([])
    expect(codes(layout([], { back: side([over]) }))).toEqual([])
    expect(codes(layout([photo(CHIP_AREA.x - 10, CHIP_AREA.y), photo(CHIP_AREA.x + CHIP_AREA.width, 20)]))).toEqual([])
  })

  test('the stripe is that of the back, if there is one', () => {
    const over = photo(40, MAGNETIC_STRIPE_AREA.y + MAGNETIC_STRIPE_AREA.height - 0.1)
    expect(codes(layout([], { back: side([over]), magneticStripe: 'BACK' }))).toEqual(['BACK OVER_MAGNETIC_STRIPE'])
    expect(codes(layout([], { back: side([over]) }))).toEqual([])
    expect(codes(layout([over], { magneticStripe: 'BACK' }))).toEqual([])
  })

  test('a background over the whole card lies below both; half of one does not', () => {
    expect(codes(layout([rectangle(-1.5, -1.5, 88.6, 57)]))).toEqual([])
    expect(codes(layout([rectangle(-1.5, -1.5, 50, 57)]))).toEqual(['FRONT OVER_CHIP'])
  })

  test('a line counts where it is drawn, not where its box is', () => {
    const line = (y: number, rotation: 0 | 90): LayoutElement => ({
      kind: 'line',
      ...place(0, y, 85.6, 20),
      rotation,
      colour: '#000000',
      strokeWidth: 0.5,
    })
    // The box of the first lies over the chip, its middle does not.
    expect(codes(layout([line(0, 0)]))).toEqual([])
    expect(codes(layout([line(14, 0)]))).toEqual(['FRONT OVER_CHIP'])
    expect(codes(layout([line(14, 90)])), 'a standing one is in the middle of the card').toEqual([])
  })
})

describe('P-8: what a card lacks', () => {
  test('a photo, a value: told; a field that is none, a barcode that cannot be: not printed', () => {
    expect(codes(layout([photo(40, 5)]), {}, false)).toEqual(['FRONT PHOTO_MISSING'])
    expect(codes(layout([code128('{employeeNumber}-{department}')]), { department: null })).toEqual([
      'FRONT FIELD_EMPTY',
    ])
    const wrong = check(layout([code128('{number}')]))
    expect(wrong.map(({ code }) => code)).toEqual(['FIELD_UNKNOWN', 'BARCODE_IMPOSSIBLE'])
    expect(mayBePrinted(wrong)).toBe(false)
    expect(wrong[0]?.text).toContain('{number}')
    expect(codes(layout([code128('{displayName}')]), { displayName: 'Ольга' })).toEqual(['FRONT BARCODE_IMPOSSIBLE'])
  })
})

test('P-3: layouts of all groups of a user, each once, in the order of the groups and theirs', () => {
  const groups = [
    { layouts: { INITIAL: ['b', 'a'], UPDATE: ['d'] } },
    { layouts: { INITIAL: ['c', 'b'] } },
    { layouts: {} },
  ]
  expect(layoutsOfGroups(groups, 'INITIAL')).toEqual(['b', 'a', 'c'])
  expect(layoutsOfGroups(groups, 'TEMPORARY_REPLACEMENT')).toEqual([])
})

describe('P-8, bad input: a side has room for so many letters', () => {
  const text = (id: string, content: string): LayoutElement => ({
    ...place(40, 20),
    kind: 'text',
    id,
    content,
    font: 'SANS',
    size: 5,
    bold: false,
    italic: false,
    colour: '#000000',
    align: 'START',
    fit: 'WRAP',
  })
  const half = 'a'.repeat(MOST_LETTERS_ON_A_SIDE / 2)

  test('with the first that is one too many it is told, and it and those after it are not drawn', () => {
    const full = [text('1', half), text('2', half)]
    expect(codes(layout(full, { back: side(full) }))).toEqual([])
    const more = [...full, text('3', 'a'), text('4', 'a')]
    const problems = check(layout(more))
    expect(problems.map(({ element, code, blocking }) => [element, code, blocking])).toEqual([
      ['3', 'SIDE_TOO_FULL', true],
    ])
    expect(textsBeyondSide(more, values)).toEqual(more.slice(2))
  })

  test('what counts is what is filled in, in barcodes too', () => {
    const filled = [text('1', half), { ...code128('{department}'), id: '2' }]
    expect(codes(layout(filled), { department: half })).toEqual([])
    expect(codes(layout(filled), { department: `${half}a` })).toEqual(['FRONT SIDE_TOO_FULL'])
  })
})
