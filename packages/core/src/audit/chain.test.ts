import { describe, expect, test } from 'vitest'
import type { AuditFact } from './audit-record.ts'
import { canonicalJson, headBytes, noPreviousMac, recordBytes, sameMac, storableFact } from './chain.ts'

const fact: AuditFact = {
  at: 1_767_225_600_000,
  actor: { kind: 'operator', id: 'o-1', label: 'Ada' },
  action: 'device.issued',
  object: { type: 'device', id: 'd-1', label: '4711' },
  userId: null,
  deviceId: 'd-1',
  result: 'SUCCESS',
  reason: null,
  details: { b: 1, a: 'x' },
}

describe('canonical JSON', () => {
  test('members are sorted, nothing is between them (RFC 8785 §3.2.3)', () => {
    expect(canonicalJson({ b: 1, a: { d: null, c: true } })).toBe('{"a":{"c":true,"d":null},"b":1}')
  })
  test('sorting is by UTF-16 code units: U+1F600 before U+FB33 (RFC 8785 §3.2.3)', () => {
    expect(canonicalJson({ '\ufb33': 1, '\u{1f600}': 2 })).toBe('{"\u{1f600}":2,"\ufb33":1}')
  })
  test('numbers are spelled as ECMAScript does (RFC 8785 §3.2.2.3)', () => {
    expect(canonicalJson({ a: 4.5, b: 2e-3, c: 1e30, d: 1 / 3 })).toBe(
      '{"a":4.5,"b":0.002,"c":1e+30,"d":0.3333333333333333}',
    )
  })
  test('what JSON cannot say is refused', () => {
    expect(() => canonicalJson({ a: Number.NaN })).toThrow(RangeError)
    expect(() => canonicalJson(Number.POSITIVE_INFINITY)).toThrow(RangeError)
  })
})

describe('the bytes that a MAC is made over', () => {
  test('are these, so that a chain made by one release is read by the next', () => {
    const text = new TextDecoder().decode(recordBytes({ ...fact, sequence: 7 }, new Uint8Array(0)))
    expect(text).toBe(
      'cardwright audit record 1\n{"action":"device.issued","actor":{"id":"o-1","kind":"operator","label":"Ada"},' +
        '"at":1767225600000,"details":{"a":"x","b":1},"deviceId":"d-1","object":{"id":"d-1","label":"4711",' +
        '"type":"device"},"reason":null,"result":"SUCCESS","sequence":7,"userId":null}\n',
    )
  })
  test('do not depend on the order in which details come back from a database', () => {
    const turned = { ...fact, details: { a: 'x', b: 1 }, sequence: 7 }
    expect(recordBytes(turned, noPreviousMac)).toEqual(recordBytes({ ...fact, sequence: 7 }, noPreviousMac))
  })
  test('of a record are never those of a head', () => {
    const head = new TextDecoder().decode(headBytes({ count: 7, lastMac: new Uint8Array(0) }))
    expect(head).toBe('cardwright audit head 1\n{"count":7}\n')
  })
})

describe('a storable fact', () => {
  test('has no half surrogate pair and no NUL, and stays the same the second time', () => {
    const once = storableFact({ ...fact, reason: 'a\0b\ud800c', details: { 'n\0': '\udc00', zero: -0 } })
    expect(once.reason).toBe('a\ufffdb\ufffdc')
    expect(once.details).toEqual({ 'n\ufffd': '\ufffd', zero: 0 })
    expect(storableFact(once)).toEqual(once)
  })
  test('that needs no change has none', () => {
    expect(storableFact(fact)).toEqual(fact)
  })
})

test('MACs are the same only if every byte is', () => {
  expect(sameMac(Uint8Array.of(1, 2), Uint8Array.of(1, 2))).toBe(true)
  expect(sameMac(Uint8Array.of(1, 2), Uint8Array.of(1, 3))).toBe(false)
  expect(sameMac(Uint8Array.of(1, 2), Uint8Array.of(1))).toBe(false)
})
