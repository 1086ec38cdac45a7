import { expect, test } from 'vitest'
import { errorFromAnswer, isOutcome, networkError } from './api-error.ts'

const answered = (status: number, code: string) => errorFromAnswer(status, { code, detail: '' })

test('only a refusal is an outcome: after anything else the same write is asked for again and not done twice', () => {
  expect(isOutcome(answered(409, 'VERSION_CONFLICT'))).toBe(true)
  expect(isOutcome(answered(422, 'INPUT_INVALID'))).toBe(true)
  expect(isOutcome(networkError())).toBe(false)
  expect(isOutcome(answered(409, 'IDEMPOTENCY_IN_PROGRESS')), 'it goes on behind a lost answer').toBe(false)
  expect(isOutcome(errorFromAnswer(504, undefined)), 'a proxy knows nothing of it').toBe(false)
})
