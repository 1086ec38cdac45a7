import { expect, test } from 'vitest'
import { blankDirectory, certificateCount, faultOf, isPreset, linesOf } from './draft.ts'

/** As the server offers it. */
const openLdap = {
  userFilter: '(objectClass=inetOrgPerson)',
  groupFilter: '(objectClass=groupOfNames)',
  attributes: {
    id: 'entryUUID',
    loginName: 'uid',
    displayName: 'cn',
    givenName: 'givenName',
    familyName: 'sn',
    email: 'mail',
    upn: '',
    sid: '',
    employeeNumber: 'employeeNumber',
    department: 'departmentNumber',
    disabled: '',
    membership: 'member' as const,
    groupName: 'cn',
    certificate: 'userCertificate;binary' as const,
  },
}
const otherPreset = { ...openLdap, userFilter: '(&(objectCategory=person)(objectClass=user))' }

test('a preset stays one until a filter or an attribute is changed', () => {
  const draft = blankDirectory(openLdap)
  expect(isPreset(draft, openLdap)).toBe(true)
  expect(isPreset({ ...draft, urls: ['ldaps://a'] }, openLdap)).toBe(true)
  expect(isPreset({ ...draft, attributes: { ...draft.attributes, email: 'other' } }, openLdap)).toBe(false)
  expect(isPreset(draft, otherPreset)).toBe(false)
})

test('addresses are the lines that say something', () => {
  expect(linesOf(' ldaps://a \n\nldaps://b')).toEqual(['ldaps://a', 'ldaps://b'])
})

test('certificates are counted; text without one is told apart from no text', () => {
  const one = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n'
  expect(certificateCount('')).toBe(0)
  expect(certificateCount(one + one)).toBe(2)
  expect(certificateCount('-----BEGIN PUBLIC KEY-----')).toBeNull()
})

test('a fault is found by its field, with and without the name of the body member', () => {
  expect(faultOf({ 'settings.urls': 'x' }, 'urls')).toBe('x')
  expect(faultOf({ userBase: 'y' }, 'userBase')).toBe('y')
  expect(faultOf({}, 'urls')).toBeUndefined()
})
