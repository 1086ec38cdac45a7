import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openssl } from '../../test/openssl.ts'
import { fromHex, toHex } from '../bytes.ts'
import { PkiError } from '../pki-error.ts'
import { decodeOid, encodeOid } from './oid.ts'
import { derCursor, namedBitValues, smallInteger, unsignedInteger } from './read.ts'
import { TAG } from './tag.ts'
import { decodeTime, generalizedTime, time } from './time.ts'
import { integer, namedBits, octetString, oid, sequence, setOf, tlv } from './write.ts'

const malformed = expect.objectContaining({ code: 'der-malformed' })
const only = (hex: string) => derCursor(fromHex(hex)).any('test')

describe('INTEGER is minimal (X.690 §8.3.2)', () => {
  test.each([
    [0, '020100'],
    [127, '02017f'],
    [128, '02020080'],
    [256, '02020100'],
    [65537, '0203010001'],
    [fromHex('0000ff'), '020200ff'],
    [fromHex('000001'), '020101'],
    [fromHex(''), '020100'],
  ])('%s', (value, hex) => expect(toHex(integer(value))).toBe(hex))

  test('a value that is not minimal, empty or negative is refused', () => {
    for (const hex of ['0200', '02020001', '0202ff80', '0201ff']) {
      expect(() => unsignedInteger(only(hex), 'test'), hex).toThrow(malformed)
    }
  })

  test('every number is read back', () => {
    fc.assert(
      fc.property(fc.nat(), number => {
        expect(smallInteger(only(toHex(integer(number))), 'x')).toBe(number)
      }),
    )
  })
})

describe('lengths (X.690 §10.1)', () => {
  test.each([0, 1, 127, 128, 255, 256, 65_535, 65_536])('%i octets are written as openssl reads them', size => {
    const der = octetString(new Uint8Array(size))
    expect(derCursor(der).any('x').value).toHaveLength(size)
    expect(openssl(['asn1parse', '-inform', 'DER'], der).text).toMatch(new RegExp(`l= *${size} prim: OCTET STRING`))
  })

  test.each(['3080', '308105', '30820005', '3085000000000000', '30', '', '3005', '3fff00'])('%s is refused', hex => {
    expect(() => only(hex)).toThrow(malformed)
  })
})

describe('OBJECT IDENTIFIER', () => {
  test.each([
    ['1.2.840.113549', '2a864886f70d'],
    ['2.5.29.15', '551d0f'],
    ['2.999.3', '883703'],
    ['2.25.329800735698586629295641978511506172918', '6983f09da7ebcfdee0c7a1a7b2c0948cc8f9d776'],
  ])('%s', (dotted, hex) => {
    expect(toHex(encodeOid(dotted))).toBe(hex)
    expect(decodeOid(fromHex(hex))).toBe(dotted)
  })

  test.each(['', '80', '2a80', '2a8001', '2a86', 'ff'.repeat(70)])('contents %s are refused', hex => {
    expect(() => decodeOid(fromHex(hex))).toThrow(malformed)
  })

  test.each(['', '1', '3.1', '1.40', '1.02', 'a.b', '1..2'])('"%s" is not written', dotted => {
    expect(() => encodeOid(dotted)).toThrow(expect.objectContaining({ code: 'value-invalid' }))
  })
})

describe('time (RFC 5280 §4.1.2.5)', () => {
  test('UTCTime through 2049, GeneralizedTime from 2050', () => {
    expect(new TextDecoder().decode(time(new Date('2049-12-31T23:59:59Z')))).toBe('\x17\x0d491231235959Z')
    expect(new TextDecoder().decode(time(new Date('2050-01-01T00:00:00Z')))).toBe('\x18\x0f20500101000000Z')
  })

  test('every second from 1950 to 9999 is read back', () => {
    const second = fc.integer({ min: Date.UTC(1950, 0) / 1000, max: Date.UTC(9999, 11, 31) / 1000 })
    fc.assert(
      fc.property(second, at => {
        for (const write of [time, generalizedTime]) {
          const element = derCursor(write(new Date(at * 1000))).any('x')
          expect(decodeTime(element.tag, element.value).getTime()).toBe(at * 1000)
        }
      }),
    )
  })

  test.each(['2302291200Z', '230230120000Z', '231301000000Z', '230101240000Z', '230101000060Z', '230101000000+'])(
    '%s does not exist',
    text => expect(() => decodeTime(TAG.utcTime, new TextEncoder().encode(text))).toThrow(malformed),
  )
})

test('SET OF is in ascending order (X.690 §11.6)', () => {
  expect(toHex(setOf(oid('2.5.4.10'), oid('2.5.4.3'), integer(1)))).toBe('310d0201010603550403060355040a')
})

test('named bits are read back', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 31 })), bits => {
      const element = derCursor(namedBits(bits)).any('x')
      expect(namedBitValues(element, 'x')).toEqual(bits.toSorted((a, b) => a - b))
    }),
  )
})

test('leftover octets are refused', () => {
  const cursor = derCursor(sequence(integer(1), tlv(TAG.null)))
  const inside = cursor.enter(TAG.sequence, 'x')
  inside.any('x')
  expect(() => inside.end('x')).toThrow(PkiError)
})
