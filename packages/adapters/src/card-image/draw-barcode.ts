import type { LayoutElement } from '@cardwright/core'
import { encodeBarcode, isDarkEnough, leastModule, quietZone, type Symbol2D } from './barcode.ts'
import { PIXELS_PER_MM, PIXELS_PER_POINT, type PixelBox } from './card-pixels.ts'
import { type DrawnText, drawText } from './draw-text.ts'
import { tag } from './svg.ts'

type BarcodeElement = Extract<LayoutElement, { readonly kind: 'barcode' }>

type DrawnBarcode =
  | {
      readonly ok: true
      readonly markup: string
      readonly faces: DrawnText['faces']
      readonly missing: DrawnText['missing']
    }
  | { readonly ok: false; readonly why: string }

/** Runs of dark modules of a row, as one path of whole pixels. */
const path = ({ rows }: Symbol2D, left: number, top: number, module: number, height: number): string =>
  rows
    .flatMap((row, y) =>
      row.flatMap((dark, x) => {
        if (!dark || row[x - 1]) return []
        const end = row.indexOf(false, x)
        const width = ((end < 0 ? row.length : end) - x) * module
        return [`M${left + x * module} ${top + y * height}h${width}v${height}h${-width}z`]
      }),
    )
    .join('')

const TEXT_MM = 2.6
const LEAST_BAR_MM = 3

/**
 * Black (or what the layout says) on white of its own, quiet zone included, each module a whole number of pixels: a scanner
 * sees the symbol and not the background. The text below is what is encoded.
 */
export const drawBarcode = async (
  { symbology, colour, showText }: Pick<BarcodeElement, 'symbology' | 'colour' | 'showText'>,
  text: string,
  box: PixelBox,
): Promise<DrawnBarcode> => {
  if (!isDarkEnough(colour)) return { ok: false, why: 'its colour is too light for a scanner' }
  const symbol = encodeBarcode(symbology, text)
  if (!symbol) return { ok: false, why: 'there is more in it than such a code can hold' }
  const below = showText ? Math.round(Math.min(TEXT_MM * PIXELS_PER_MM, box.height * 0.3)) : 0
  const above = box.height - below
  const quiet = quietZone[symbology]
  const side = symbology === 'QR' ? Math.min(box.width, above) : box.width
  const module = Math.floor(side / (symbol.width + 2 * quiet))
  if (module < leastModule[symbology] || (symbology === 'CODE128' && above < LEAST_BAR_MM * PIXELS_PER_MM)) {
    return { ok: false, why: `its box is too small for ${[...text].length} characters` }
  }
  const size = symbol.width * module
  const left = box.x + Math.floor((box.width - size) / 2)
  const high = symbology === 'QR' ? size : above
  const top = box.y + (symbology === 'QR' ? Math.floor((above - size) / 2) : 0)
  const ground = { x: left - quiet * module, y: box.y, width: size + 2 * quiet * module, height: box.height }
  const written = showText
    ? await drawText(
        text,
        {
          font: 'MONO',
          size: (below * 0.8) / PIXELS_PER_POINT,
          bold: false,
          italic: false,
          colour,
          align: 'CENTRE',
          fit: 'SHRINK',
        },
        { x: box.x, y: box.y + above, width: box.width, height: below },
        null,
      )
    : null
  if (written?.tooLong) return { ok: false, why: 'the text below it is longer than its box' }
  const modules = tag('path', {
    d: path(symbol, left, top, module, symbology === 'QR' ? module : high),
    fill: colour,
    'shape-rendering': 'crispEdges',
  })
  return {
    ok: true,
    markup:
      tag('rect', { ...ground, fill: '#ffffff', 'shape-rendering': 'crispEdges' }) + modules + (written?.markup ?? ''),
    faces: written?.faces ?? [],
    missing: written?.missing ?? [],
  }
}
