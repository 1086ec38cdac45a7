import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  asciiToBytes,
  bytesToAscii,
  bytesToHex,
  bytesToNumber,
  concatBytes,
  constantTimeEqual,
  hexToBytes,
  numberToBytes,
} from './bytes.ts'
import { CardDataError } from './errors.ts'

test('hex is written upper case and read back', () => {
  expect(bytesToHex(Uint8Array.of(0, 0x0a, 0xff))).toBe('000AFF')
  fc.assert(
    fc.property(fc.uint8Array(), bytes => {
      expect(hexToBytes(bytesToHex(bytes))).toEqual(bytes)
    }),
  )
})

test('malformed hex is a typed error', () => {
  for (const text of ['0', 'GG', '0x00', '00 01', '٠٠']) expect(() => hexToBytes(text)).toThrow(CardDataError)
})

test('equality looks at every byte and at the length', () => {
  expect(constantTimeEqual(Uint8Array.of(1, 2), Uint8Array.of(1, 2))).toBe(true)
  expect(constantTimeEqual(Uint8Array.of(1, 2), Uint8Array.of(1, 3))).toBe(false)
  expect(constantTimeEqual(Uint8Array.of(1, 2), Uint8Array.of(1))).toBe(false)
})

test('numbers above 2^31 stay unsigned', () => {
  expect(bytesToNumber(hexToBytes('FFFFFFFE'))).toBe(4_294_967_294)
  expect(bytesToHex(numberToBytes(4_294_967_294, 4))).toBe('FFFFFFFE')
  expect(() => numberToBytes(256, 1)).toThrow(RangeError)
  expect(() => bytesToNumber(new Uint8Array(7))).toThrow(CardDataError)
})

test('concat and ASCII', () => {
  expect(bytesToAscii(concatBytes(asciiToBytes('a'), asciiToBytes('b')))).toBe('ab')
  expect(() => bytesToAscii(Uint8Array.of(0x80))).toThrow(CardDataError)
  expect(() => asciiToBytes('é')).toThrow(RangeError)
})
