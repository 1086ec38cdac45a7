import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytes, fromHex } from './bytes.ts'
import type { ModelName } from './models.ts'
import { testCard } from './test-cards.ts'
import { parseTlvs, tlv } from './tlv.ts'

const SELECT_PIV = fromHex('00A40400 09 A00000030800001000'.replaceAll(' ', ''))
const MODELS: readonly ModelName[] = ['yubikey-5.7', 'yubikey-5.2', 'sp800-73']
const INSTRUCTIONS = [
  0x20, 0x24, 0x2c, 0x47, 0x50, 0x82, 0x87, 0xa4, 0xc0, 0xca, 0xcb, 0xd8, 0xdb, 0xe4, 0xf6, 0xf7, 0xf8, 0xf9, 0xfa,
  0xfb, 0xfd, 0xfe, 0xff,
]

const anyBytes = fc.uint8Array({ maxLength: 300 })
/** Near a real command, so that the deeper layers are reached: known instruction, short data made of objects. */
const nearCommand = fc
  .tuple(
    fc.constantFrom(0x00, 0x10, 0x80, 0x84, 0x04),
    fc.constantFrom(...INSTRUCTIONS),
    fc.constantFrom(0x00, 0x03, 0x07, 0x0a, 0x11, 0x3f, 0xff),
    fc.constantFrom(0x00, 0x80, 0x81, 0x9a, 0x9b, 0x9c, 0xff),
    fc.oneof(
      fc.uint8Array({ maxLength: 100 }),
      fc
        .array(
          fc.tuple(fc.constantFrom(0x5c, 0x53, 0x7c, 0x80, 0x81, 0x82, 0xac, 0xaa), fc.uint8Array({ maxLength: 30 })),
        )
        .map(items => bytes(...items.slice(0, 3).map(([tag, value]) => tlv(tag, value)))),
    ),
  )
  .map(([cla, ins, p1, p2, data]) => bytes(cla, ins, p1, p2, data.length > 0 ? bytes(data.length, data) : bytes()))

describe('whatever a host sends', () => {
  it.each(MODELS)('%s answers with a status word and never fails', async model => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(anyBytes, nearCommand), { maxLength: 8 }), async apdus => {
        const card = testCard(model)
        await card.transmit(SELECT_PIV)
        for (const apdu of apdus) {
          const answer = await card.transmit(apdu)
          expect(answer.length).toBeGreaterThanOrEqual(2)
          expect([0x61, 0x63, 0x67, 0x68, 0x69, 0x6a, 0x6c, 0x6d, 0x6e, 0x90]).toContain(answer.at(-2))
        }
        // No chance sequence may make anybody administrator: no key, no object that was not there.
        expect(Object.keys(card.state().piv.keys).filter(slot => slot !== 'F9')).toEqual([])
        expect(Object.keys(card.state().piv.objects).filter(tag => tag !== '5FFF01')).toEqual(['7E'])
      }),
      { numRuns: 300 },
    )
  })

  it('objects are read back as they were written, and nothing else is taken for objects', () => {
    fc.assert(
      fc.property(fc.constantFrom(0x53, 0x7f49, 0x5fc105), fc.uint8Array({ maxLength: 400 }), (tag, value) => {
        expect(parseTlvs(tlv(tag, value))).toEqual([{ tag, value }])
        expect(parseTlvs(tlv(tag, value).slice(0, -1))).toBeUndefined()
      }),
    )
    fc.assert(
      fc.property(anyBytes, data => {
        const total = parseTlvs(data)?.reduce((sum, item) => sum + item.value.length, 0) ?? 0
        expect(total).toBeLessThanOrEqual(data.length)
      }),
    )
  })
})
