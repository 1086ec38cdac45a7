import { type IppAttributes, type IppResolution, strings } from '../message/message.ts'
import type { PrintOrder } from '../printer.ts'
import { decodePng, type RgbPicture } from './png.ts'
import { encodePwgRaster, type RasterOptions, type SheetBack } from './pwg-raster.ts'

/** What `chooseDocument` reads (RFC 8011 §5.4.22, PWG 5102.4 §7). */
export const DOCUMENT_ATTRIBUTES = [
  'document-format-supported',
  'pwg-raster-document-resolution-supported',
  'pwg-raster-document-sheet-back',
  'pwg-raster-document-type-supported',
] as const

export type PrintDocument = { readonly format: string; readonly bytes: Uint8Array }

/** The pictures of an order, and so those of the raster. */
const PICTURE_DPI = 300
/** The finest heads of card printers. What claims more would have this process draw, and hold, a picture of any size. */
const MOST_DPI = 600

export type PageTurn = {
  readonly sides: RasterOptions['sides']
  /** The medium's wider side is across: a card's page lies as it is, else it is set upright. */
  readonly landscape: boolean
}

/** A quarter turn against the clock, as RFC 8011 §5.2.10 has it for landscape pages on upright media. */
const upright = ({ width, height, rgb }: RgbPicture): RgbPicture => {
  const turned = new Uint8Array(rgb.length)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const from = (y * width + x) * 3
      turned.set(rgb.subarray(from, from + 3), ((width - 1 - x) * height + y) * 3)
    }
  return { width: height, height: width, rgb: turned }
}

const enlarged = ({ width, height, rgb }: RgbPicture, times: number): RgbPicture => {
  const stride = width * times * 3
  const large = new Uint8Array(stride * height * times)
  for (let y = 0; y < height; y++) {
    const first = y * times * stride
    for (let x = 0; x < width * times; x++) {
      const from = (y * width + Math.floor(x / times)) * 3
      for (let c = 0; c < 3; c++) large[first + x * 3 + c] = rgb[from + c] as number
    }
    for (let again = 1; again < times; again++) large.copyWithin(first + again * stride, first, first + stride)
  }
  return { width: width * times, height: height * times, rgb: large }
}

const isResolution = (value: unknown): value is IppResolution =>
  typeof value === 'object' && value !== null && 'crossFeed' in value

/** The printer's resolution: that of the pictures, or twice that. Without a word about it, 300 dpi. */
const chooseDpi = (attributes: IppAttributes): number | null => {
  const values = attributes.get('pwg-raster-document-resolution-supported')
  if (!values) return PICTURE_DPI
  const square = values.filter(isResolution).filter(({ crossFeed, feed }) => crossFeed === feed)
  const usable = square
    .map(({ feed }) => feed)
    .filter(dpi => dpi >= PICTURE_DPI && dpi <= MOST_DPI && dpi % PICTURE_DPI === 0)
  return usable.length > 0 ? Math.min(...usable) : null
}

const SHEET_BACKS: readonly string[] = ['normal', 'flipped', 'rotated', 'manual-tumble'] satisfies SheetBack[]

const rasterOptions = (attributes: IppAttributes, sides: RasterOptions['sides']): RasterOptions | null => {
  const dpi = chooseDpi(attributes)
  const types = strings(attributes, 'pwg-raster-document-type-supported')
  const colour =
    types.includes('srgb_8') || types.length === 0 ? 'srgb_8' : types.includes('sgray_8') ? 'sgray_8' : null
  const back = strings(attributes, 'pwg-raster-document-sheet-back')[0] ?? 'normal'
  if (!dpi || !colour || !SHEET_BACKS.includes(back)) return null
  return { dpi, colour, sides, sheetBack: back as SheetBack }
}

/**
 * The order's pages in a format that the printer takes: the PDF as it is, else its pictures as PWG raster. `null` = it takes
 * neither, or only raster and there are no pictures.
 * @throws PngError for pictures that are none
 */
export const chooseDocument = (
  attributes: IppAttributes,
  order: Pick<PrintOrder, 'pdf' | 'pictures'>,
  { sides, landscape }: PageTurn,
): PrintDocument | null => {
  const formats = strings(attributes, 'document-format-supported')
  if (formats.includes('application/pdf')) return { format: 'application/pdf', bytes: order.pdf }
  const options = rasterOptions(attributes, sides)
  if (!formats.includes('image/pwg-raster') || !options || order.pictures.length === 0) return null
  const pages = order.pictures.map(decodePng).map(picture => {
    const lies = picture.width > picture.height
    const page = lies && !landscape ? upright(picture) : picture
    return options.dpi === PICTURE_DPI ? page : enlarged(page, options.dpi / PICTURE_DPI)
  })
  return { format: 'image/pwg-raster', bytes: encodePwgRaster(pages, options) }
}
