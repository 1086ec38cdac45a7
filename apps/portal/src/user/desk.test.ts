import { expect, test } from 'vitest'
import { deskCode, deskFact, isPhone } from './desk.ts'

test.each([
  ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/141.0 Safari/537.36', 0, false],
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0 Edg/141.0', 10, false],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605 Version/18 Safari/605', 0, false],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605 Version/18 Safari/605', 5, true],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605', 5, true],
  ['Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/141.0 Mobile', 5, true],
])('U-2: %s, %s touch points', (userAgent, touchPoints, phone) => {
  expect(isPhone(userAgent, touchPoints)).toBe(phone)
})

test('U-2: a connection that is being made is no reason to install anything', () => {
  expect([deskFact('connecting'), deskFact('server-away'), deskFact('no-client')]).toEqual([
    'unknown',
    'unknown',
    'not-ready',
  ])
})

test('the code for the help desk', () => {
  expect([deskCode('ready', 2, 1), deskCode('no-client', null, null)]).toEqual(['R0-21', 'C1-XX'])
})
