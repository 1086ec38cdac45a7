import { CARD_PIXELS, createCardRenderer } from '@cardwright/adapters/card-image'
import { createNetworkPrinter } from '@cardwright/adapters/printer'
import { CARD_MM } from '@cardwright/adapters/testing/printer'
import type { CardPictures, PrintOrder } from '@cardwright/core'
import { decodePwgRaster } from '@cardwright/printer-ipp/testing'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  barcode,
  fillingOf,
  layoutOf,
  photo,
  rectangle,
  text,
} from '../../packages/adapters/src/card-image/sample-layout.fixture.ts'
import { readBarcodes } from './barcodes.ts'
import { startCups } from './cups.ts'
import { startIppeveprinter } from './ippeveprinter.ts'
import { drawPdf, readPdf } from './pdf.ts'
import { CR80 } from './ppd.ts'
import type { Tray } from './tray.ts'

const FULL_NAME = 'Ivana Dvořáková 髙橋'
const layout = layoutOf(
  [rectangle(), photo(), text(), text({ y: 20, bold: true, content: '{department}' }), barcode()],
  [
    barcode({ symbology: 'QR', x: 5, y: 5, width: 25, height: 25, content: '{employeeNumber}/{serial}' }),
    text({ y: 30, rotation: 180, colour: '#1f4e79' }),
    barcode({ x: 4, y: 36, rotation: 0, width: 60, content: 'CW-{serial}' }),
  ],
)

/** A portrait with gradients and noise, as a camera has them: a picture that was scaled or compressed would differ. */
const portrait = async (): Promise<Uint8Array> => {
  const noise = { type: 'gaussian', mean: 140, sigma: 50 } as const
  const jpeg = await sharp({ create: { width: 490, height: 630, channels: 3, background: '#884422', noise } })
    .jpeg()
    .toBuffer()
  return Uint8Array.from(jpeg)
}

const sidesOf = ({ front, back }: CardPictures): [Uint8Array, Uint8Array] => {
  if (!back) throw new Error('the sample has a back')
  return [front, back]
}
const pixels = (png: Uint8Array) => sharp(png).removeAlpha().raw().toBuffer()

/** A page of the PDF as it would lie under the printer's head, turned back to how it is read. The last column is no full pixel. */
const painted = async (pdf: Uint8Array, page: number, turned: boolean): Promise<Uint8Array> => {
  const drawn = await sharp(drawPdf(pdf, page))
    .rotate(turned ? 90 : 0)
    .toBuffer()
  return sharp(drawn)
    .extract({ left: turned ? 1 : 0, top: 0, ...CARD_PIXELS })
    .png()
    .toBuffer()
}

describe('P-8: a card is printed exactly as it is previewed', () => {
  const closing: (() => Promise<void>)[] = []
  const open = <T extends { close(): Promise<void> }>(running: T): T => {
    closing.push(running.close)
    return running
  }
  let preview: [Uint8Array, Uint8Array]
  let order: PrintOrder
  const print = async (uri: string, tray: Tray): Promise<Buffer> => {
    expect(await createNetworkPrinter({ uri, limits: { pollMs: 50 } }).print(order, () => {})).toEqual({
      kind: 'PRINTED',
    })
    return tray.document(order.jobName)
  }

  beforeAll(async () => {
    const renderer = createCardRenderer()
    const filling = fillingOf({ displayName: FULL_NAME }, { photo: await portrait() })
    const { pictures, problems } = await renderer.render(layout, filling)
    expect(problems).toEqual([])
    preview = sidesOf(pictures)
    const pdf = await renderer.document(pictures)
    order = { jobName: 'card', media: 'CR80', pdf, pictures: preview, twoSided: true }
  })
  afterAll(async () => {
    for (const close of closing) await close()
  })

  const barcodesOf = (pages: readonly Uint8Array[]) => pages.map(page => [...readBarcodes(page)].sort())
  const BARCODES = [['CODE-128:10042'], ['CODE-128:CW-12345678', 'QR-Code:10042/12345678']]

  test('the barcodes of the preview are read by zbarimg', () => {
    expect(barcodesOf(preview)).toEqual(BARCODES)
  })

  test.each([
    ['QR', 'Łukasz 李 ^ECI', 'QR-Code'],
    ['CODE128', '1234567', 'CODE-128'],
    ['CODE128', 'a^b1234567890Z', 'CODE-128'],
    ['CODE128', '^FNC1 ~!"', 'CODE-128'],
  ] as const)('%s of “%s” is read as it is, whatever it looks like', async (symbology, content, kind) => {
    const code = barcode({ symbology, content, x: 2, y: 2, width: 80, height: 45 })
    const { pictures } = await createCardRenderer().render(layoutOf([code]), fillingOf())
    expect(readBarcodes(pictures.front)).toEqual([`${kind}:${content}`])
  })

  test.each([
    ['an IPP Everywhere printer', false],
    ['a queue of CUPS, which sets the card upright for its medium', true],
  ])('by %s: page size, every pixel at 300 dpi, and the barcodes', async (_, turned) => {
    const place = turned
      ? await startCups([{ name: 'cards', sizes: [CR80], twoSided: true }], [])
      : await startIppeveprinter(['application/pdf'], [])
    open(place)
    const arrived =
      'administer' in place ? await print(place.uri('cards'), place.tray('cards')) : await print(place.uri, place.tray)
    const { width, height } = turned ? { width: CARD_MM.height, height: CARD_MM.width } : CARD_MM
    const pages = readPdf(arrived)
    expect(pages.map(page => [page.widthMm.toFixed(2), page.heightMm.toFixed(2)])).toEqual(
      Array(2).fill([width.toFixed(2), height.toFixed(2)]),
    )
    const seen = await Promise.all(pages.map((_page, index) => painted(arrived, index + 1, turned)))
    for (const [index, side] of preview.entries())
      expect(Buffer.compare(await pixels(seen[index] ?? side), await pixels(side)), `side ${index + 1}`).toBe(0)
    expect(barcodesOf(seen)).toEqual(BARCODES)
  })

  test('by a printer that takes raster only: every pixel, and the barcodes', async () => {
    const printer = open(await startIppeveprinter(['image/pwg-raster'], []))
    const pages = decodePwgRaster(await print(printer.uri, printer.tray))
    const seen = await Promise.all(
      pages.map(({ width, height, pixels: raw }) =>
        sharp(raw, { raw: { width, height, channels: 3 } })
          .rotate(90)
          .png()
          .toBuffer(),
      ),
    )
    expect(seen.length).toBe(2)
    for (const [index, side] of preview.entries())
      expect(Buffer.compare(await pixels(seen[index] ?? Buffer.of()), await pixels(side)), `side ${index + 1}`).toBe(0)
    expect(barcodesOf(seen)).toEqual(BARCODES)
  })
})
