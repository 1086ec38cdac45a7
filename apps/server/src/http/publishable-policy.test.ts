import { pinRules, routes } from '@cardwright/contract'
import { pinIsAllowed } from '@cardwright/core'
import { afterEach, expect, test } from 'vitest'
import { demoPolicies } from '../demo/policies.ts'
import { silentApp } from '../testing/silent-app.ts'

let close: () => Promise<unknown> = async () => {}
afterEach(() => close())

test('what is wrong with a policy reaches the portal field by field', async () => {
  const app = await silentApp()
  close = () => app.close()
  const { createPolicy } = routes
  app.post(createPolicy.path, { schema: { body: createPolicy.body } }, async () => ({}))
  const { slots, pin, ...rest } = demoPolicies.rsa
  const wrong = {
    ...rest,
    slots: [...slots, { ...slots[0], slot: '9E' }],
    pin: { ...pin, rules: { ...pin.rules, minLength: 8, maxLength: 6 } },
  }
  const send = (content: unknown) =>
    app.inject({ method: 'POST', url: createPolicy.path, body: { content, note: '' }, headers: { host: 'localhost' } })
  const answer = await send(wrong)
  expect([answer.statusCode, answer.json().code]).toEqual([400, 'INPUT_INVALID'])
  expect(answer.json().fields).toEqual({
    'content/slots/4/slot': 'slot 9E is there twice',
    'content/pin/rules/minLength': 'must not exceed the greatest length, 6',
  })
  expect((await send(demoPolicies.rsa)).statusCode).toBe(200)
})

test('every combination of PIN rules that the contract lets through can be kept', () => {
  const strictest = { maxRepeated: 1, maxSequence: 2, minDistinct: 6, forbidFactoryValues: true }
  for (const length of [6, 7, 8]) {
    const rules = pinRules.parse({ characters: 'DIGITS', minLength: length, maxLength: length, ...strictest })
    expect(pinIsAllowed('13579246'.slice(0, length), rules), `${length} digits`).toBe(true)
  }
  expect(pinRules.shape.minDistinct.maxValue).toBeLessThanOrEqual(strictest.minDistinct)
  expect(pinRules.shape.maxSequence.minValue).toBeGreaterThanOrEqual(strictest.maxSequence)
  expect(pinRules.shape.maxRepeated.minValue).toBeGreaterThanOrEqual(strictest.maxRepeated)
})
