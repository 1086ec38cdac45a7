import { expect, test } from 'vitest'
import { moved, resized, withinRange } from './place.ts'

const start = { x: 10, y: 10, width: 20, height: 10 }

test('P-8 a handle moves its own sides only', () => {
  expect(resized(start, 'se', 5, 2, false)).toEqual({ x: 10, y: 10, width: 25, height: 12 })
  expect(resized(start, 'nw', 5, 2, false)).toEqual({ x: 15, y: 12, width: 15, height: 8 })
  expect(resized(start, 'e', 5, 99, false)).toEqual({ x: 10, y: 10, width: 25, height: 10 })
  expect(resized(start, 'n', 99, -5, false)).toEqual({ x: 10, y: 5, width: 20, height: 15 })
})

test('P-8 an element that keeps its ratio grows by the longer pull, away from the corner that stays', () => {
  expect(resized(start, 'se', 10, 0, true)).toEqual({ x: 10, y: 10, width: 30, height: 15 })
  expect(resized(start, 'nw', 0, -10, true)).toEqual({ x: -10, y: 0, width: 40, height: 20 })
})

test('P-8 no handle turns an element inside out', () => {
  expect(resized(start, 'w', 50, 0, false)).toEqual({ x: 29.5, y: 10, width: 0.5, height: 10 })
  expect(resized(start, 's', 0, -50, false)).toEqual({ x: 10, y: 10, width: 20, height: 0.5 })
})

test('P-8 no move leaves what the contract admits, and hundredths of a millimetre are kept', () => {
  expect(withinRange(moved(start, 500, -500))).toEqual({ x: 110, y: -20, width: 20, height: 10 })
  expect(withinRange({ x: 0.123456, y: 1 / 3, width: 0, height: 500 })).toEqual({
    x: 0.12,
    y: 0.33,
    width: 0.1,
    height: 120,
  })
})
