import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytesOfGuid, disabledOf, guidOf, sidOf, textOf, valuesOf } from './entries.ts'

test('MS-DTYP §2.3.4: a GUID goes there and back', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), bytes => {
      const guid = guidOf(Buffer.from(bytes))
      expect(guid).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
      expect(bytesOfGuid(guid ?? '')).toEqual(Buffer.from(bytes))
    }),
  )
})

test('whatever the bytes, a SID is read or refused', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), bytes => {
      const sid = sidOf(Buffer.from(bytes))
      if (sid !== null) expect(sid).toMatch(/^S-1-\d+(-\d+){0,15}$/)
    }),
  )
  expect(sidOf(Buffer.from('010200000000000520000000', 'hex'))).toBeNull()
})

test.each([
  '',
  '33221100-5544-7766-8899-aabbccddeef',
  '33221100554477668899aabbccddeeff',
  '*',
  'zz221100-5544-7766-8899-aabbccddeeff',
])('%j is no GUID', text => {
  expect(bytesOfGuid(text)).toBeNull()
})

test('attribute names have no case; what is empty, binary or holds NUL is missing', () => {
  const values = valuesOf({
    dn: 'cn=x',
    CN: ' Ann ',
    mail: [],
    sn: ['first', 'second'],
    photo: Buffer.of(1),
    odd: 'a\0b',
  })
  expect(['cn', 'MAIL', 'sn', 'photo', 'odd', 'absent', ''].map(name => textOf(values, name))).toEqual([
    'Ann',
    null,
    'first',
    null,
    null,
    null,
    null,
  ])
})

test.each([
  ['userAccountControl', '512', false],
  ['userAccountControl', '514', true],
  ['USERACCOUNTCONTROL', '66050', true],
  ['userAccountControl', 'x', false],
  ['nsAccountLock', 'true', true],
  ['nsAccountLock', 'FALSE', false],
])('%s %s: disabled is %s', (name, value, disabled) => {
  expect(disabledOf(valuesOf({ dn: 'cn=x', [name]: value }), name)).toBe(disabled)
})
