import { expect, test } from 'vitest'
import { comparable, type Draft, draftFaults, emptyDrafts, offered } from './answers.ts'

const typed = (...given: (readonly [id: string, answer: string, again?: string])[]): Draft[] =>
  given.map(([id, answer, again = answer], place) => ({ place, id, answer, again }))

test('U-6: case and spaces do not matter', () => {
  expect(comparable(' To\u00a0To ')).toBe(comparable('toto'))
})

test('U-5: a short answer is short without its spaces', () => {
  expect(draftFaults(typed(['q', 'a   b']), 3, false)[0]).toMatchObject({ short: true })
  expect(draftFaults(typed(['q', '漢字😀']), 3, false)[0]).toMatchObject({ short: false })
})

test('U-5: twice the same, unless it can be read', () => {
  const drafts = typed(['q', 'Rex', 'Max'])
  expect(draftFaults(drafts, 2, false)[0]?.again).toBe(true)
  expect(draftFaults(drafts, 2, true)[0]?.again).toBe(false)
})

test('U-5: one answer to two questions is no second answer', () => {
  const faults = draftFaults(typed(['q', 'Rex'], ['r', 'R EX'], ['s', 'Max']), 2, true)
  expect(faults.map(({ repeated }) => repeated)).toEqual([false, true, false])
})

test('U-5: a question is offered once', () => {
  const catalogue = [{ id: 'q' }, { id: 'r' }, { id: 's' }]
  expect(offered(catalogue, emptyDrafts(2, ['q']), 1)).toEqual([{ id: 'r' }, { id: 's' }])
  expect(offered(catalogue, emptyDrafts(2, ['q']), 0)).toHaveLength(3)
})
