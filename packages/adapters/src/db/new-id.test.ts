import { expect, test } from 'vitest'
import { newId } from './new-id.ts'

test('RFC 9562 §5.7: time first, version 7, variant 10', () => {
  expect(newId(0x017f22e279b0)).toMatch(/^017f22e2-79b0-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

test('ids of one millisecond differ', () => {
  expect(new Set(Array.from({ length: 1000 }, () => newId(1))).size).toBe(1000)
})
