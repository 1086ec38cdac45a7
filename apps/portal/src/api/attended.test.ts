import { expect, test } from 'vitest'
import { isAttended, touched, watchAttendance } from './attended.ts'

test('a page is attended for a minute after the last input', () => {
  touched(1_000_000)
  expect(isAttended(1_059_999)).toBe(true)
  expect(isAttended(1_060_000)).toBe(false)
})

test('keys, pointer and wheel count, and are seen before anything can stop them', () => {
  const heard = new Map<string, () => void>()
  watchAttendance({
    addEventListener: (name: string, hear: () => void, options: { capture: boolean }) => {
      expect(options.capture).toBe(true)
      heard.set(name, hear)
    },
  } as never)
  for (const name of ['keydown', 'pointerdown', 'wheel']) {
    touched(0)
    heard.get(name)?.()
    expect(isAttended(), name).toBe(true)
  }
})
