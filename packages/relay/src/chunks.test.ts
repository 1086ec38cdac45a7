import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CHUNK_LENGTH, ChunkError, createChunkJoiner, LONGEST_TEXT, toChunks } from './chunks.ts'

test('texts of any length come back as they were', () => {
  const join = createChunkJoiner()
  fc.assert(
    fc.property(fc.nat(3 * CHUNK_LENGTH), fc.nat(), (length, id) => {
      const text = 'ä€x'.repeat(Math.ceil(length / 3)).slice(0, length)
      const chunks = toChunks(id, text)
      const answers = chunks.map(join)
      expect(answers.slice(0, -1).every(answer => answer === undefined)).toBe(true)
      expect(answers.at(-1)).toBe(text)
    }),
    { numRuns: 30 },
  )
})

test('no part is longer than a native message may be, whatever its characters', () => {
  const text = '\u0000'.repeat(2 * CHUNK_LENGTH + 1)
  for (const chunk of toChunks(1, text)) expect(Buffer.byteLength(JSON.stringify(chunk))).toBeLessThan(1024 * 1024)
})

test.each([
  ['a missing part', { id: 1, part: 2, parts: 3, text: 'c' }],
  ['a part twice', { id: 1, part: 0, parts: 3, text: 'a' }],
  ['a part of another text', { id: 2, part: 1, parts: 3, text: 'b' }],
  ['a part with another count', { id: 1, part: 1, parts: 2, text: 'b' }],
  ['too many parts', { id: 1, part: 1, parts: 1_000_000, text: 'b' }],
])('%s is refused', (_, second) => {
  const join = createChunkJoiner()
  join({ id: 1, part: 0, parts: 3, text: 'a' })
  expect(() => join(second)).toThrow(ChunkError)
})

test('a text that is too long is not sent', () => {
  expect(() => toChunks(1, 'x'.repeat(LONGEST_TEXT + 1))).toThrow(ChunkError)
})
