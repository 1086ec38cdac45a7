import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toHex } from '../bytes.ts'
import { PkiError } from '../pki-error.ts'
import { ATTRIBUTE_OID, type AttributeKeyword } from './attribute-type.ts'
import { decodeName, encodeName, nameOf } from './name.ts'
import { formatName, parseName } from './rfc4514.ts'

const keywords = (Object.keys(ATTRIBUTE_OID) as AttributeKeyword[]).filter(
  keyword => !['C', 'serialNumber', 'DC', 'emailAddress'].includes(keyword),
)
const anyName = fc.array(
  fc.array(
    fc.record({
      type: fc.constantFrom(...keywords.map(keyword => ATTRIBUTE_OID[keyword])),
      value: fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }),
    }),
    { minLength: 1, maxLength: 1 },
  ),
  { maxLength: 6 },
)

test('a name survives its encoding, whatever its characters', () => {
  fc.assert(
    fc.property(anyName, name => {
      expect(decodeName(encodeName(name))).toEqual(name)
    }),
  )
})

test('a name survives its text form (RFC 4514), whatever its characters', () => {
  fc.assert(
    fc.property(anyName, name => {
      expect(parseName(formatName(name))).toEqual(name)
    }),
  )
})

test('any text is a name or a PkiError', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), text => {
      try {
        parseName(text)
      } catch (error) {
        expect(error).toBeInstanceOf(PkiError)
      }
    }),
  )
})

describe('RFC 4514 §4 examples', () => {
  test.each([
    [
      'UID=jsmith,DC=example,DC=net',
      [
        ['DC', 'net'],
        ['DC', 'example'],
        ['UID', 'jsmith'],
      ],
    ],
    [
      'CN=James \\"Jim\\" Smith\\, III,DC=example',
      [
        ['DC', 'example'],
        ['CN', 'James "Jim" Smith, III'],
      ],
    ],
    [
      'CN=Before\\0dAfter,DC=example',
      [
        ['DC', 'example'],
        ['CN', 'Before\rAfter'],
      ],
    ],
    ['CN=Lu\\C4\\8Di\\C4\\87', [['CN', 'Lučić']]],
  ] as [string, [AttributeKeyword, string][]][])('%s', (text, parts) => {
    expect(parseName(text)).toEqual(nameOf(...parts))
  })

  test('a multi-valued part keeps its attributes together', () => {
    const name = parseName('OU=Sales+CN=J.  Smith,DC=example')
    expect(name).toHaveLength(2)
    expect(formatName(name)).toBe('OU=Sales+CN=J.  Smith,DC=example')
  })
})

test('string types: PrintableString for the country, UTF8String for the rest (RFC 5280 §4.1.2.4)', () => {
  expect(toHex(encodeName(nameOf(['C', 'SE'], ['CN', 'Å'])))).toBe(
    '301a310b3009060355040613025345310b300906035504030c02c385',
  )
  for (const bad of [
    ['C', 'se'],
    ['C', 'SWE'],
    ['serialNumber', 'a_b'],
    ['DC', 'å'],
    ['CN', ''],
  ] as [AttributeKeyword, string][]) {
    expect(() => encodeName(nameOf(bad)), bad.join('=')).toThrow(expect.objectContaining({ code: 'value-invalid' }))
  }
})
