import * as contract from '@cardwright/contract'
import * as core from '@cardwright/core'
import { expect, test } from 'vitest'
import { CARD_PIXELS } from './card-pixels.ts'

test('P-8: the designer and the printed card have the same fields, the same card, and the same places to keep free', () => {
  expect(contract.layoutFields).toEqual(core.layoutFields)
  expect([contract.CARD_WIDTH_MM, contract.CARD_HEIGHT_MM]).toEqual([core.CARD_WIDTH_MM, core.CARD_HEIGHT_MM])
  expect(contract.CHIP_ZONE_MM).toEqual(core.CHIP_AREA)
  expect(contract.MAGNETIC_STRIPE_ZONE_MM).toEqual(core.MAGNETIC_STRIPE_AREA)
  const pixels = (mm: number) => (mm / 25.4) * contract.PRINT_DPI
  expect(CARD_PIXELS).toEqual({
    width: Math.floor(pixels(core.CARD_WIDTH_MM)),
    height: Math.ceil(pixels(core.CARD_HEIGHT_MM)),
  })
})
