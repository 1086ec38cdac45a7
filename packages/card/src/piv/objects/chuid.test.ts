import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytesToHex, hexToBytes } from '../../bytes.ts'
import { CardDataError } from '../../errors.ts'
import { chuidSignedBytes, decodeChuid, encodeChuid, formatUuid } from './chuid.ts'
import { decodeFascN, encodeFascN, NON_FEDERAL_FASC_N } from './fasc-n.ts'

const FASC_N = 'D4E739DA739CED39CE739D836858210842108421C84210C3EB'
const GUID = '00112233445546778899AABBCCDDEEFF'
const chuid = { fascN: hexToBytes(FASC_N), guid: hexToBytes(GUID), expiry: '20301231' }

test('FASC-N of a non-federal card, parity and check character (TIG SCEPACS 2.3 §6)', () => {
  expect(bytesToHex(encodeFascN(NON_FEDERAL_FASC_N))).toBe(FASC_N)
  expect(decodeFascN(hexToBytes(FASC_N))).toEqual(NON_FEDERAL_FASC_N)
})

test('FASC-N: each field survives, any flipped bit is seen', () => {
  const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`))
  const fascN = fc.record({
    agencyCode: digits(4),
    systemCode: digits(4),
    credentialNumber: digits(6),
    credentialSeries: digits(1),
    individualCredentialIssue: digits(1),
    personIdentifier: digits(10),
    organizationalCategory: digits(1),
    organizationalIdentifier: digits(4),
    personAssociation: digits(1),
  })
  fc.assert(
    fc.property(fascN, fc.nat(199), (value, bit) => {
      const bytes = encodeFascN(value)
      expect(decodeFascN(bytes)).toEqual(value)
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (0x80 >> (bit & 7))
      expect(() => decodeFascN(bytes)).toThrow(CardDataError)
    }),
  )
})

test('FASC-N: wrong digits are refused in writing', () => {
  expect(() => encodeFascN({ ...NON_FEDERAL_FASC_N, agencyCode: '99' })).toThrow('agencyCode')
  expect(() => encodeFascN({ ...NON_FEDERAL_FASC_N, credentialSeries: 'A' })).toThrow(RangeError)
})

test('CHUID without and with signature (part 1 table 12)', () => {
  const plain = `3019${FASC_N}3410${GUID}35083230333031323331`
  expect(bytesToHex(encodeChuid(chuid))).toBe(`${plain}3E00FE00`)
  expect(decodeChuid(encodeChuid(chuid))).toEqual(chuid)
  const signed = { ...chuid, signature: hexToBytes('3000'), cardholderUuid: hexToBytes(GUID) }
  expect(decodeChuid(encodeChuid(signed))).toEqual(signed)
})

test('the signed bytes are all but the signature, FE included (FIPS 201-3 table B-1)', () => {
  const signed = encodeChuid({ ...chuid, signature: hexToBytes('3000') })
  expect(bytesToHex(chuidSignedBytes(signed))).toBe(`3019${FASC_N}3410${GUID}35083230333031323331FE00`)
})

test('older editions with buffer length, organisation and DUNS are read', () => {
  const old = hexToBytes(`EE020000${bytesToHex(encodeChuid(chuid))}`)
  expect(bytesToHex(decodeChuid(old).guid)).toBe(GUID)
})

test.each([
  ['a GUID that is no UUID', { guid: new Uint8Array(16) }],
  ['a GUID of version 7', { guid: hexToBytes('00112233445576778899AABBCCDDEEFF') }],
  ['a day that does not exist', { expiry: '20300231' }],
  ['an expiry with dashes', { expiry: '2030-1-1' }],
  ['a short FASC-N', { fascN: new Uint8Array(24) }],
])('%s is refused in writing', (_, wrong) => {
  expect(() => encodeChuid({ ...chuid, ...wrong })).toThrow(RangeError)
})

test('a UUID as people write it', () => {
  expect(formatUuid(hexToBytes(GUID))).toBe('00112233-4455-4677-8899-aabbccddeeff')
})

test('arbitrary bytes give a CHUID or a typed error', () => {
  const likely = fc
    .record({
      fascN: fc.uint8Array({ maxLength: 26 }),
      guid: fc.uint8Array({ maxLength: 17 }),
      expiry: fc.uint8Array({ maxLength: 9 }),
    })
    .map(v =>
      Uint8Array.from([
        0x30,
        v.fascN.length,
        ...v.fascN,
        0x34,
        v.guid.length,
        ...v.guid,
        0x35,
        v.expiry.length,
        ...v.expiry,
      ]),
    )
  const seen = (decode: (bytes: Uint8Array) => unknown, bytes: Uint8Array) => {
    try {
      decode(bytes)
    } catch (error) {
      expect(error).toBeInstanceOf(CardDataError)
    }
  }
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 120 }), likely), bytes => {
      for (const decode of [decodeChuid, chuidSignedBytes, decodeFascN]) seen(decode, bytes)
    }),
    { numRuns: 2000 },
  )
})

test('a tag of zero is a typed error, not a fault of ours', () => {
  expect(() => chuidSignedBytes(Uint8Array.of(0, 0))).toThrow(CardDataError)
})
