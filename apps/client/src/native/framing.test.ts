import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createFrameReader, encodeFrame, FrameError } from './framing.ts'

const LIMIT = 1000

describe('native messaging frames', () => {
  test('come out whole and in order, wherever the stream was cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.jsonValue(), { maxLength: 8 }),
        fc.array(fc.nat(400), { maxLength: 40 }),
        (sent, cuts) => {
          const messages = sent.filter(message => Buffer.byteLength(JSON.stringify(message)) <= LIMIT)
          const stream = Buffer.concat(messages.map(encodeFrame))
          const places = [...new Set([0, ...cuts.map(cut => Math.min(cut, stream.length)), stream.length])]
          places.sort((a, b) => a - b)
          const read = createFrameReader(LIMIT)
          const got = places.flatMap((place, i) => read(stream.subarray(place, places[i + 1] ?? stream.length)))
          expect(got).toEqual(messages.map(message => JSON.parse(JSON.stringify(message))))
        },
      ),
    )
  })

  test('any bytes give messages or a typed error, never anything else', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 6 }), parts => {
        const read = createFrameReader(LIMIT)
        try {
          for (const part of parts) read(part)
        } catch (error) {
          expect(error).toBeInstanceOf(FrameError)
        }
      }),
    )
  })

  test('a frame above the limit is refused before its body has come', () => {
    const frame = encodeFrame('x'.repeat(LIMIT))
    expect(() => createFrameReader(LIMIT)(frame.subarray(0, 4))).toThrow(expect.objectContaining({ code: 'TOO_LARGE' }))
    expect(createFrameReader(LIMIT)(encodeFrame('x'.repeat(LIMIT - 2)))).toHaveLength(1)
  })

  test.each([
    ['no JSON', Buffer.from('{"pin":"123456"')],
    ['no UTF-8', Buffer.from([0x22, 0xff, 0xfe, 0x22])],
    ['nothing', Buffer.alloc(0)],
  ])('%s is refused without repeating it', (_, body) => {
    const frame = Buffer.concat([encodeFrame('').subarray(0, 0), lengthOf(body), body])
    expect(() => createFrameReader(LIMIT)(frame)).toThrow(
      expect.objectContaining({ code: 'MESSAGE_INVALID', message: 'a message is no JSON' }),
    )
  })
})

/** The header that the encoder gives to a message of as many bytes; where there is none, zeros in any order. */
const lengthOf = (body: Uint8Array) =>
  body.length < 2 ? Buffer.alloc(4) : encodeFrame('x'.repeat(body.length - 2)).subarray(0, 4)
