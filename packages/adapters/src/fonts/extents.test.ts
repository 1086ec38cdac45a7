import { expect, test } from 'vitest'
import { extentOf } from './extents.ts'
import { fontRuns } from './runs.ts'

const of = (character: string) => {
  const [run] = fontRuns(character, { font: 'SANS', bold: false, italic: false }, null).runs
  if (!run) throw new Error('no font has it')
  return extentOf(run.face, character)
}

test('P-8: how wide characters are, in em: an ideograph is one, a mark above moves nothing on, a space is not seen', () => {
  expect(of('漢')).toMatchObject({ advance: 1 })
  expect(of('漢').right).toBeLessThan(1)
  expect(of('（').left).toBeGreaterThan(0.5)
  expect(of('i').advance).toBeLessThan(of('W').advance)
  expect(of('\u0302').advance).toBe(0)
  const { advance, left, right } = of(' ')
  expect([left, right]).toEqual([0, advance])
  expect(of('漢')).toBe(of('漢'))
})
