import { expect, test } from 'vitest'
import { type DirectorySettings, directoryPresets, directorySettingsFaults } from './directory-settings.ts'

const good: DirectorySettings = {
  urls: ['ldaps://dc1.example.org', 'ldaps://dc2.example.org:1636/'],
  tls: 'LDAPS',
  caCertificates: '',
  bindDn: 'cn=cardwright,dc=example,dc=org',
  userBase: 'dc=example,dc=org',
  groupBase: '',
  ...directoryPresets['active-directory'],
  pageSize: 500,
  groups: [],
  syncIntervalMinutes: 60,
  disableLimitPercent: 20,
  publishProfiles: [],
}
const fieldsAtFault = (change: Partial<DirectorySettings>) =>
  Object.keys(directorySettingsFaults({ ...good, ...change }))

test('both presets can be used as they are', () => {
  expect(fieldsAtFault({})).toEqual([])
  expect(fieldsAtFault(directoryPresets.rfc2307)).toEqual([])
})

test.each([
  ['plain LDAP under the name of LDAPS', ['ldap://dc1.example.org']],
  ['no address', []],
  ['not an address', ['dc1.example.org']],
  ['an address with an account', ['ldaps://cn=admin:secret@dc1.example.org']],
  ['an address with a base', ['ldaps://dc1.example.org/dc=example']],
  ['another scheme', ['https://dc1.example.org']],
])('%s is refused', (_, urls) => {
  expect(fieldsAtFault({ urls })).toEqual(['urls'])
})

test('StartTLS goes with ldap:// only', () => {
  expect(fieldsAtFault({ tls: 'STARTTLS' })).toEqual(['urls'])
  expect(fieldsAtFault({ tls: 'STARTTLS', urls: ['ldap://dc1.example.org'] })).toEqual([])
})

test('RFC 4513 §5.1.1: there is no anonymous reading', () => {
  expect(fieldsAtFault({ bindDn: ' ' })).toEqual(['bindDn'])
})

test('groups need a base, and each is named once', () => {
  const staff = { directoryGroup: '1', name: 'Staff' }
  expect(fieldsAtFault({ groups: [staff] })).toEqual(['groupBase'])
  const groupBase = 'ou=groups'
  expect(fieldsAtFault({ groupBase, groups: [staff] })).toEqual([])
  expect(fieldsAtFault({ groupBase, groups: [staff, { directoryGroup: '1', name: 'Other' }] })).toEqual(['groups'])
  expect(fieldsAtFault({ groupBase, groups: [staff, { directoryGroup: '2', name: 'STAFF' }] })).toEqual(['groups'])
})

test.each(['uid)(cn=*', 'ou name', '*', 'é'])('%s is no attribute', loginName => {
  expect(fieldsAtFault({ attributes: { ...good.attributes, loginName } })).toEqual(['attributes.loginName'])
})
