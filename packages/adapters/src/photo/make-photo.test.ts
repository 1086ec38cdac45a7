import { randomBytes } from 'node:crypto'
import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { makePhoto } from './make-photo.ts'

const red = { r: 220, g: 30, b: 30 }
const blue = { r: 30, g: 30, b: 220 }
/** Left half red, right half blue. */
const halves = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: red } }).composite([
    {
      input: { create: { width: Math.floor(width / 2), height, channels: 3, background: blue } },
      gravity: 'east',
    },
  ])
const code = async (file: Uint8Array, crop?: Parameters<typeof makePhoto>[1]) => {
  const outcome = await makePhoto(file, crop)
  return outcome.ok ? 'OK' : outcome.code
}
const made = async (file: Uint8Array, crop?: Parameters<typeof makePhoto>[1]) => {
  const outcome = await makePhoto(file, crop)
  if (!outcome.ok) throw new Error(outcome.code)
  return outcome.value
}
const pixel = async (jpeg: Uint8Array, x: number, y: number): Promise<string> => {
  const [r = 0, , b = 0] = await sharp(jpeg).extract({ left: x, top: y, width: 1, height: 1 }).raw().toBuffer()
  return r > 150 && b < 100 ? 'red' : b > 150 && r < 100 ? 'blue' : `${r}/${b}`
}

test.each(['jpeg', 'png', 'webp'] as const)('P-8: a photo in %s becomes a JPEG of 490 × 630', async format => {
  const photo = await made(await halves(900, 900).toFormat(format).toBuffer())
  expect(await sharp(photo).metadata()).toMatchObject({ format: 'jpeg', width: 490, height: 630 })
  expect([await pixel(photo, 5, 300), await pixel(photo, 485, 300)]).toEqual(['red', 'blue'])
})

test('P-8: where a picture was taken, with what, and its preview do not stay in a photo', async () => {
  const file = await halves(800, 1000)
    .withExif({ IFD0: { Artist: 'Secret Artist' }, IFD3: { GPSLatitude: '51/1 30/1 0/1', GPSLatitudeRef: 'N' } })
    .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><secret/></x:xmpmeta>')
    .jpeg()
    .toBuffer()
  expect(file.includes('Secret Artist')).toBe(true)
  const photo = await made(file)
  const metadata = await sharp(photo).metadata()
  expect([metadata.exif, metadata.xmp, metadata.icc, metadata.iptc]).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ])
  for (const word of ['Secret Artist', 'Exif', 'xmpmeta', 'GPS']) expect(Buffer.from(photo).includes(word)).toBe(false)
})

test('P-8: a picture that the camera calls turned is turned, and the crop is of what is seen', async () => {
  // Orientation 6: to be turned by 90° clockwise; what is left in the file is above.
  const file = await halves(1000, 800).withMetadata({ orientation: 6 }).jpeg().toBuffer()
  const photo = await made(file)
  expect([await pixel(photo, 245, 20), await pixel(photo, 245, 610)]).toEqual(['red', 'blue'])
  const lower = await made(file, { x: 0, y: 0.55, width: 1, height: 0.45 })
  expect([await pixel(lower, 245, 20), await pixel(lower, 245, 610)]).toEqual(['blue', 'blue'])
})

test('P-8: a crop is kept in shape, never stretched, and never beyond the edge', async () => {
  const file = await halves(1000, 1000).png().toBuffer()
  const left = await made(file, { x: 0, y: 0, width: 0.45, height: 0.6 })
  expect([await pixel(left, 5, 5), await pixel(left, 485, 625)]).toEqual(['red', 'red'])
  expect(await code(file, { x: 0.8, y: 0.5, width: 1, height: 1 })).toBe('OK')
  expect(await code(file, { x: 1, y: 1, width: 1, height: 1 })).toBe('PHOTO_TOO_SMALL')
})

test('P-8: what is transparent comes out white', async () => {
  const file = await sharp({
    create: { width: 500, height: 650, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
  })
    .png()
    .toBuffer()
  const [r, g, b] = await sharp(await made(file))
    .raw()
    .toBuffer()
  expect([r, g, b]).toEqual([255, 255, 255])
})

test.each([
  ['nothing', new Uint8Array()],
  ['a text', new TextEncoder().encode('not a picture')],
  [
    'SVG, which could name files',
    new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"><image href="/etc/passwd"/></svg>'),
  ],
  ['GIF', new TextEncoder().encode('GIF89a\u0001\u0000\u0001\u0000')],
  ['the head of a JPEG and nothing more', Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 16)],
  [
    'random after the mark of a PNG',
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3, 4, 5, 6, 7, 8),
  ],
])('bad input: %s is no picture', async (_name, bytes) => {
  expect(await code(bytes)).toBe('PHOTO_NOT_A_PICTURE')
})

test('bad input: a picture that is cut off is none', async () => {
  const whole = await halves(800, 1000).png({ compressionLevel: 0 }).toBuffer()
  expect(await code(whole.subarray(0, whole.length / 2))).toBe('PHOTO_NOT_A_PICTURE')
})

test('bad input: noise, which no encoder makes small, still fits the table of photos', async () => {
  const bits = randomBytes(490 * 630 * 3).map(byte => (byte & 1) * 255)
  const file = await sharp(bits, { raw: { width: 490, height: 630, channels: 3 } })
    .png()
    .toBuffer()
  const photo = await made(file)
  expect(photo.length).toBeLessThanOrEqual(500_000)
  expect(await sharp(photo).metadata()).toMatchObject({ width: 490, height: 630 })
})

test('bad input: too few pixels, too many bytes', async () => {
  expect(await code(await halves(100, 130).png().toBuffer())).toBe('PHOTO_TOO_SMALL')
  expect(await code(new Uint8Array(8_000_001))).toBe('PHOTO_TOO_LARGE')
})

const chunk = (type: string, data: Uint8Array): Buffer => {
  const body = Buffer.concat([Buffer.from(type), data])
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}

test('bad input: a decompression bomb is refused by what its head says, before a pixel of it is there', async () => {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(60_000, 0)
  head.writeUInt32BE(60_000, 4)
  head.set([8, 2], 8)
  const bomb = Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.alloc(50_000_000))),
    chunk('IEND', Buffer.alloc(0)),
  ])
  expect(bomb.length).toBeLessThan(100_000)
  expect(await code(bomb)).toBe('PHOTO_TOO_LARGE')
})
