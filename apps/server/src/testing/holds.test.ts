import { expect, test } from 'vitest'
import { holds } from './holds.ts'

test.each([
  ['a number in JSON', '{"pin":"592813"}', '592813', true],
  ['a number in a sentence', 'PIN 592813.', '592813', true],
  ['digits of a time', '1765592813123', '592813', false],
  ['digits of a hash', 'ab592813cd', '592813', false],
  ['a password in the middle of something', 'xhunter-2y', 'Hunter-2', true],
  ['the bytes of a PIN in an APDU', '0020008008353932383133ffff', '353932383133', true],
  ['nothing of it', '{"pin":null}', '592813', false],
])('%s', (_, text, secret, found) => {
  expect(holds(text, secret)).toBe(found)
})
