import { inflateSync } from 'node:zlib'

/** The picture is no PNG that this reader takes; `message` says what about it. */
export class PngError extends Error {
  override readonly name = 'PngError'
}

/** Three bytes a pixel, sRGB, no padding; the first line is the upper one. */
export type RgbPicture = { readonly width: number; readonly height: number; readonly rgb: Uint8Array }

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex')
/** A4 with 600 dpi is 4960 × 7016. */
const MAX_SIDE = 8192
const SAMPLES = new Map([
  [2, 3],
  [6, 4],
])

type Header = { readonly width: number; readonly height: number; readonly samples: number }

const readHeader = (ihdr: Buffer): Header => {
  if (ihdr.length !== 13) throw new PngError('the PNG has no header')
  const [width, height] = [ihdr.readUInt32BE(0), ihdr.readUInt32BE(4)]
  const samples = SAMPLES.get(ihdr.readUInt8(9))
  if (ihdr.readUInt8(8) !== 8 || !samples) throw new PngError('the PNG is not RGB or RGBA of 8 bits')
  if (ihdr.readUInt8(12) !== 0) throw new PngError('the PNG is interlaced')
  if (width === 0 || height === 0 || width > MAX_SIDE || height > MAX_SIDE)
    throw new PngError(`the PNG is ${width} × ${height}, at most ${MAX_SIDE} × ${MAX_SIDE} is printed`)
  return { width, height, samples }
}

const chunksOf = (png: Buffer): { header: Header; data: Buffer } => {
  if (!png.subarray(0, 8).equals(SIGNATURE)) throw new PngError('the picture is no PNG')
  let header: Header | undefined
  const data: Buffer[] = []
  for (let at = 8; at + 12 <= png.length; ) {
    const length = png.readUInt32BE(at)
    const type = png.toString('latin1', at + 4, at + 8)
    const content = png.subarray(at + 8, at + 8 + length)
    if (content.length < length || type === 'IEND') break
    if (type === 'IHDR') header = readHeader(content)
    if (type === 'IDAT') data.push(content)
    at += length + 12
  }
  if (!header) throw new PngError('the PNG has no header')
  return { header, data: Buffer.concat(data) }
}

const paeth = (left: number, up: number, corner: number): number => {
  const estimate = left + up - corner
  const [a, b, c] = [Math.abs(estimate - left), Math.abs(estimate - up), Math.abs(estimate - corner)]
  return a <= b && a <= c ? left : b <= c ? up : corner
}

// PNG §9.2: what each filter foretells from the bytes to the left, above, and above to the left.
const PREDICTORS: readonly ((left: number, up: number, corner: number) => number)[] = [
  () => 0,
  left => left,
  (_, up) => up,
  (left, up) => (left + up) >> 1,
  paeth,
]

const unfilter = (filtered: Buffer, { width, height, samples }: Header): Uint8Array => {
  const stride = width * samples
  const lines = new Uint8Array(stride * height)
  for (let y = 0; y < height; y++) {
    const predict = PREDICTORS[filtered.readUInt8(y * (stride + 1))]
    if (!predict) throw new PngError('the PNG has an unknown filter')
    const [from, to] = [y * (stride + 1) + 1, y * stride]
    for (let x = 0; x < stride; x++) {
      const left = x < samples ? 0 : (lines[to + x - samples] as number)
      const up = y === 0 ? 0 : (lines[to + x - stride] as number)
      const corner = x < samples || y === 0 ? 0 : (lines[to + x - stride - samples] as number)
      lines[to + x] = (filtered[from + x] as number) + predict(left, up, corner)
    }
  }
  return lines
}

const onWhite = (lines: Uint8Array, pixels: number, samples: number): Uint8Array => {
  if (samples === 3) return lines
  const rgb = new Uint8Array(pixels * 3)
  for (let pixel = 0; pixel < pixels; pixel++) {
    const alpha = lines[pixel * 4 + 3] as number
    for (let c = 0; c < 3; c++)
      rgb[pixel * 3 + c] = Math.round(((lines[pixel * 4 + c] as number) * alpha + 255 * (255 - alpha)) / 255)
  }
  return rgb
}

/**
 * RGB or RGBA of 8 bits, not interlaced (PNG, ISO/IEC 15948), as the renderer of cards makes it; what is transparent becomes
 * white, the card's own colour. Never makes more bytes of it than its header says.
 * @throws PngError
 */
export const decodePng = (png: Uint8Array): RgbPicture => {
  const { header, data } = chunksOf(Buffer.from(png.buffer, png.byteOffset, png.byteLength))
  const { width, height, samples } = header
  const length = height * (width * samples + 1)
  let filtered: Buffer
  try {
    filtered = inflateSync(data, { maxOutputLength: length })
  } catch {
    throw new PngError('the PNG cannot be unpacked')
  }
  if (filtered.length !== length) throw new PngError('the PNG ends too soon')
  return { width, height, rgb: onWhite(unfilter(filtered, header), width * height, samples) }
}
