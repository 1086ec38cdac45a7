import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { serial, type TestAuthority, tbsOf, testAuthority } from '../../test/authority.ts'
import { type TestKey, testKey } from '../../test/keys.ts'
import { openssl, scratch } from '../../test/openssl.ts'
import { toHex } from '../bytes.ts'
import { signCertificate } from '../certificate/build.ts'
import { type Certificate, parseCertificate } from '../certificate/parse.ts'
import { toPem } from '../certificate/pem.ts'
import { digest } from '../crypto.ts'
import type { SignatureAlgorithm } from '../key/signature-algorithm.ts'
import { nameOf } from '../name/name.ts'
import { contentSigning } from '../profiles/content-signing.ts'
import { signChuid } from './chuid-signature.ts'
import { encodeLdsSecurityObject, signSecurityObject } from './security-object.ts'
import { certificatesOnly } from './signed-data.ts'

const files = scratch()
afterAll(() => files.remove())

describe.each<SignatureAlgorithm>(['ecdsa-p256-sha256', 'ecdsa-p384-sha384', 'rsa-2048-sha256'])(
  'content signer with %s',
  algorithm => {
    const key: TestKey = testKey(algorithm)
    let authority: TestAuthority
    let certificate: Certificate
    beforeAll(async () => {
      authority = await testAuthority('ecdsa-p384-sha384')
      const validity = { notBefore: new Date('2026-11-01T00:00:00Z'), notAfter: new Date('2034-11-01T00:00:00Z') }
      const subject = nameOf(['O', 'Example'], ['CN', 'Content Signer'])
      const wanted = { subject, publicKey: key.publicKeySpki, serialNumber: serial(), ...validity }
      certificate = parseCertificate(
        await signCertificate(tbsOf(contentSigning(wanted, authority.issuer)), authority.issuingKey),
      )
    })
    // OpenSSL 3.0 builds the path from the message's certificates and the trusted ones only.
    const trust = () => {
      const anchors = toPem('CERTIFICATE', authority.root) + toPem('CERTIFICATE', authority.issuing)
      return ['-CAfile', files.file('anchors.pem', anchors), '-purpose', 'any', '-attime', '1795176000']
    }
    const signed = new TextEncoder().encode('the TLVs of a CHUID')

    test('openssl verifies a CHUID signature over the detached bytes (SP 800-73pt1-5 §3.1.2)', async () => {
      const cms = await signChuid(signed, certificate, key)
      const content = ['-content', files.file('chuid', signed)]
      const result = openssl(['cms', '-verify', '-binary', '-inform', 'DER', ...content, ...trust()], cms)
      expect(result.text).toMatch(/Verification successful/i)
      const other = ['-content', files.file('other', 'other bytes')]
      expect(openssl(['cms', '-verify', '-binary', '-inform', 'DER', ...other, ...trust()], cms).status).not.toBe(0)
      const shown = openssl(['cms', '-cmsout', '-print', '-noout', '-inform', 'DER'], cms).text
      expect(shown).toMatch(/version: 3/)
      expect(shown).toContain('2.16.840.1.101.3.6.1')
      expect(shown).toContain('2.16.840.1.101.3.6.5')
      expect(shown.match(/d\.certificate:/g)).toHaveLength(1)
    })

    test('openssl verifies a security object with the certificate from elsewhere (SP 800-73pt1-5 §3.1.7)', async () => {
      const groups = [
        { number: 2, content: new TextEncoder().encode('printed information') },
        { number: 1, content: new TextEncoder().encode('CHUID') },
      ]
      const cms = await signSecurityObject(groups, certificate, key)
      const from = ['-certfile', files.file('signer.pem', toPem('CERTIFICATE', certificate.der))]
      const result = openssl(['cms', '-verify', '-binary', '-inform', 'DER', ...trust(), ...from], cms)
      expect(result.text).toMatch(/Verification successful/i)
      const hash = algorithm === 'ecdsa-p384-sha384' ? 'sha384' : 'sha256'
      const content = new Uint8Array(result.stdout)
      expect(content).toEqual(encodeLdsSecurityObject(groups, hash))
      expect(toHex(content)).toContain(toHex(digest(hash, new TextEncoder().encode('CHUID'))))
      expect(openssl(['cms', '-cmsout', '-print', '-noout', '-inform', 'DER'], cms).text).not.toContain(
        'd.certificate:',
      )
    })
  },
)

test('openssl lists the certificates of a certs-only message', async () => {
  const authority = await testAuthority('ecdsa-p256-sha256')
  const p7 = certificatesOnly([authority.issuing, authority.root])
  const shown = openssl(['pkcs7', '-inform', 'DER', '-print_certs', '-noout'], p7).text
  expect(shown.match(/^subject=/gm)).toHaveLength(2)
})

test('data group numbers are 1 to 16 and different', () => {
  const content = new Uint8Array(1)
  for (const numbers of [[], [0], [17], [1, 1]]) {
    const groups = numbers.map(number => ({ number, content }))
    expect(() => encodeLdsSecurityObject(groups, 'sha256')).toThrow(expect.objectContaining({ code: 'value-invalid' }))
  }
})
