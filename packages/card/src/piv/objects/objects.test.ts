import { deflateSync, gunzipSync, gzipSync, unzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytesToHex, hexToBytes } from '../../bytes.ts'
import { CardDataError } from '../../errors.ts'
import { KEY_SLOTS } from '../references.ts'
import { decodeCardCapabilityContainer, encodeCardCapabilityContainer } from './card-capability-container.ts'
import { decodeCertificateObject, encodeCertificateObject, type Gunzip } from './certificate.ts'
import { decodeDiscovery, encodeDiscovery, PIV_PIN_ONLY } from './discovery.ts'
import { decodeKeyHistory, encodeKeyHistory } from './key-history.ts'
import { certificateObject, certificateTag, objectTagName, PIV_OBJECTS } from './object-table.ts'
import {
  decodePrintedInformation,
  encodePrintedInformation,
  toPrintedDate,
  toPrintedText,
} from './printed-information.ts'
import { decodeSecurityObject, encodeSecurityObject } from './security-object.ts'

const gunzip: Gunzip = (bytes, maxLength) => gunzipSync(bytes, { maxOutputLength: maxLength })
const der = hexToBytes('3003020101')

test('certificate object (part 1 table 14): 70, 71 plain, FE', () => {
  const value = encodeCertificateObject(der)
  expect(bytesToHex(value)).toBe('70053003020101710100FE00')
  expect(decodeCertificateObject(value)).toEqual(der)
})

test.each(['01', '80', '81'])('a certificate with CertInfo %s is decompressed by the given function', info => {
  const content = Uint8Array.from(gzipSync(der))
  const value = hexToBytes(`70${content.length.toString(16).padStart(2, '0')}${bytesToHex(content)}7101${info}FE00`)
  expect(Uint8Array.from(decodeCertificateObject(value, gunzip))).toEqual(der)
  expect(() => decodeCertificateObject(value)).toThrow(CardDataError)
})

test('ykman’s zlib form: 01 00 and a length before the data', () => {
  const content = Uint8Array.from(deflateSync(der))
  const field = hexToBytes(`01000500${bytesToHex(content)}`)
  const value = hexToBytes(`70${field.length.toString(16).padStart(2, '0')}${bytesToHex(field)}710101FE00`)
  expect(Uint8Array.from(decodeCertificateObject(value, bytes => unzipSync(bytes)))).toEqual(der)
})

test('a decompression bomb and garbage are CardDataErrors', () => {
  const bomb = Uint8Array.from(gzipSync(new Uint8Array(1_000_000)))
  const length = bomb.length.toString(16).padStart(4, '0')
  expect(() => decodeCertificateObject(hexToBytes(`7082${length}${bytesToHex(bomb)}710101`), gunzip)).toThrow(
    CardDataError,
  )
  expect(() => decodeCertificateObject(hexToBytes('7002AABB710101'), gunzip)).toThrow(CardDataError)
  expect(() => decodeCertificateObject(hexToBytes('7000710100FE00'))).toThrow(CardDataError)
})

test('card capability container (part 1 table 9)', () => {
  const value = encodeCardCapabilityContainer(new Uint8Array(14).fill(0xab))
  expect(bytesToHex(value)).toBe(
    `F015A000000116FF02${'AB'.repeat(14)}F10121F20121F300F40100F50110F600F700FA00FB00FC00FD00FE00`,
  )
  expect(value.length).toBeLessThanOrEqual(PIV_OBJECTS.cardCapabilityContainer.capacity)
  expect(decodeCardCapabilityContainer(value)).toMatchObject({ dataModel: 0x10 })
  expect(() => encodeCardCapabilityContainer(new Uint8Array(13))).toThrow(RangeError)
})

test('discovery object (part 1 table 18), PIV PIN only and with global PIN first', () => {
  expect(bytesToHex(encodeDiscovery(PIV_PIN_ONLY))).toBe('4F0BA0000003080000100001005F2F024000')
  const both = { ...PIV_PIN_ONLY, globalPin: true, primaryPin: 'global' as const }
  expect(bytesToHex(encodeDiscovery(both)).slice(-4)).toBe('6020')
  expect(decodeDiscovery(encodeDiscovery(both))).toEqual(both)
})

