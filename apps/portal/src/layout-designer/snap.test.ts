import { expect, test } from 'vitest'
import { linesOf, snapMove, snapResize } from './snap.ts'

const card = { x: 0, y: 0, width: 85.6, height: 53.98 }
const safe = { x: 3, y: 3, width: 79.6, height: 47.98 }
const other = { x: 20.3, y: 30, width: 10, height: 10 }
const lines = linesOf(card, safe, [other])

test('P-8 near nothing, the corner goes to the grid of half a millimetre', () => {
  const { place, guides } = snapMove({ x: 50.3, y: 12.2, width: 3, height: 3 }, lines, 0.1)
  expect(place).toMatchObject({ x: 50.5, y: 12 })
  expect(guides).toEqual([])
})

test('P-8 an edge near another element’s edge goes there, and a line says so', () => {
  const { place, guides } = snapMove({ x: 19.6, y: 12.2, width: 7, height: 3 }, lines, 1)
  expect(place.x).toBeCloseTo(20.3)
  expect(guides).toEqual([{ axis: 'x', at: 20.3 }])
})

test('P-8 the centre goes to the card’s centre', () => {
  const { place, guides } = snapMove({ x: 33, y: 22.3, width: 20, height: 10 }, lines, 0.8)
  expect(place.x + 10).toBeCloseTo(42.8)
  expect(place.y + 5).toBeCloseTo(26.99)
  expect(guides.map(guide => guide.axis)).toEqual(['x', 'y'])
})

test('P-8 of two lines the nearer one wins', () => {
  expect(snapMove({ x: 2.6, y: 10, width: 10, height: 1 }, lines, 3).place.x).toBeCloseTo(3)
})

test('P-8 a pulled edge snaps, the edge opposite stays', () => {
  const { place, guides } = snapResize({ x: 10, y: 10, width: 72.4, height: 5.3 }, 'e', lines, 0.5)
  expect(place).toEqual({ x: 10, y: 10, width: 72.6, height: 5.3 })
  expect(guides).toEqual([{ axis: 'x', at: 82.6 }])
})

test('P-8 edges that would meet do not', () => {
  const thin = { x: 20.1, y: 5, width: 0.4, height: 5 }
  expect(snapResize(thin, 'w', lines, 1).place).toEqual(thin)
})
