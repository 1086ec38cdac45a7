import { expect, test } from 'vitest'
import { cropOfKey, firstCrop, mostZoom, panned, zoomed, zoomOf } from './crop.ts'

const ratio = 35 / 45
const wide = { width: 4000, height: 3000 }
const tall = { width: 1000, height: 4000 }
const ratioOf = (crop: { width: number; height: number }, picture: { width: number; height: number }) =>
  (crop.width * picture.width) / (crop.height * picture.height)

test('P-8 the first crop is as large as the picture allows, in the ratio of a passport photo', () => {
  const crop = firstCrop(wide, ratio)
  expect(crop.height).toBe(1)
  expect(ratioOf(crop, wide)).toBeCloseTo(ratio)
  expect(crop.x).toBeCloseTo((1 - crop.width) / 2)
  const high = firstCrop(tall, ratio)
  expect(high.width).toBe(1)
  expect(ratioOf(high, tall)).toBeCloseTo(ratio)
  expect(high.y).toBeLessThan((1 - high.height) / 2)
})

test('P-8 closer keeps the ratio and the middle; no closer than the limit, no farther than the picture', () => {
  const first = firstCrop(wide, ratio)
  const close = zoomed(first, wide, ratio, 2)
  expect(ratioOf(close, wide)).toBeCloseTo(ratio)
  expect(close.x + close.width / 2).toBeCloseTo(first.x + first.width / 2)
  expect(zoomOf(zoomed(first, wide, ratio, 100), wide, ratio)).toBeCloseTo(mostZoom)
  expect(zoomOf(zoomed(close, wide, ratio, 0), wide, ratio)).toBeCloseTo(1)
})

test('P-8 what is kept never leaves the picture', () => {
  const close = zoomed(firstCrop(wide, ratio), wide, ratio, 2)
  const corner = panned(close, -100, 100)
  expect(corner.x).toBe(0)
  expect(corner.y + corner.height).toBeCloseTo(1)
  const far = zoomed(corner, wide, ratio, 1)
  expect(far.y + far.height).toBeLessThanOrEqual(1)
})

test('P-8 arrow keys move, + and − go closer and farther, other keys do nothing', () => {
  const close = zoomed(firstCrop(wide, ratio), wide, ratio, 2)
  const press = (key: string, shiftKey = false) => cropOfKey(close, wide, ratio, { key, shiftKey })
  expect(press('ArrowRight')?.x).toBeCloseTo(close.x + close.width * 0.02)
  expect(press('ArrowUp', true)?.y).toBeCloseTo(close.y - close.height * 0.2)
  expect(zoomOf(press('+') ?? close, wide, ratio)).toBeCloseTo(2.2)
  expect(zoomOf(press('-') ?? close, wide, ratio)).toBeCloseTo(2 / 1.1)
  expect(press('Tab')).toBeNull()
})