test('security object: triples of data group and container (part 1 §3.1.7)', () => {
  const object = {
    dataGroups: [
      { number: 1, containerId: 0x3000 },
      { number: 2, containerId: 0x3001 },
    ],
    cms: hexToBytes('3000'),
  }
  const value = encodeSecurityObject(object)
  expect(bytesToHex(value)).toBe('BA06013000023001BB023000FE00')
  expect(decodeSecurityObject(value)).toEqual(object)
  const twice = {
    cms: object.cms,
    dataGroups: [object.dataGroups[0] ?? { number: 0, containerId: 0 }, { number: 1, containerId: 1 }],
  }
  expect(() => encodeSecurityObject(twice)).toThrow(RangeError)
})

const printed = {
  name: 'DOE, JANE',
  employeeAffiliation: 'Employee',
  expiry: '2030DEC31',
  agencyCardSerialNumber: '12345678',
  issuerIdentification: 'EXAMPLE',
}

test('printed information (part 1 table 16)', () => {
  const value = encodePrintedInformation(printed)
  expect(bytesToHex(value).slice(0, 22)).toBe('0109444F452C204A414E45')
  expect(decodePrintedInformation(value)).toEqual(printed)
  expect(() => encodePrintedInformation({ ...printed, name: 'é' })).toThrow(RangeError)
  expect(() => encodePrintedInformation({ ...printed, issuerIdentification: 'x'.repeat(16) })).toThrow(RangeError)
  expect(() => decodePrintedInformation(hexToBytes('88038901AA'))).toThrow('administration key')
})

test('printed text is ASCII and fits its field; the date is YYYYMMMDD', () => {
  expect(toPrintedText('Zoë Groß 李', 'name')).toBe('Zoe Gross ?')
  expect(toPrintedText('x'.repeat(30), 'employeeAffiliation')).toHaveLength(20)
  expect(toPrintedDate('20301231')).toBe('2030DEC31')
  expect(() => toPrintedDate('20301331')).toThrow(RangeError)
})

test('key history: counts and URL go together (part 1 §3.3.3)', () => {
  expect(bytesToHex(encodeKeyHistory({ onCard: 3, offCard: 0 }))).toBe('C10103C20100F300FE00')
  const off = { onCard: 1, offCard: 2, url: 'http://example.org/aa' }
  expect(decodeKeyHistory(encodeKeyHistory(off))).toEqual(off)
  expect(() => encodeKeyHistory({ onCard: 0, offCard: 1 })).toThrow(RangeError)
  expect(() => encodeKeyHistory({ onCard: 20, offCard: 1, url: 'http://x/' })).toThrow(RangeError)
  expect(() => decodeKeyHistory(hexToBytes('C10115C20100F300FE00'))).toThrow(CardDataError)
})

test('each slot has its certificate object (part 1 table 3)', () => {
  expect([0x9a, 0x9c, 0x9d, 0x9e, 0x82, 0x95].map(slot => objectTagName(certificateTag(slot as 0x9a)))).toEqual([
    '5FC105',
    '5FC10A',
    '5FC10B',
    '5FC101',
    '5FC10D',
    '5FC120',
  ])
  expect(certificateObject(0x95).containerId).toBe(0x1014)
  expect(certificateTag(0xf9)).toBe(0x5fff01)
  expect(new Set(KEY_SLOTS.map(certificateTag)).size).toBe(24)
  expect([objectTagName(0x7e), objectTagName(0x7f61)]).toEqual(['7E', '7F61'])
})

test('arbitrary bytes give an object or a typed error', () => {
  const decoders = [
    (bytes: Uint8Array) => decodeCertificateObject(bytes, gunzip),
    decodeCardCapabilityContainer,
    decodeDiscovery,
    decodeSecurityObject,
    decodePrintedInformation,
    decodeKeyHistory,
  ]
  const tag = fc.constantFrom(0x70, 0x71, 0xf0, 0xf5, 0x4f, 0xba, 0xbb, 0x01, 0x88, 0xc1, 0xc2, 0xf3)
  const tlv = fc.tuple(tag, fc.uint8Array({ maxLength: 8 })).map(([t, v]) => [t, v.length, ...v])
  const likely = fc.array(tlv, { maxLength: 5 }).map(parts => Uint8Array.from(parts.flat()))
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 100 }), likely), bytes => {
      for (const decode of decoders) {
        try {
          decode(bytes)
        } catch (error) {
          expect(error).toBeInstanceOf(CardDataError)
        }
      }
    }),
    { numRuns: 2000 },
  )
})
