import type { RgbPicture } from './png.ts'

/** How the back of a two-sided page has to be turned for this printer (`pwg-raster-document-sheet-back`, PWG 5102.4 §4.3.3). */
export type SheetBack = 'normal' | 'flipped' | 'rotated' | 'manual-tumble'

export type RasterOptions = {
  readonly dpi: number
  /** sRGB of three bytes a pixel, or grey of one. */
  readonly colour: 'srgb_8' | 'sgray_8'
  /** ONE_SIDED, or which edge the page turns around. */
  readonly sides: 'ONE_SIDED' | 'LONG_EDGE' | 'SHORT_EDGE'
  readonly sheetBack: SheetBack
}

const SYNC_WORD = 'RaS2'
const HEADER_BYTES = 1796
const POINTS = 72

/** PWG 5102.4 table 7: which way the lines and the pixels of a line go, as +1 or −1. */
const backTransform = ({ sides, sheetBack }: RasterOptions): { cross: number; feed: number } => {
  const tumble = sides === 'SHORT_EDGE'
  if (sheetBack === 'flipped') return tumble ? { cross: -1, feed: 1 } : { cross: 1, feed: -1 }
  if (sheetBack === 'manual-tumble') return tumble ? { cross: -1, feed: -1 } : { cross: 1, feed: 1 }
  if (sheetBack === 'rotated') return tumble ? { cross: 1, feed: 1 } : { cross: -1, feed: -1 }
  return { cross: 1, feed: 1 }
}

type Transform = { readonly cross: number; readonly feed: number }

// PWG 5102.4 table 2, by the offset of each field; all that is not written is zero.
const header = (picture: RgbPicture, options: RasterOptions, pages: number, transform: Transform): Buffer => {
  const bytes = Buffer.alloc(HEADER_BYTES)
  const colours = options.colour === 'srgb_8' ? 3 : 1
  const points = (pixels: number): number => Math.round((pixels * POINTS) / options.dpi)
  bytes.write('PwgRaster', 0)
  for (const [offset, value] of [
    [272, options.sides === 'ONE_SIDED' ? 0 : 1], // Duplex
    [276, options.dpi], // HWResolution
    [280, options.dpi],
    [340, 1], // NumCopies
    [352, points(picture.width)], // PageSize
    [356, points(picture.height)],
    [368, options.sides === 'SHORT_EDGE' ? 1 : 0], // Tumble
    [372, picture.width],
    [376, picture.height],
    [384, 8], // BitsPerColor
    [388, 8 * colours], // BitsPerPixel
    [392, picture.width * colours], // BytesPerLine
    [400, colours === 3 ? 19 : 18], // ColorSpace: sRGB, sGray
    [420, colours], // NumColors
    [452, pages], // TotalPageCount
  ] as const)
    bytes.writeUInt32BE(value, offset)
  bytes.writeInt32BE(transform.cross, 456)
  bytes.writeInt32BE(transform.feed, 460)
  return bytes
}

/** The pixels of a line in the order and the colours in which they are sent. */
const lineOf = ({ width, height, rgb }: RgbPicture, row: number, { cross, feed }: Transform, grey: boolean) => {
  const y = feed < 0 ? height - 1 - row : row
  if (cross > 0 && !grey) return Buffer.from(rgb.subarray(y * width * 3, (y + 1) * width * 3))
  const line = Buffer.alloc(width * (grey ? 1 : 3))
  for (let x = 0; x < width; x++) {
    const from = (y * width + (cross < 0 ? width - 1 - x : x)) * 3
    const [r, g, b] = [rgb[from] as number, rgb[from + 1] as number, rgb[from + 2] as number]
    // ITU-R BT.709: how bright each colour looks.
    if (grey) line[x] = Math.round(0.2126 * r + 0.7152 * g + 0.0722 * b)
    else line.set([r, g, b], x * 3)
  }
  return line
}

const MAX_RUN = 128

/** PWG 5102.4 §4.3.2: runs of equal pixels and stretches of different ones, at most 128 pixels each. */
const packLine = (line: Buffer, bytes: number): Buffer => {
  const pixels = line.length / bytes
  const same = (a: number, b: number): boolean => {
    for (let i = 0; i < bytes; i++) if (line[a * bytes + i] !== line[b * bytes + i]) return false
    return true
  }
  const packed: Buffer[] = []
  for (let at = 0; at < pixels; ) {
    let end = at + 1
    while (end < pixels && end - at < MAX_RUN && same(at, end)) end++
    if (end - at > 1) packed.push(Buffer.of(end - at - 1), line.subarray(at * bytes, (at + 1) * bytes))
    else {
      while (end < pixels && end - at < MAX_RUN && !(end + 1 < pixels && same(end, end + 1))) end++
      // A stretch of one is a run of one: 257 − 1 would not fit into a byte.
      packed.push(Buffer.of(end - at === 1 ? 0 : 257 - (end - at)), line.subarray(at * bytes, end * bytes))
    }
    at = end
  }
  return Buffer.concat(packed)
}

const encodePage = (picture: RgbPicture, options: RasterOptions, index: number, pages: number): Buffer[] => {
  const back = options.sides !== 'ONE_SIDED' && index % 2 === 1
  const transform = back ? backTransform(options) : { cross: 1, feed: 1 }
  const grey = options.colour === 'sgray_8'
  const parts = [header(picture, options, pages, transform)]
  let last: { line: Buffer; count: number } | undefined
  const flush = () => {
    if (last) parts.push(Buffer.of(last.count - 1), packLine(last.line, grey ? 1 : 3))
  }
  for (let row = 0; row < picture.height; row++) {
    const line = lineOf(picture, row, transform, grey)
    if (last && last.count < 256 && last.line.equals(line)) last.count++
    else {
      flush()
      last = { line, count: 1 }
    }
  }
  flush()
  return parts
}

/** `image/pwg-raster` (PWG 5102.4), one page for each picture. */
export const encodePwgRaster = (pages: readonly RgbPicture[], options: RasterOptions): Buffer =>
  Buffer.concat([
    Buffer.from(SYNC_WORD),
    ...pages.flatMap((page, index) => encodePage(page, options, index, pages.length)),
  ])
