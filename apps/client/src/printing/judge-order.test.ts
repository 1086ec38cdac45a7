import { deflateSync } from 'node:zlib'
import type { FarOrder } from '@cardwright/relay'
import { expect, test } from 'vitest'
import { refuseOrder } from './judge-order.ts'

const png = (width: number, height: number): Uint8Array => {
  const header = Buffer.alloc(25)
  header.writeUInt32BE(13, 0)
  header.write('IHDR', 4, 'latin1')
  header.writeUInt32BE(width, 8)
  header.writeUInt32BE(height, 12)
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), header, deflateSync(Buffer.alloc(16))])
}
const card: FarOrder = {
  queue: 'q',
  jobName: 'card 4711',
  media: 'CR80',
  pdf: Buffer.from('%PDF-1.7\n'),
  pictures: [png(1011, 638)],
  twoSided: false,
}

test('a card with one side or two is printed', () => {
  expect(refuseOrder(card)).toBeUndefined()
  expect(refuseOrder({ ...card, pictures: [png(1011, 638), png(1011, 638)], twoSided: true })).toBeUndefined()
})

test.each([
  ['PostScript', { pdf: Buffer.from('%!PS-Adobe-3.0\n') }],
  ['raw commands of a printer language', { pdf: Buffer.from('\x1b%-12345X@PJL') }],
  ['nothing', { pdf: new Uint8Array() }],
  ['more than a card has', { pdf: Buffer.concat([Buffer.from('%PDF-'), Buffer.alloc(11 * 1024 * 1024)]) }],
  ['JPEG in place of PNG', { pictures: [Uint8Array.of(0xff, 0xd8, 0xff, 0xe0)] }],
  ['half of a PNG header', { pictures: [png(1011, 638).subarray(0, 20)] }],
  ['a poster', { pictures: [png(9000, 638)] }],
  ['no side', { pictures: [] }],
  ['three sides', { pictures: [png(1, 1), png(1, 1), png(1, 1)] }],
  ['a name with control characters', { jobName: 'card\n%!PS' }],
])('%s goes to no printer', (_, change) => {
  expect(refuseOrder({ ...card, ...change })).toEqual(expect.any(String))
})
