import { expect, test } from 'vitest'
import { createTurns } from './index.ts'

const settled = () => new Promise(resolve => setImmediate(resolve))

test('at most so many are at work, the others in the order of asking; one that fails makes room as well', async () => {
  const turn = createTurns(2)
  const begun: number[] = []
  const works = Array.from({ length: 5 }, () => Promise.withResolvers<string>())
  const answers = works.map(({ promise }, index) =>
    turn(() => {
      begun.push(index)
      return promise
    }),
  )
  await settled()
  expect(begun).toEqual([0, 1])
  works[1]?.reject(new Error('no'))
  await expect(answers[1]).rejects.toThrow('no')
  await settled()
  expect(begun).toEqual([0, 1, 2])
  works[0]?.resolve('first')
  expect(await answers[0]).toBe('first')
  works[2]?.resolve('third')
  await settled()
  expect(begun).toEqual([0, 1, 2, 3, 4])
  for (const { resolve } of works) resolve('rest')
  expect(await Promise.all([answers[3], answers[4]])).toEqual(['rest', 'rest'])
  expect(await turn(async () => 'later')).toBe('later')
})
