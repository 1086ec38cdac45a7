import { expect, test } from 'vitest'
import { comparable, draftFaults, offered } from './answers.ts'

const draft = (id: string, answer: string, again = answer) => ({ id, answer, again })

test('U-6: case and spaces do not matter', () => {
  expect(comparable(' To\u00a0To ')).toBe(comparable('toto'))
})

test('U-5: a short answer is short without its spaces', () => {
  expect(draftFaults([draft('q', 'a   b')], 3, false)[0]).toMatchObject({ short: true })
  expect(draftFaults([draft('q', '漢字😀')], 3, false)[0]).toMatchObject({ short: false })
})

test('U-5: twice the same, unless it can be read', () => {
  const typed = [draft('q', 'Rex', 'Max')]
  expect(draftFaults(typed, 2, false)[0]?.again).toBe(true)
  expect(draftFaults(typed, 2, true)[0]?.again).toBe(false)
})

test('U-5: one answer to two questions is no second answer', () => {
  const faults = draftFaults([draft('q', 'Rex'), draft('r', 'R EX'), draft('s', 'Max')], 2, true)
  expect(faults.map(({ repeated }) => repeated)).toEqual([false, true, false])
})

test('U-5: a question is offered once', () => {
  const catalogue = [{ id: 'q' }, { id: 'r' }, { id: 's' }]
  expect(offered(catalogue, [draft('q', ''), draft('', '')], 1)).toEqual([{ id: 'r' }, { id: 's' }])
  expect(offered(catalogue, [draft('q', ''), draft('', '')], 0)).toHaveLength(3)
})
