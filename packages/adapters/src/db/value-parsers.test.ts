import { expect, test } from 'vitest'
import { valueParsers } from './value-parsers.ts'

const parse = (oid: number, text: string) => valueParsers[oid]?.(text)

test.each([
  ['2026-01-01 00:00:00+00', 1_767_225_600_000],
  ['2026-01-01 00:00:00.123+00', 1_767_225_600_123],
  ['2026-01-01 05:30:00.5+05:30', 1_767_225_600_500],
  ['2025-12-31 19:00:00-05', 1_767_225_600_000],
])('a time in any zone: %s', (text, ms) => {
  expect(parse(1184, text)).toBe(ms)
})

test('a time that cannot be read is not taken for another', () => {
  expect(() => parse(1184, '-infinity')).toThrow(RangeError)
})

test('a bigint beyond 2^53 is refused, not rounded', () => {
  expect(parse(20, '9007199254740991')).toBe(Number.MAX_SAFE_INTEGER)
  expect(() => parse(20, '9007199254740993')).toThrow(RangeError)
})

test('bytes are plain bytes', () => {
  expect(parse(17, '\\x00ff80')).toEqual(Uint8Array.of(0, 255, 128))
})
