import { type FromClient, fromClient, fromPage, unblockFailure } from '@cardwright/contract'
import { pinIsAllowed } from '@cardwright/core/pin-rules'
import { describe, expect, test } from 'vitest'
import { answerOf, groupsOf, type Heard, next, type Step } from './steps.ts'
import { failure } from './texts.ts'
import { rules } from './view.ts'

const reader = { id: 'r1', name: 'Reader 1', card: { atr: '3B00' } }
const readers: Heard = { type: 'readers', readers: [reader], pcsc: { available: true } }
const challenge: Heard = { type: 'unblock-challenge', challenge: '7QK4M-2XV0P', reader }
const failed = (code: Extract<FromClient, { type: 'unblock-failed' }>['code'], more = {}): Heard => ({
  type: 'unblock-failed',
  code,
  detail: 'x',
  ...more,
})
const answering: Step = { at: 'answer', challenge: '7QK4M-2XV0P', reader: 'Reader 1' }
const working: Step = { at: 'working', challenge: '7QK4M-2XV0P', reader: 'Reader 1' }

describe('steps of an unblock', () => {
  test('readers come and go until one is chosen, not afterwards', () => {
    const chosen = next({ at: 'connecting' }, readers)
    expect(chosen).toEqual({ at: 'choose', readers: [reader] })
    expect(next(chosen, { type: 'readers', readers: [], pcsc: { available: false, message: 'no service' } })).toEqual({
      at: 'choose',
      readers: [],
      pcscMessage: 'no service',
    })
    expect(next(answering, readers)).toBe(answering)
  })

  test('challenge, answer, done', () => {
    expect(next({ at: 'asking' }, challenge)).toEqual(answering)
    expect(next(working, { type: 'unblock-done' })).toEqual({ at: 'done' })
  })

  test('what was not asked for changes nothing', () => {
    expect(next(answering, { type: 'unblock-done' })).toBe(answering)
    expect(next({ at: 'done' }, challenge)).toEqual({ at: 'done' })
    expect(next(answering, { type: 'kept', key: '6f9619ff-8b86-4d11-b42d-00cf4fc964ff' })).toBe(answering)
  })

  test('a slip leaves the challenge as it is and says where', () => {
    expect(next(working, failed('ANSWER_MISTYPED', { groups: [2, 5] }))).toEqual({
      ...answering,
      slip: { code: 'ANSWER_MISTYPED', groups: [2, 5] },
    })
    expect(next(working, failed('PIN_MALFORMED'))).toMatchObject({ at: 'answer', slip: { code: 'PIN_MALFORMED' } })
  })

  test.each(unblockFailure.options.filter(code => code !== 'ANSWER_MISTYPED' && code !== 'PIN_MALFORMED'))(
    '%s ends it, wherever it happens',
    code => {
      for (const step of [{ at: 'asking' }, answering, working] as const) {
        expect(next(step, failed(code))).toEqual({ at: 'failed', code })
      }
      expect(failure[code].every(text => text.length > 10)).toBe(true)
    },
  )

  test('what is left of the tries is told', () => {
    expect(next(working, failed('PUK_REFUSED', { attemptsRemaining: 2 }))).toMatchObject({ attemptsRemaining: 2 })
  })

  test('a client that is missing or ends is told with its reason, but what is done stays done', () => {
    for (const type of ['client-missing', 'client-ended'] as const) {
      expect(next(answering, { type, detail: 'gone' })).toEqual({ at: 'no-client', detail: 'gone' })
      expect(next({ at: 'done' }, { type, detail: 'gone' })).toEqual({ at: 'done' })
    }
    const refusal: Heard = { type: 'refused', code: 'EXTENSION_NOT_ALLOWED', detail: 'another extension' }
    const refused = next({ at: 'connecting' }, refusal)
    expect(refused).toEqual({ at: 'no-client', detail: 'another extension' })
    expect(next(refused, { type: 'client-ended', detail: 'ended' })).toBe(refused)
  })
})

describe('what is read out and typed', () => {
  test.each([
    ['7QK4M-2XV0P', ['7QK4M', '2XV0P']],
    ['7QK4M 2XV0P', ['7QK4M', '2XV0P']],
    ['0123456789ABCDEF', ['0123', '4567', '89AB', 'CDEF']],
  ])('%s is shown as %j', (text, groups) => {
    expect(groupsOf(text)).toEqual(groups)
  })

  test.each([
    [' 7qk4m 2xv0p\n', '7QK4M-2XV0P'],
    ['7QK4M--2XV0P.', '7QK4M-2XV0P'],
    ['7QK4M2XV0P', '7QK4M2XV0P'],
  ])('%j is sent as %s, which the contract takes', (typed, answer) => {
    expect(answerOf(typed)).toBe(answer)
    expect(fromPage.safeParse({ type: 'unblock-finish', answer, newPin: '583920' }).success).toBe(true)
  })

  test.each(['', 'abc', '-------- ---', 'x'.repeat(201)])('%j is no answer', typed => {
    expect(answerOf(typed)).toBeNull()
  })

  test.each([
    ['583920', true],
    ['58392017', true],
    ['58392', false],
    ['583920171', false],
    ['58392a', false],
    ['123456', false],
    ['12345678', false],
  ])('PIN %s is allowed: %s', (pin, allowed) => {
    expect(pinIsAllowed(pin, rules)).toBe(allowed)
  })
})

test('the messages of these tests are those of the contract', () => {
  for (const message of [readers, challenge, failed('CARD_REMOVED')]) expect(fromClient.parse(message)).toEqual(message)
})
