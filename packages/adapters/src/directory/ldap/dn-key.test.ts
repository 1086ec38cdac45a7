import fc from 'fast-check'
import { DN } from 'ldapts'
import { expect, test } from 'vitest'
import { dnKey } from './dn-key.ts'

test.each([
  ['cn=Ann,dc=example,dc=org', 'CN=ann, DC=Example ,dc=org'],
  [String.raw`cn=Doe\, J,dc=x`, String.raw`cn=Doe\2c J,dc=x`],
  [String.raw`cn=\c5\81ukasz,dc=x`, 'cn=Łukasz,dc=x'],
  ['cn=a+uid=b,dc=x', 'UID=b + cn=a;dc=x'],
  [String.raw`cn=a\ ,dc=x`, String.raw`cn=a\20 ,dc=x`],
  [String.raw`cn=a\\,dc=x`, String.raw`cn=a\5c ,dc=x`],
])('%s is %s', (one, other) => {
  expect(dnKey(one)).toBe(dnKey(other))
})

test.each([
  ['cn=a,dc=x', 'cn=a,dc=y'],
  [String.raw`cn=a\,dc=x`, 'cn=a,dc=x'],
  [String.raw`cn=a\+uid=b,dc=x`, 'cn=a+uid=b,dc=x'],
  [String.raw`cn=a\ ,dc=x`, 'cn=a ,dc=x'],
  ['cn=a', 'cn=a,dc=x'],
])('%s is not %s', (one, other) => {
  expect(dnKey(one)).not.toBe(dnKey(other))
})

test('whatever a name holds, it stays one name, and another name is another key', () => {
  // Without a trailing blank: the library escapes one with a further backslash before the separator.
  const value = fc
    .string({ unit: 'grapheme', minLength: 1 })
    .filter(text => text.trim() === text && !text.includes('\0'))
  fc.assert(
    fc.property(value, value, (one, other) => {
      const key = (text: string) => dnKey(new DN().addPairRDN('cn', text).addPairRDN('dc', 'x').toString())
      expect(JSON.parse(key(one))).toHaveLength(2)
      expect(key(one) === key(other)).toBe(one.toLowerCase() === other.toLowerCase())
    }),
  )
})

test('any text at all gives some key', () => {
  fc.assert(fc.property(fc.string(), text => typeof dnKey(text) === 'string'))
})
