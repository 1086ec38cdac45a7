import { describe, expect, test } from 'vitest'
import { chooseMedia } from './media.ts'
import type { IppCollection, IppValue } from './message/message.ts'

const choose = (media: Parameters<typeof chooseMedia>[1], names: string[], sizes: IppCollection[] = []) =>
  chooseMedia(
    new Map<string, IppValue[]>([
      ['media-supported', names],
      ['media-size-supported', sizes],
    ]),
    media,
  )

describe('the medium for a page', () => {
  test.each([
    ['CR80', 'iso_id-1_53.98x85.6mm', false],
    ['CR80', 'custom_card_53.98x85.6mm', false],
    ['CR80', 'oem_cr80_2.125x3.375in', false],
    ['CR80', 'om_card_54x86mm', false],
    ['CR80', 'custom_cr80-landscape_85.6x53.98mm', true],
    ['A4', 'iso_a4_210x297mm', false],
    ['LETTER', 'na_letter_8.5x11in', false],
  ] as const)('%s is %s', (media, name, landscape) => {
    expect(choose(media, ['iso_a5_148x210mm', 'iso_id-2_74x105mm', name])).toMatchObject({ name, landscape })
  })

  test('A4 is not Letter, and a business card is no CR80', () => {
    expect(choose('A4', ['na_letter_8.5x11in'])).toBeNull()
    expect(choose('LETTER', ['iso_a4_210x297mm'])).toBeNull()
    expect(choose('CR80', ['oe_business-card_2x3.5in', 'iso_a7_74x105mm'])).toBeNull()
  })

  test('the nearest of several', () => {
    expect(choose('CR80', ['om_card_54x86mm', 'om_cr80_53.98x85.6mm'])?.name).toBe('om_cr80_53.98x85.6mm')
  })

  test('a printer that cuts to size is asked for the size', () => {
    const range: IppCollection = {
      members: new Map<string, IppValue[]>([
        ['x-dimension', [{ lower: 5000, upper: 10000 }]],
        ['y-dimension', [{ lower: 5000, upper: 10000 }]],
      ]),
    }
    const names = ['custom_min_50x50mm', 'custom_max_100x100mm']
    expect(choose('CR80', names, [range])).toEqual({ name: null, size: { x: 5398, y: 8560 }, landscape: false })
    expect(choose('A4', names, [range])).toBeNull()
  })

  test('P-8: of a printer that has the size only nearly its own size is asked for, the nearest first', () => {
    const fixed = (x: number, y: number): IppCollection => ({
      members: new Map<string, IppValue[]>([
        ['x-dimension', [x]],
        ['y-dimension', [y]],
      ]),
    })
    const [rounded, bleed, across] = [fixed(5400, 8600), fixed(5500, 8700), fixed(8560, 5398)]
    expect(choose('CR80', [], [bleed, rounded])).toEqual({ name: null, size: { x: 5400, y: 8600 }, landscape: false })
    expect(choose('CR80', [], [bleed, across])).toEqual({ name: null, size: { x: 8560, y: 5398 }, landscape: true })
    expect(choose('CR80', [], [fixed(5600, 8560)])).toBeNull()
  })

  test('the ends of a range are no medium, and a printer that names none is asked all the same', () => {
    expect(choose('A4', ['custom_max_210x297mm', 'roll_max_210x297mm'])).toBeNull()
    expect(choose('A4', [])).toMatchObject({ name: null })
  })
})
