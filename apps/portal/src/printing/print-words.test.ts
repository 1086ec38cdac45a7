import type { PrintJob } from '@cardwright/contract'
import { expect, test } from 'vitest'
import { mayContinue, nowOf } from './print-words.ts'

const fault = (code: NonNullable<PrintJob['fault']>['code']) => ({ code, text: 'The ribbon is empty.', advice: '' })

test('P-5, P-7: Continue takes a printed card, or one that a person has to look at', () => {
  expect(mayContinue({ state: 'PRINTED', fault: null })).toBe(true)
  expect(mayContinue({ state: 'FAILED', fault: fault('UNKNOWN_OUTCOME') })).toBe(true)
  for (const state of ['QUEUED', 'PRINTING', 'CANCELLED'] as const)
    expect(mayContinue({ state, fault: null })).toBe(false)
  expect(mayContinue({ state: 'FAILED', fault: fault('MEDIA_JAM') })).toBe(false)
})

test('P-4, P-7: what is going on names the printer, and what it waits for', () => {
  const printer = { id: 'virtual:1', name: 'Badge office' }
  expect(nowOf({ state: 'PRINTING', fault: null, printer })).toBe('Printing on Badge office')
  expect(nowOf({ state: 'PRINTING', fault: fault('RIBBON_EMPTY'), printer })).toBe(
    'Badge office waits: The ribbon is empty.',
  )
  expect(nowOf({ state: 'FAILED', fault: fault('RIBBON_EMPTY'), printer })).toBe('Not printed on Badge office')
})
