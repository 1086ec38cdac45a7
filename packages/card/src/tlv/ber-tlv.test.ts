import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytesToHex, hexToBytes } from '../bytes.ts'
import { CardDataError } from '../errors.ts'
import { decodeTlv, decodeTlvs, encodeTlv, findTlv, requireTlv } from './ber-tlv.ts'

test.each([
  [0x53, 0, '5300'],
  [0x7f49, 1, '7F490100'],
  [0x5fc102, 0x7f, `5FC1027F${'00'.repeat(0x7f)}`],
  [0x53, 0x80, `538180${'00'.repeat(0x80)}`],
  [0x53, 0x100, `53820100${'00'.repeat(0x100)}`],
])('tag %i with %i bytes is written in the shortest form', (tag, length, hex) => {
  expect(bytesToHex(encodeTlv(tag, new Uint8Array(length)))).toBe(hex)
})

test('values of 64 KiB and more have three length bytes', () => {
  expect(bytesToHex(encodeTlv(0x53, new Uint8Array(0x10000)).subarray(0, 5))).toBe('5383010000')
})

test('what is not a tag is refused in writing', () => {
  for (const tag of [0, 0x5f, 0x7f80, 0x5301, 0x1_00_00_00, 1.5, -1]) expect(() => encodeTlv(tag)).toThrow(RangeError)
})

test('objects survive writing and reading', () => {
  const tag = fc.constantFrom(0x53, 0x70, 0xfe, 0x7f49, 0x5f2f, 0x5fc102)
  fc.assert(
    fc.property(fc.array(fc.record({ tag, value: fc.uint8Array({ maxLength: 300 }) }), { maxLength: 8 }), objects => {
      const bytes = hexToBytes(objects.map(o => bytesToHex(encodeTlv(o.tag, o.value))).join(''))
      expect(decodeTlvs(bytes).map(o => ({ tag: o.tag, value: Uint8Array.from(o.value) }))).toEqual(objects)
    }),
  )
})

test('a longer length form than needed is read', () => {
  expect(bytesToHex(decodeTlv(hexToBytes('53820001AA'), 0x53))).toBe('AA')
})

test.each([
  ['cut value', '5302AA'],
  ['cut length', '5382'],
  ['cut tag', '5F'],
  ['indefinite length', '5380AA0000'],
  ['five length bytes', '538500000000011A'],
  ['length above the buffer', '5384FFFFFFFF'],
  ['four tag bytes', '5F8181810100'],
])('%s is a typed error', (_, hex) => {
  expect(() => decodeTlvs(hexToBytes(hex))).toThrow(CardDataError)
})

test('a flood of empty objects is refused', () => {
  expect(() => decodeTlvs(new Uint8Array(60_000).fill(0x00))).toThrow(CardDataError)
})

test('arbitrary bytes give objects or a typed error', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), bytes => {
      try {
        decodeTlvs(bytes)
      } catch (error) {
        expect(error).toBeInstanceOf(CardDataError)
      }
    }),
    { numRuns: 2000 },
  )
})

test('one object: other tag, trailing bytes, missing', () => {
  expect(() => decodeTlv(hexToBytes('5400'), 0x53)).toThrow('TLV tag 54 where 53 belongs')
  expect(() => decodeTlv(hexToBytes('530000'), 0x53)).toThrow(CardDataError)
  const objects = decodeTlvs(hexToBytes('8101AA8200'))
  expect(bytesToHex(requireTlv(objects, 0x81))).toBe('AA')
  expect(findTlv(objects, 0x83)).toBeUndefined()
  expect(() => requireTlv(objects, 0x83)).toThrow(CardDataError)
})
