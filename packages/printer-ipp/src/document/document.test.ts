import { deflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import type { IppAttributes, IppValue } from '../message/message.ts'
import { decodePwgRaster, pngOf } from '../testing/test-pictures.ts'
import { chooseDocument } from './choose.ts'
import { decodePng, PngError } from './png.ts'
import { encodePwgRaster, type RasterOptions } from './pwg-raster.ts'

const [RED, GREEN, BLUE, WHITE] = [
  [255, 0, 0],
  [0, 255, 0],
  [0, 0, 255],
  [255, 255, 255],
] as const
const rgb = (...pixels: (readonly number[])[]) => Uint8Array.from(pixels.flat())

/** 20 × 9 with gradients: no filter predicts it all, no two lines are the same. */
const busy = { width: 20, height: 9, rgb: Uint8Array.from({ length: 540 }, (_, at) => (at * at * 7 + (at >> 3)) % 256) }

describe('PNG', () => {
  test.each([0, 1, 2, 3, 4])('filter %i gives the pixels back', filter => {
    expect(decodePng(pngOf(busy, { filter }))).toEqual(busy)
  })

  test('what is transparent is white as the card', () => {
    const rgba = Uint8Array.from([255, 0, 0, 255, 255, 0, 0, 0, 0, 0, 0, 128])
    const { rgb: pixels } = decodePng(pngOf({ width: 3, height: 1, rgb: rgba }, { samples: 4 }))
    expect([...pixels]).toEqual([...RED, ...WHITE, 127, 127, 127])
  })

  test.each<[string, Uint8Array, RegExp]>([
    ['text', Buffer.from('no picture at all'), /no PNG/],
    ['a PNG without its pixels', pngOf(busy).subarray(0, 60), /unpacked|too soon/],
    ['one that is interlaced', pngOf(busy, { interlace: 1 }), /interlaced/],
    ['one with 16 bits', pngOf(busy, { depth: 16 }), /8 bits/],
    ['one with an unknown filter', pngOf(busy, { filter: 9 }), /unknown filter/],
    ['one as wide as a wall', pngOf(busy, { width: 100_000 }), /at most/],
    ['a bomb', pngOf(busy, { data: deflateSync(Buffer.alloc(50_000_000)) }), /unpacked/],
    ['one with a line too few', pngOf(busy, { height: 10 }), /too soon/],
  ])('%s is refused', (_, png, message) => {
    expect(() => decodePng(png)).toThrow(PngError)
    expect(() => decodePng(png)).toThrow(message)
  })
})

const options: RasterOptions = { dpi: 300, colour: 'srgb_8', sides: 'ONE_SIDED', sheetBack: 'normal' }
const corners = { width: 2, height: 2, rgb: rgb(RED, GREEN, BLUE, WHITE) }

describe('PWG raster (PWG 5102.4)', () => {
  test('the pixels come back, whatever runs they have', () => {
    const runs = Uint8Array.from({ length: 600 * 3 }, (_, at) => (at < 900 ? 9 : at % 5 === 0 ? 1 : (at >> 2) % 256))
    for (const page of [busy, corners, { width: 600, height: 1, rgb: runs }, { width: 1, height: 600, rgb: runs }]) {
      const [read] = decodePwgRaster(encodePwgRaster([page], options))
      expect(read).toMatchObject({ width: page.width, height: page.height, pages: 1, space: 19 })
      expect(read?.pixels).toEqual(Buffer.from(page.rgb))
    }
  })

  test('a picture of one colour takes nearly no room', () => {
    const white = { width: 1012, height: 638, rgb: new Uint8Array(1012 * 638 * 3).fill(255) }
    expect(encodePwgRaster([white], options).length).toBeLessThan(2000)
  })

  test('grey is one byte a pixel', () => {
    const [read] = decodePwgRaster(encodePwgRaster([corners], { ...options, colour: 'sgray_8' }))
    expect(read).toMatchObject({ space: 18, pixels: Buffer.of(54, 182, 18, 255) })
  })

  test.each<[RasterOptions['sides'], RasterOptions['sheetBack'], number[][], number, number]>([
    ['LONG_EDGE', 'normal', [[...RED], [...GREEN], [...BLUE], [...WHITE]], 1, 1],
    ['LONG_EDGE', 'rotated', [[...WHITE], [...BLUE], [...GREEN], [...RED]], -1, -1],
    ['LONG_EDGE', 'flipped', [[...BLUE], [...WHITE], [...RED], [...GREEN]], 1, -1],
    ['LONG_EDGE', 'manual-tumble', [[...RED], [...GREEN], [...BLUE], [...WHITE]], 1, 1],
    ['SHORT_EDGE', 'rotated', [[...RED], [...GREEN], [...BLUE], [...WHITE]], 1, 1],
    ['SHORT_EDGE', 'flipped', [[...GREEN], [...RED], [...WHITE], [...BLUE]], -1, 1],
    ['SHORT_EDGE', 'manual-tumble', [[...WHITE], [...BLUE], [...GREEN], [...RED]], -1, -1],
  ])('%s, %s: the back is turned as the printer needs it, the front is not', (sides, sheetBack, back, cross, feed) => {
    const [front, turned] = decodePwgRaster(encodePwgRaster([corners, corners], { ...options, sides, sheetBack }))
    expect(front).toMatchObject({ pixels: Buffer.from(corners.rgb), cross: 1, feed: 1, duplex: 1 })
    expect(turned).toMatchObject({
      pixels: Buffer.from(back.flat()),
      cross,
      feed,
      tumble: sides === 'SHORT_EDGE' ? 1 : 0,
    })
  })
})

describe('the document for a printer', () => {
  const printer = (attributes: Record<string, IppValue[]>): IppAttributes => new Map(Object.entries(attributes))
  const raster = { 'document-format-supported': ['image/pwg-raster'] }
  const wide = { width: 3, height: 2, rgb: rgb(RED, GREEN, BLUE, WHITE, WHITE, RED) }
  const order = { pdf: Buffer.from('%PDF'), pictures: [pngOf(wide)] }
  const turn = { sides: 'ONE_SIDED', landscape: false } as const

  test('is the PDF wherever it is taken', () => {
    const formats = { 'document-format-supported': ['image/pwg-raster', 'application/pdf'] }
    expect(chooseDocument(printer(formats), order, turn)).toEqual({ format: 'application/pdf', bytes: order.pdf })
  })

  test('is raster else: a card that lies is set upright, against the clock (RFC 8011 §5.2.10)', () => {
    const document = chooseDocument(printer(raster), order, turn)
    expect(document?.format).toBe('image/pwg-raster')
    const [page] = decodePwgRaster(document?.bytes ?? Buffer.alloc(0))
    expect(page).toMatchObject({ width: 2, height: 3, pixels: Buffer.from(rgb(BLUE, RED, GREEN, WHITE, RED, WHITE)) })
  })

  test('is as large on a printer of 600 dpi', () => {
    const attributes = printer({
      ...raster,
      'pwg-raster-document-resolution-supported': [{ crossFeed: 600, feed: 600 }],
    })
    const [page] = decodePwgRaster(
      chooseDocument(attributes, order, { ...turn, landscape: true })?.bytes ?? Buffer.alloc(0),
    )
    const [above, below] = [rgb(RED, RED, GREEN, GREEN, BLUE, BLUE), rgb(WHITE, WHITE, WHITE, WHITE, RED, RED)]
    expect(page).toMatchObject({ width: 6, height: 4, dpi: 600 })
    expect(page?.pixels).toEqual(Buffer.concat([above, above, below, below]))
  })

  test.each<[string, Record<string, IppValue[]>]>([
    ['PostScript alone', { 'document-format-supported': ['application/postscript'] }],
    ['raster of 203 dpi', { ...raster, 'pwg-raster-document-resolution-supported': [{ crossFeed: 203, feed: 203 }] }],
    [
      'raster of 1200 dpi alone, which no card needs',
      { ...raster, 'pwg-raster-document-resolution-supported': [{ crossFeed: 1200, feed: 1200 }] },
    ],
    ['raster in CMYK', { ...raster, 'pwg-raster-document-type-supported': ['cmyk_8'] }],
  ])('is none for %s', (_, attributes) => {
    expect(chooseDocument(printer(attributes), order, turn)).toBeNull()
  })
})
