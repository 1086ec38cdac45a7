import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ATTIME, holderRequest, NOW, type TestAuthority, tbsOf, testAuthority } from '../../test/authority.ts'
import { testKey } from '../../test/keys.ts'
import { openssl, scratch } from '../../test/openssl.ts'
import { toHex } from '../bytes.ts'
import { signCertificate } from '../certificate/build.ts'
import { parseCertificate } from '../certificate/parse.ts'
import { toPem } from '../certificate/pem.ts'
import { issuerKeyIdentifier } from '../profiles/issuer-extensions.ts'
import { pivAuthentication } from '../profiles/piv-authentication.ts'
import { signCrl } from './build.ts'
import type { RevokedCertificate } from './entries.ts'
import { isCrlSignedBy, parseCrl } from './parse.ts'
import { REVOCATION_REASON, type RevocationReason } from './revocation-reason.ts'

const files = scratch()
afterAll(() => files.remove())
let authority: TestAuthority
beforeAll(async () => {
  authority = await testAuthority('ecdsa-p384-sha384')
})

const crl = (revoked: readonly RevokedCertificate[], number = 1n) => {
  const { certificate } = authority.issuer
  const nextUpdate = new Date(NOW.getTime() + 86_400_000)
  const identifier = { issuer: certificate.subject.der, issuerKeyIdentifier: issuerKeyIdentifier(certificate) }
  return signCrl({ ...identifier, number, thisUpdate: NOW, nextUpdate, revoked }, authority.issuingKey)
}

test('openssl finds a held certificate revoked, with the reason, and a resumed one valid again', async () => {
  const request = holderRequest(testKey('ecdsa-p256-sha256').publicKeySpki)
  const certificate = await signCertificate(tbsOf(pivAuthentication(request, authority.issuer)), authority.issuingKey)
  const { serialNumber } = parseCertificate(certificate)
  const verify = async (revoked: readonly RevokedCertificate[]) =>
    openssl([
      ...['verify', '-crl_check', ...ATTIME, '-CRLfile', files.file('crl.pem', toPem('X509 CRL', await crl(revoked)))],
      ...['-CAfile', files.file('root.pem', toPem('CERTIFICATE', authority.root))],
      ...['-untrusted', files.file('issuing.pem', toPem('CERTIFICATE', authority.issuing))],
      files.file('leaf.pem', toPem('CERTIFICATE', certificate)),
    ])
  expect((await verify([])).status).toBe(0)
  const held = await verify([{ serialNumber, revokedAt: NOW, reason: 'certificateHold' }])
  expect(held.text).toContain('certificate revoked')
  expect(held.status).not.toBe(0)
  expect((await verify([{ serialNumber: Uint8Array.of(1), revokedAt: NOW, reason: 'keyCompromise' }])).status).toBe(0)
})

test('openssl reads number, issuer, key identifier and every reason; our reader agrees', async () => {
  const reasons = Object.keys(REVOCATION_REASON) as RevocationReason[]
  const revoked = reasons.map((reason, i) => ({ serialNumber: Uint8Array.of(0x80 + i, i), revokedAt: NOW, reason }))
  const der = await crl(revoked, 300n)
  const shown = openssl(['crl', '-inform', 'DER', '-noout', '-text'], der).text
  for (const text of [
    'X509v3 CRL Number',
    '300',
    'Key Compromise',
    'Certificate Hold',
    'Remove From CRL',
    'Superseded',
  ]) {
    expect(shown).toContain(text)
  }
  // `unspecified` is said by having no reason at all (RFC 5280 §5.3.1).
  expect(shown).not.toContain('Unspecified')
  const parsed = parseCrl(der)
  expect(isCrlSignedBy(parsed, authority.issuer.certificate.publicKey)).toBe(true)
  expect(isCrlSignedBy(parsed, parseCertificate(authority.root).publicKey)).toBe(false)
  expect(parsed.number).toBe(300n)
  expect([...parsed.entries].map(([serial, entry]) => [serial, entry.reason])).toEqual(
    reasons.map((reason, i) => [`00${toHex(Uint8Array.of(0x80 + i, i))}`, reason]),
  )
})

test('a CRL of 10,000 entries has them all', async () => {
  const revoked = Array.from({ length: 10_000 }, (_, i) => ({
    serialNumber: new Uint8Array(randomBytes(16)),
    revokedAt: new Date(NOW.getTime() - i * 1000),
    reason: 'superseded' as const,
  }))
  const der = await crl(revoked)
  expect(parseCrl(der).entries.size).toBe(10_000)
  const shown = openssl(['crl', '-inform', 'DER', '-noout', '-text'], der).text
  expect(shown.match(/Serial Number:/g)).toHaveLength(10_000)
})
