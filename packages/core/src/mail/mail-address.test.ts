import { expect, test } from 'vitest'
import { isMailAddress } from './mail-address.ts'

test.each([
  'li.wei@example.org',
  "o'brien+cards@mail.example.co.uk",
  'root@localhost',
  'anna@bücher.example',
  `${'a'.repeat(64)}@example.org`,
])('%s is an address', text => {
  expect(isMailAddress(text)).toBe(true)
})

test.each([
  '',
  '@example.org',
  'li.wei@',
  'li.wei',
  'li wei@example.org',
  '.li@example.org',
  'li..wei@example.org',
  'li@wei@example.org',
  'li@-example.org',
  'li@example..org',
  'li@[127.0.0.1]',
  '"li wei"@example.org',
  'Li Wei <li@example.org>',
  'li@example.org,eve@example.com',
  'li@example.org\r\nBcc: eve@example.com',
  'li@example.org\n',
  'li\0@example.org',
  `${'a'.repeat(65)}@example.org`,
  `li@${'a'.repeat(64)}.org`,
  `li@${'abc.'.repeat(70)}org`,
])('%j is none (RFC 5321 §4.1.2, §4.5.3.1)', text => {
  expect(isMailAddress(text)).toBe(false)
})
