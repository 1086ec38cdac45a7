import { expect, test } from 'vitest'
import { slot, text } from './vocabulary.ts'

test.each(['Ada', 'Zoë 漢字 🙂', 'two\nlines\tand a tab', ''])('text takes %j', value => {
  expect(text(100).parse(value)).toBe(value.trim())
})

test.each(['a\u0000b', 'a\u001b[31m', '\ud800', 'x'.repeat(101)])('text refuses %j', value => {
  expect(text(100).safeParse(value).success).toBe(false)
})

test('slots are those of PIV', () => {
  for (const good of ['9A', '9C', '9D', '9E', '82', '8F', '90', '95']) expect(slot.safeParse(good).success).toBe(true)
  for (const bad of ['9B', '81', '96', '9a', '9AA', '']) expect(slot.safeParse(bad).success).toBe(false)
})
