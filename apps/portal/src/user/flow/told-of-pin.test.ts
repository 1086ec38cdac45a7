import { expect, test } from 'vitest'
import { t } from '../texts/t.ts'
import { toldOfPin } from './told-of-pin.ts'

const step = (key: string) => ({ key, params: {}, state: 'DONE' as const })
const told = (delivery: Parameters<typeof toldOfPin>[0]['delivery'], ...keys: string[]) =>
  toldOfPin({ steps: ['claim', ...keys].map(step), delivery }).map(key => t(key))

test('N-1: whoever chose no PIN is told how it comes, and sent to the help desk only where nothing comes', () => {
  expect(told({ pin: 'PRINT', puk: null })).toEqual([expect.stringContaining('comes to you in a letter')])
  expect(told({ pin: 'EMAIL', puk: 'PRINT' })).toEqual([
    expect.stringContaining('comes to you by e-mail'),
    expect.stringContaining('A letter brings you the PUK'),
  ])
  expect(told({ pin: null, puk: null })).toEqual([expect.stringContaining('Ask the help desk')])
})

test('N-4: whoever chose the PIN is told nothing of letters', () => {
  expect(told({ pin: null, puk: null }, 'step.holder-pin')).toEqual([])
})
