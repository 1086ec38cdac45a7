import { expect, test } from 'vitest'
import { type DeliveryMethods, mayStillBeDelivered, noDelivery, planDelivery } from './delivery.ts'
import { printerProblem, problemOfDelivery } from './delivery-problems.ts'
import { mayBeRepeated } from './may-be-repeated.ts'

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

const issued = { state: 'ISSUED', reason: 'NONE' } as const
test.each([
  ['FAILED', true, issued, null],
  ['UNCERTAIN', true, issued, null],
  ['WAITING', true, issued, 'DELIVERY_WAITS'],
  ['DELIVERED', true, issued, 'DELIVERY_DONE'],
  ['WITHDRAWN', true, issued, 'DELIVERY_GONE'],
  ['FAILED', false, issued, 'DELIVERY_GONE'],
  ['UNCERTAIN', true, { state: 'INVALID', reason: 'LOST' }, 'DELIVERY_GONE'],
] as const)('N-5: repeating one that is %s, its value stored: %s, of %j: %s', (state, valueIsStored, device, code) => {
  expect(mayBeRepeated({ state, valueIsStored, device })).toMatchObject(code ? { ok: false, code } : { ok: true })
})

test('what went wrong is told in words, also of a printer, and of what nobody foresaw', () => {
  expect(problemOfDelivery(printerProblem('NO_CARD'))).toMatchObject({ text: 'Cards or paper have run out.' })
  expect(problemOfDelivery('NO_MAIL_ADDRESS').advice).toMatch(/then repeat it\.$/)
  const { code, text } = problemOfDelivery('toString')
  expect([code, text]).toEqual(['toString', problemOfDelivery('INTERNAL').text])
})
