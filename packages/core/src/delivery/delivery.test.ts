import { expect, test } from 'vitest'
import { type DeliveryMethods, mayStillBeDelivered, noDelivery, planDelivery } from './delivery.ts'

const both: DeliveryMethods = { CardsPINDeliveryMethod: 'print', CardsPUKDeliveryMethod: 'email' }
const generated = { pinIsGenerated: true, changePin: false }

test('N-1, N-3: print, email and neither, for PIN and PUK apart', () => {
  expect(planDelivery(both, generated)).toEqual({ pin: 'PRINT', puk: 'EMAIL' })
  expect(planDelivery({ CardsPINDeliveryMethod: 'email', CardsPUKDeliveryMethod: 'nopuk' }, generated)).toEqual({
    pin: 'EMAIL',
    puk: null,
  })
  expect(planDelivery({ CardsPINDeliveryMethod: 'nopin', CardsPUKDeliveryMethod: 'print' }, generated)).toEqual({
    pin: null,
    puk: 'PRINT',
  })
})

test('N-4: with Change PIN at the end, or a PIN that somebody typed, nothing is sent at all', () => {
  expect(planDelivery(both, { pinIsGenerated: true, changePin: true })).toEqual(noDelivery)
  expect(planDelivery(both, { pinIsGenerated: false, changePin: false })).toEqual(noDelivery)
})

test.each([
  ['ISSUED', 'NONE', true],
  ['PRODUCED', 'ASSIGNED', true],
  ['PRODUCED', 'FAILED', false],
  ['INVALID', 'FORGOTTEN', true],
  ['INVALID', 'LOST', false],
  ['INVALID', 'STOLEN', false],
  ['TERMINATED', 'NONE', false],
  ['AVAILABLE', 'RECYCLE', false],
] as const)('a letter for a device that is %s/%s may still go out: %s', (state, reason, may) => {
  expect(mayStillBeDelivered({ state, reason })).toBe(may)
})
