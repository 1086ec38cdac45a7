import { inflateSync } from 'node:zlib'
import { PDFArray, PDFDict, PDFDocument, PDFName, type PDFPage, PDFRawStream } from '@cantoo/pdf-lib'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { createCardRenderer } from './renderer.ts'
import { barcode, fillingOf, layoutOf, photo, rectangle, text } from './sample-layout.fixture.ts'

const renderer = createCardRenderer()

/** Width, height and pixels of the one picture of a page. */
const pictureIn = (page: PDFPage) => {
  const image = page.node.Resources()?.lookup(PDFName.of('XObject'), PDFDict).lookup(PDFName.of('Card'))
  if (!(image instanceof PDFRawStream)) throw new Error('the page has no picture of a card')
  const number = (name: string) => Number(String(image.dict.get(PDFName.of(name))))
  return { width: number('Width'), height: number('Height'), pixels: inflateSync(image.getContents()) }
}

/** What is drawn on a page, as the operators of ISO 32000-1 §8. */
const operatorsOf = (page: PDFPage): string => {
  const contents = page.node.Contents()
  const stream = contents instanceof PDFArray ? contents.lookup(0) : contents
  if (!(stream instanceof PDFRawStream)) throw new Error('the page has no content')
  return Buffer.from(stream.getContents()).toString('latin1')
}

test('P-8: what goes to a printer is the preview, pixel by pixel at 300 dpi, on pages of a card', async () => {
  const layout = layoutOf([rectangle(), photo(), text(), barcode()], [text({ rotation: 180 })])
  const { pictures } = await renderer.render(layout, fillingOf())
  const pages = (await PDFDocument.load(await renderer.document(pictures))).getPages()
  const seen = [pictures.front, pictures.back ?? new Uint8Array()]
  expect(pages.length).toBe(seen.length)
  for (const [index, page] of pages.entries()) {
    const { data, info } = await sharp(seen[index]).removeAlpha().raw().toBuffer({ resolveWithObject: true })
    const printed = pictureIn(page)
    expect([printed.width, printed.height]).toEqual([1011, 638])
    expect([info.width, info.height]).toEqual([1011, 638])
    expect(Buffer.compare(printed.pixels, data)).toBe(0)
    expect(new Set(data).size, 'there is something on it').toBeGreaterThan(2)
    const { width, height } = page.getSize()
    expect([width, height].map(points => ((points / 72) * 25.4).toFixed(2))).toEqual(['85.60', '53.98'])
    // Over the whole page but for 0.0072 points: so much that at 300 dpi it touches 1011 × 638 pixels and no other.
    expect(operatorsOf(page)).toMatch(/^q 242\.63\d* 0 0 152\.99\d* 0\.0072\d* 0\.0072\d* cm \/Card Do Q/)
  }
})
