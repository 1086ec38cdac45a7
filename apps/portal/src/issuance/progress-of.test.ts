import type { IssuanceView } from '@cardwright/contract'
import { expect, test } from 'vitest'
import { failureReport, progressOf } from './progress-of.ts'

const step = (key: string, state: IssuanceView['steps'][number]['state']) => ({ key, params: {}, state })

test('I-11: the step that runs is named; the bar is full only when all is done', () => {
  const steps = [step('claim', 'DONE'), step('read-card', 'RUNNING'), step('finish', 'PENDING')]
  expect(progressOf({ steps, progress: 1, state: 'RUNNING' })).toMatchObject({
    done: 1,
    all: 3,
    current: { key: 'read-card' },
    percent: 99,
  })
  expect(progressOf({ steps: [], progress: 0, state: 'COMPLETED' }).percent).toBe(100)
})

test('between two steps the next one is named', () => {
  const steps = [step('claim', 'DONE'), step('read-card', 'PENDING')]
  expect(progressOf({ steps, progress: 0.5, state: 'RUNNING' }).current?.key).toBe('read-card')
})

test('I-12: the copied details name cause, step and advice', () => {
  const report = failureReport({
    id: 'x',
    kind: 'ISSUE',
    state: 'FAILED',
    attempt: 2,
    userId: null,
    userName: null,
    deviceId: null,
    serial: '30123456',
    form: 'card',
    readerName: 'R',
    where: 'SERVER',
    policy: { id: 'p', version: 3, name: 'Staff' },
    steps: [],
    progress: 0.2,
    error: {
      code: 'CARD_REMOVED',
      what: 'The card was pulled.',
      step: 'Generate key in 9C',
      advice: 'Put it back.',
      details: { sw: '6F00' },
      at: '2026-01-01T00:00:00Z',
    },
    pinRules: null,
    notes: [],
    roundTrips: 2,
    startedAt: '2026-01-01T00:00:00Z',
    endedAt: null,
  })
  for (const part of [
    '30123456',
    'attempt 2',
    'Staff, version 3',
    'The card was pulled.',
    'Generate key in 9C',
    'Put it back.',
    'sw: 6F00',
  ]) {
    expect(report).toContain(part)
  }
})
