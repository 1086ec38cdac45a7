import { expect, test } from 'vitest'
import { createInkMeasure, inkOf, MOST_REMEMBERED } from './measure.ts'
import { setText } from './text-runs.ts'

const plain = { font: 'SANS', bold: false, italic: false } as const
const textOf = (line: string) => setText(line, plain, null)

const counting = () => {
  const measured: string[] = []
  const ink = createInkMeasure(({ markup }) => {
    measured.push(markup)
    return { width: markup.length, height: 1 }
  })
  return { ink, measured }
}

test('P-8: a line is measured once; another font or letter is another line', async () => {
  const { ink, measured } = counting()
  const first = await ink(textOf('Anna'))
  expect(await ink(textOf('Anna'))).toEqual(first)
  expect(measured).toHaveLength(1)
  await ink(textOf('Anne'))
  await ink(setText('Anna', { ...plain, bold: true }, null))
  expect(measured).toHaveLength(3)
  expect(await ink(textOf(''))).toEqual({ width: 0, height: 0 })
  expect(measured).toHaveLength(3)
})

test('only so many lines are remembered: what was not asked for longest goes', async () => {
  const { ink, measured } = counting()
  const line = (number: number) => ({ markup: `${number}`, faces: [], rightToLeft: false })
  for (let number = 0; number <= MOST_REMEMBERED; number++) {
    await ink(line(number))
    await ink(line(0))
  }
  expect(measured).toHaveLength(MOST_REMEMBERED + 1)
  await ink(line(0))
  expect(measured).toHaveLength(MOST_REMEMBERED + 1)
  await ink(line(1))
  expect(measured).toHaveLength(MOST_REMEMBERED + 2)
})

test('while a text is measured others have their turn', async () => {
  const order: string[] = []
  setImmediate(() => void order.push('other'))
  await inkOf(textOf('Never measured before')).then(() => order.push('measured'))
  expect(order).toEqual(['other', 'measured'])
})
