import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CARD_UUID, CARDHOLDER_UUID, FASC_N, SID } from '../../test/authority.ts'
import { openssl } from '../../test/openssl.ts'
import { toHex } from '../bytes.ts'
import { authorityInfoAccess, decodeAuthorityInfoAccess } from './authority-info-access.ts'
import { authorityKeyIdentifier, decodeAuthorityKeyIdentifier } from './authority-key-identifier.ts'
import { basicConstraints, decodeBasicConstraints } from './basic-constraints.ts'
import { COMMON_POLICY, certificatePolicies, decodeCertificatePolicies } from './certificate-policies.ts'
import { crlDistributionPoints, decodeCrlDistributionPoints } from './crl-distribution-points.ts'
import { crlNumber, decodeCrlNumber } from './crl-number.ts'
import { decodeExtKeyUsage, extKeyUsage, PURPOSE } from './ext-key-usage.ts'
import { decodeKeyUsage, keyUsage } from './key-usage.ts'
import { decodeSidExtension, sidExtension } from './sid.ts'
import { decodeSubjectAltName, subjectAltName } from './subject-alt-name.ts'

describe('SID extension ([MS-WCCE] §2.2.2.7.7.4)', () => {
  test('a SID of 44 characters makes the 64 octets that domain controllers read', () => {
    expect(SID).toHaveLength(44)
    const { value, critical, oid } = sidExtension(SID)
    const text = toHex(new TextEncoder().encode(SID))
    expect(toHex(value)).toBe(`303ea03c060a2b060104018237190201a02e042c${text}`)
    expect(value).toHaveLength(64)
    expect([oid, critical]).toEqual(['1.3.6.1.4.1.311.25.2', false])
    expect(openssl(['asn1parse', '-inform', 'DER'], value).text).toContain(SID)
    expect(decodeSidExtension(value)).toBe(SID)
  })

  test('text that is no SID is refused before it is written', () => {
    for (const text of ['', 'S-1-5', 'S-1-5-21-x', `${SID}\n`, 'ada']) {
      expect(() => sidExtension(text), text).toThrow(expect.objectContaining({ code: 'value-invalid' }))
    }
  })
})

test('subjectAltName carries all names of a card and gives them back', () => {
  const names = {
    fascN: FASC_N,
    upn: 'åda@example.org',
    kerberos: { principal: 'host/pc.example.org', realm: 'EXAMPLE.ORG' },
    emails: ['ada@example.org', 'a.l@example.org'],
    uuids: [CARD_UUID, CARDHOLDER_UUID],
    uris: ['tag:microsoft.com,2022-09-14:sid:S-1-5-21-1-2-3-4'],
  }
  expect(decodeSubjectAltName(subjectAltName(names).value)).toEqual(names)
})

test('KRB5PrincipalName has the octets of RFC 4556 §3.2.2', () => {
  const { value } = subjectAltName({ kerberos: { principal: 'ada', realm: 'R' }, emails: [], uuids: [], uris: [] })
  const principalName = 'a110300ea003020101a10730051b03616461'
  expect(toHex(value)).toBe(`3025a02306062b0601050202a0193017a0031b0152${principalName}`)
})

test('key usage drops trailing zero bits (X.690 §11.2.2)', () => {
  expect(toHex(keyUsage(['digitalSignature']).value)).toBe('03020780')
  expect(toHex(keyUsage(['keyCertSign', 'cRLSign']).value)).toBe('03020106')
  expect(toHex(keyUsage(['decipherOnly']).value)).toBe('0303070080')
  expect(decodeKeyUsage(keyUsage(['keyAgreement', 'decipherOnly']).value)).toEqual(['keyAgreement', 'decipherOnly'])
})

test('what is written is what is read', () => {
  expect(decodeBasicConstraints(basicConstraints({ ca: true, pathLength: 0 }).value)).toEqual({
    ca: true,
    pathLength: 0,
  })
  expect(decodeBasicConstraints(basicConstraints({ ca: false }).value)).toEqual({ ca: false })
  const purposes = Object.values(PURPOSE)
  expect(decodeExtKeyUsage(extKeyUsage(purposes).value)).toEqual(purposes)
  const policies = Object.values(COMMON_POLICY)
  expect(decodeCertificatePolicies(certificatePolicies(policies).value)).toEqual(policies)
  const urls = ['http://a/x.crl', 'ldap://b/cn=x']
  expect(decodeCrlDistributionPoints(crlDistributionPoints(urls).value)).toEqual(urls)
  const access = { caIssuers: ['http://a/ca.cer'], ocsp: ['http://a/ocsp', 'http://b/ocsp'] }
  expect(decodeAuthorityInfoAccess(authorityInfoAccess(access).value)).toEqual(access)
  expect(decodeAuthorityKeyIdentifier(authorityKeyIdentifier(CARD_UUID).value)).toEqual(CARD_UUID)
})

test('CRL numbers keep their value up to 20 octets (RFC 5280 §5.2.3)', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: (1n << 159n) - 1n }), number => {
      const { value } = crlNumber(number)
      expect(value.length).toBeLessThanOrEqual(22)
      expect(decodeCrlNumber(value)).toBe(number)
    }),
  )
  expect(() => crlNumber(1n << 159n)).toThrow(expect.objectContaining({ code: 'value-invalid' }))
})
