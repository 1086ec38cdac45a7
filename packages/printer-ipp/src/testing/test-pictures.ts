import { crc32, deflateSync } from 'node:zlib'

type Pixels = { readonly width: number; readonly height: number; readonly rgb: Uint8Array }
type PngOddities = {
  readonly filter?: number
  readonly samples?: 3 | 4
  readonly depth?: number
  readonly interlace?: number
  readonly width?: number
  readonly height?: number
  readonly data?: Buffer
}

const chunk = (type: string, content: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type), content])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(content.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

const predicted = (filter: number, left: number, up: number, corner: number): number => {
  if (filter === 1) return left
  if (filter === 2) return up
  if (filter === 3) return Math.floor((left + up) / 2)
  if (filter !== 4) return 0
  const near = [left, up, corner].map(value => Math.abs(left + up - corner - value))
  return [left, up, corner][near.indexOf(Math.min(...near))] as number
}

/** A PNG whose lines all have the same filter, and whose header may lie. */
export const pngOf = (picture: Pixels, odd: PngOddities = {}): Buffer => {
  const { filter = 0, samples = 3 } = odd
  const stride = picture.width * samples
  const at = (x: number, y: number): number => (x < 0 || y < 0 ? 0 : (picture.rgb[y * stride + x] as number))
  const lines = Array.from({ length: picture.height }, (_, y) =>
    Buffer.from([
      filter,
      ...Array.from(
        { length: stride },
        (__, x) => (at(x, y) - predicted(filter, at(x - samples, y), at(x, y - 1), at(x - samples, y - 1))) & 0xff,
      ),
    ]),
  )
  const header = Buffer.alloc(13)
  header.writeUInt32BE(odd.width ?? picture.width, 0)
  header.writeUInt32BE(odd.height ?? picture.height, 4)
  header.set([odd.depth ?? 8, samples === 3 ? 2 : 6, 0, 0, odd.interlace ?? 0], 8)
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', odd.data ?? deflateSync(Buffer.concat(lines))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** The pages of a PWG raster (PWG 5102.4 §4.3), read by the rules for those who read it. */
export const decodePwgRaster = (bytes: Uint8Array) => {
  const raster = Buffer.from(bytes)
  if (raster.toString('latin1', 0, 4) !== 'RaS2') throw new Error('no sync word')
  const pages = []
  for (let at = 4; at < raster.length; ) {
    const header = raster.subarray(at, at + 1796)
    const word = (offset: number) => header.readUInt32BE(offset)
    const [width, height, size] = [word(372), word(376), word(388) / 8]
    at += 1796
    const lines: Buffer[] = []
    while (lines.length < height) {
      const times = raster.readUInt8(at++) + 1
      const pixels: Buffer[] = []
      while (pixels.length < width) {
        const code = raster.readUInt8(at++)
        const [runs, different] = code < 128 ? [code + 1, 1] : [1, 257 - code]
        for (let i = 0; i < different; i++, at += size)
          for (let j = 0; j < runs; j++) pixels.push(raster.subarray(at, at + size))
      }
      const line = Buffer.concat(pixels)
      for (let i = 0; i < times; i++) lines.push(line)
    }
    pages.push({
      ...{ width, height, dpi: word(276), space: word(400), pages: word(452), duplex: word(272), tumble: word(368) },
      ...{ cross: header.readInt32BE(456), feed: header.readInt32BE(460), pixels: Buffer.concat(lines) },
    })
  }
  return pages
}
