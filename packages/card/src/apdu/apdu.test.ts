import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytesToHex, concatBytes, hexToBytes } from '../bytes.ts'
import { CardDataError } from '../errors.ts'
import { isChained } from './cla.ts'
import { decodeApdu, decodeResponse } from './decode-apdu.ts'
import { encodeApdus, encodeExtendedApdu, encodeShortApdu } from './encode-apdu.ts'

const header = { cla: 0, ins: 0xcb, p1: 0x3f, p2: 0xff }

test.each([
  ['case 1', {}, '00CB3FFF'],
  ['case 2', { le: 0 }, '00CB3FFF00'],
  ['case 2, 256', { le: 256 }, '00CB3FFF00'],
  ['case 3', { data: hexToBytes('5C017E') }, '00CB3FFF035C017E'],
  ['case 4', { data: hexToBytes('5C017E'), le: 0 }, '00CB3FFF035C017E00'],
])('short %s (ISO 7816-4 §5.1)', (_, body, hex) => {
  expect(bytesToHex(encodeShortApdu({ ...header, ...body }))).toBe(hex)
})

test.each([
  ['case 2', { le: 0 }, '00CB3FFF000000'],
  ['case 3', { data: hexToBytes('5C017E') }, '00CB3FFF0000035C017E'],
  ['case 4', { data: hexToBytes('5C017E'), le: 0x1234 }, '00CB3FFF0000035C017E1234'],
])('extended %s (ISO 7816-4 §5.1)', (_, body, hex) => {
  expect(bytesToHex(encodeExtendedApdu({ ...header, ...body }))).toBe(hex)
})

test('300 bytes are chained in blocks of 255 (SP 800-73-5 part 2 §3)', () => {
  const [first, second, ...rest] = encodeApdus({ ...header, data: new Uint8Array(300), le: 0 })
  expect(rest).toEqual([])
  expect(bytesToHex(first?.subarray(0, 5) ?? new Uint8Array())).toBe('10CB3FFFFF')
  expect(first?.length).toBe(260)
  expect(bytesToHex(second ?? new Uint8Array())).toBe(`00CB3FFF2D${'00'.repeat(45)}00`)
})

test('extended framing is used up to its ceiling, then chaining', () => {
  const command = { ...header, data: new Uint8Array(300), le: 0 }
  expect(encodeApdus(command, { kind: 'extended', maxApdu: 309 }).map(a => a.length)).toEqual([309])
  expect(encodeApdus(command, { kind: 'extended', maxApdu: 308 }).map(a => a.length)).toEqual([260, 51])
})

test('commands survive encoding and decoding, chained blocks join to the data', () => {
  const byte = fc.nat(255)
  const command = fc.record({
    cla: fc.constantFrom(0, 0x80, 0x84, 0x03),
    ins: byte,
    p1: byte,
    p2: byte,
    data: fc.uint8Array({ minLength: 1, maxLength: 900 }),
    le: fc.nat(255),
  })
  fc.assert(
    fc.property(command, fc.constantFrom(0, 500, 70_000), (apdu, maxApdu) => {
      const blocks = encodeApdus(apdu, { kind: 'extended', maxApdu }).map(decodeApdu)
      expect(concatBytes(...blocks.map(b => b.data ?? new Uint8Array()))).toEqual(apdu.data)
      expect(blocks.map(b => isChained(b.cla))).toEqual(blocks.map((_, i) => i < blocks.length - 1))
      const { data: _, extended: __, ...last } = { ...blocks.at(-1) }
      expect(last).toEqual({ cla: apdu.cla, ins: apdu.ins, p1: apdu.p1, p2: apdu.p2, le: apdu.le })
    }),
  )
})

test('arbitrary bytes give an APDU or a typed error', () => {
  const seen = (bytes: Uint8Array) => {
    try {
      decodeApdu(bytes)
      decodeResponse(bytes)
    } catch (error) {
      expect(error).toBeInstanceOf(CardDataError)
    }
  }
  fc.assert(fc.property(fc.uint8Array({ maxLength: 20 }), seen), { numRuns: 2000 })
})

test.each(['', '00A404', '00A4040000FF', '00A404000300', '00A404000000', '00A4040000000201'])(
  'APDU %s has lengths that do not add up',
  hex => {
    expect(() => decodeApdu(hexToBytes(hex))).toThrow(CardDataError)
  },
)

test('an answer is data and status word', () => {
  expect(decodeResponse(hexToBytes('01029000'))).toEqual({ data: Uint8Array.of(1, 2), sw: 0x9000 })
  expect(() => decodeResponse(hexToBytes('90'))).toThrow(CardDataError)
})

test('too long for its form is refused in writing', () => {
  expect(() => encodeShortApdu({ ...header, data: new Uint8Array(256) })).toThrow(RangeError)
  expect(() => encodeShortApdu({ ...header, le: 257 })).toThrow(RangeError)
  expect(() => encodeExtendedApdu({ ...header, data: new Uint8Array(65_536) })).toThrow(RangeError)
})
