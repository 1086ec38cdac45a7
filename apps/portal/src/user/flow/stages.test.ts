import { expect, test } from 'vitest'
import { percentOf, stagesOf } from './stages.ts'

const step = (key: string, state: 'PENDING' | 'RUNNING' | 'DONE' | 'FAILED') => ({ key, params: {}, state })

test('U-9: the many steps are a few that a holder understands, in their order', () => {
  const steps = [
    step('claim', 'DONE'),
    step('generate-key', 'DONE'),
    step('set-puk', 'DONE'),
    step('generate-key', 'RUNNING'),
    step('issue-certificate', 'PENDING'),
    step('holder-pin', 'PENDING'),
    step('finish', 'PENDING'),
  ]
  expect(stagesOf(steps).map(({ name, state }) => `${name} ${state}`)).toEqual([
    'prepare DONE',
    'keys RUNNING',
    'certificates PENDING',
    'secure DONE',
    'pin PENDING',
    'check PENDING',
  ])
})

test('a stage between two of its steps has begun and is not done', () => {
  expect(stagesOf([step('generate-key', 'DONE'), step('generate-key', 'PENDING')])).toEqual([
    { name: 'keys', state: 'RUNNING' },
  ])
})

test('U-10: the stage of a failed step has failed', () => {
  const steps = [step('write-certificate', 'DONE'), step('write-certificate', 'FAILED')]
  expect(stagesOf(steps)).toEqual([{ name: 'write', state: 'FAILED' }])
})

test('a step that this page does not know belongs to the preparation', () => {
  expect(stagesOf([step('from-tomorrow', 'RUNNING')])).toEqual([{ name: 'prepare', state: 'RUNNING' }])
})

test('the bar is full at the end only', () => {
  expect([percentOf({ state: 'RUNNING', progress: 1 }), percentOf({ state: 'COMPLETED', progress: 0.98 })]).toEqual([
    99, 100,
  ])
})
