import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  ATTIME,
  holderRequest,
  NOT_AFTER,
  NOW,
  type TestAuthority,
  tbsOf,
  testAuthority,
} from '../../test/authority.ts'
import { type TestKey, testKey } from '../../test/keys.ts'
import { openssl, scratch } from '../../test/openssl.ts'
import { signCertificate } from '../certificate/build.ts'
import { parseCertificate } from '../certificate/parse.ts'
import { toPem } from '../certificate/pem.ts'
import { signCrl } from '../crl/build.ts'
import type { SignatureAlgorithm } from '../key/signature-algorithm.ts'
import { checkCertificate } from '../rules/check-certificate.ts'
import { HOLDER_PROFILES } from './index.ts'
import { issuerKeyIdentifier } from './issuer-extensions.ts'
import type { HolderProfileName, HolderRequest } from './profile.ts'

const files = scratch()
afterAll(() => files.remove())

const PROFILES = Object.keys(HOLDER_PROFILES) as HolderProfileName[]
const PURPOSE_OF: Partial<Record<HolderProfileName, string>> = {
  'piv-authentication': 'sslclient',
  'digital-signature': 'smimesign',
  'key-management': 'smimeencrypt',
}

const issue = async (name: HolderProfileName, request: HolderRequest, authority: TestAuthority) =>
  signCertificate(tbsOf(HOLDER_PROFILES[name](request, authority.issuer)), authority.issuingKey)

describe.each<SignatureAlgorithm>(['ecdsa-p384-sha384', 'rsa-3072-sha256'])('issued by a CA with %s', algorithm => {
  let authority: TestAuthority
  let keys: Record<string, TestKey>
  beforeAll(async () => {
    authority = await testAuthority(algorithm)
    keys = { rsa: testKey('rsa-2048-sha256'), ec: testKey('ecdsa-p256-sha256') }
    const crls = await Promise.all([
      signCrl(crlOf(authority.root), authority.rootKey),
      signCrl(crlOf(authority.issuing), authority.issuingKey),
    ])
    files.file(`${algorithm}.root.pem`, toPem('CERTIFICATE', authority.root))
    files.file(`${algorithm}.issuing.pem`, toPem('CERTIFICATE', authority.issuing))
    files.file(`${algorithm}.crls.pem`, crls.map(crl => toPem('X509 CRL', crl)).join(''))
  })

  const crlOf = (ca: Uint8Array) => ({
    issuer: parseCertificate(ca).subject.der,
    issuerKeyIdentifier: issuerKeyIdentifier(parseCertificate(ca)),
    number: 1n,
    thisUpdate: NOW,
    nextUpdate: new Date(NOW.getTime() + 86_400_000),
    revoked: [],
  })

  const verify = (certificate: Uint8Array, ...more: string[]) =>
    openssl([
      ...['verify', '-x509_strict', '-check_ss_sig', ...ATTIME, '-crl_check_all'],
      ...['-CAfile', files.path(`${algorithm}.root.pem`), '-untrusted', files.path(`${algorithm}.issuing.pem`)],
      ...[
        '-CRLfile',
        files.path(`${algorithm}.crls.pem`),
        ...more,
        files.file('leaf.pem', toPem('CERTIFICATE', certificate)),
      ],
    ])

  test.each(PROFILES.flatMap(name => ['rsa', 'ec'].map(kind => [name, kind] as const)))(
    'openssl verifies %s (%s key) with CRLs, and no rule objects',
    async (name, kind) => {
      const key = keys[kind] as TestKey
      const request = holderRequest(key.publicKeySpki)
      const certificate = await issue(name, request, authority)
      // OpenSSL 3.0's smimeencrypt wants keyEncipherment, which RFC 8813 §3 forbids for elliptic-curve keys.
      const purpose = name === 'key-management' && kind === 'ec' ? undefined : PURPOSE_OF[name]
      const result = verify(certificate, ...(purpose ? ['-purpose', purpose] : []))
      expect(result.text).toContain(': OK')
      expect(result.status).toBe(0)
      const { publicKey, cardUuid, email, upn, kerberos, sid } = request
      const expectation = { profile: name, issuer: authority.issuer.certificate, publicKey, cardUuid, now: NOW }
      const names = { cardNotAfter: NOT_AFTER, ...(email && { email }), ...(upn && { upn }), ...(sid && { sid }) }
      expect(checkCertificate(certificate, { ...expectation, ...names, ...(kerberos && { kerberos }) })).toEqual([])
    },
  )

  test.each(['rsa', 'ec'])(
    'mail enciphered by openssl for key management (%s key) is deciphered with that key',
    async kind => {
      const key = keys[kind] as TestKey
      const certificate = await issue('key-management', holderRequest(key.publicKeySpki), authority)
      const recipient = files.file('9d.pem', toPem('CERTIFICATE', certificate))
      const privateKey = files.file('9d.key', key.privatePem)
      const letter = new TextEncoder().encode('Dear Ada')
      const sealed = openssl(['cms', '-encrypt', '-binary', '-aes256', '-outform', 'DER', recipient], letter)
      expect(sealed.text.length).toBeGreaterThan(0)
      const opened = openssl(
        ['cms', '-decrypt', '-inform', 'DER', '-recip', recipient, '-inkey', privateKey],
        sealed.stdout,
      )
      expect(opened.stdout.toString()).toBe('Dear Ada')
    },
  )

  test('openssl refuses the certificate after one bit of it was changed', async () => {
    const certificate = await issue('piv-authentication', holderRequest((keys.ec as TestKey).publicKeySpki), authority)
    const changed = Uint8Array.from(certificate)
    const at = changed.length - 20
    changed[at] = (changed[at] as number) ^ 1
    expect(verify(changed).status).not.toBe(0)
  })
})

describe('what the profiles write', () => {
  let authority: TestAuthority
  const key = testKey('ecdsa-p256-sha256')
  beforeAll(async () => {
    authority = await testAuthority('ecdsa-p384-sha384')
  })
  const text = async (name: HolderProfileName, change: Partial<HolderRequest> = {}) => {
    const certificate = await issue(name, holderRequest(key.publicKeySpki, change), authority)
    return openssl(['x509', '-inform', 'DER', '-noout', '-text', '-nameopt', 'utf8'], certificate).text
  }

  test('PIV authentication: purposes, names and CRL that Windows and Kerberos log-on need', async () => {
    const shown = await text('piv-authentication')
    expect(shown).toMatch(/Key Usage: critical\s+Digital Signature\n/)
    expect(shown).toContain('TLS Web Client Authentication, Microsoft Smartcard Login, PKINIT Client Auth')
    expect(shown).toContain('UPN::ada@ad.example.org')
    expect(shown).toContain('URI:urn:uuid:0f5c2b4a-9d1e-4f6a-8b3c-7d2e1f0a9b8c')
    expect(shown).toContain('URI:urn:uuid:7b0e2c1d-5a4f-4e3b-9c8d-7e6f5a4b3c2d')
    expect(shown).toContain('email:ada@example.org')
    expect(shown).toContain('URI:http://pki.example.org/issuing.crl')
    expect(shown).toContain('OCSP - URI:http://pki.example.org/ocsp')
    expect(shown).toContain('CA Issuers - URI:http://pki.example.org/issuing.cer')
    expect(shown).toContain('S-1-5-21-1004336348-1177238915-682003330-512')
    expect(shown).toContain('Subject: C=SE, O=Example Åland, OU=Research, CN=Ada Lovelace')
  })

  test('card authentication (FIPS 201-3 §4.2.2.2): critical cardAuth alone, nothing of the holder', async () => {
    const shown = await text('card-authentication')
    expect(shown).toMatch(/Extended Key Usage: critical\s+2\.16\.840\.1\.101\.3\.6\.8\n/)
    expect(shown).not.toMatch(/ada|lovelace|research|UPN|S-1-5/i)
    expect(shown).toContain('serialNumber=0f5c2b4a-9d1e-4f6a-8b3c-7d2e1f0a9b8c')
  })

  test('key management: keyAgreement for an elliptic-curve key (RFC 5480 §3)', async () => {
    expect(await text('key-management')).toMatch(/Key Usage: critical\s+Key Agreement\n/)
  })

  test('digital signature: non-repudiation and the address that S/MIME programs compare', async () => {
    const shown = await text('digital-signature')
    expect(shown).toMatch(/Key Usage: critical\s+Digital Signature, Non Repudiation\n/)
    expect(shown).toContain('email:ada@example.org')
  })

  test('a user without UPN, SID and e-mail still gets every certificate', async () => {
    const bare = { upn: undefined, sid: undefined, email: undefined, kerberos: undefined }
    for (const name of PROFILES) {
      const { upn, sid, email, kerberos, ...rest } = { ...holderRequest(key.publicKeySpki), ...bare }
      expect(HOLDER_PROFILES[name](rest, authority.issuer).ok, name).toBe(true)
    }
  })

  test.each<[string, Partial<HolderRequest>, string]>([
    ['validity over 1096 days', { notBefore: new Date('2026-11-19T00:00:00Z') }, 'VALIDITY_TOO_LONG'],
    ['outlives the card', { cardNotAfter: new Date('2029-11-19T00:00:00Z') }, 'VALIDITY_BEYOND_CARD'],
    [
      'before the CA begins',
      { notBefore: new Date('2025-06-01T00:00:00Z'), notAfter: new Date('2026-12-01T00:00:00Z') },
      'VALIDITY_BEYOND_ISSUER',
    ],
    ['ends before it begins', { notAfter: new Date('2026-11-19T00:00:00Z') }, 'VALIDITY_EMPTY'],
    ['a name of 65 characters', { person: [[{ type: '2.5.4.3', value: 'x'.repeat(65) }]] }, 'NAME_TOO_LONG'],
    ['an address with a letter outside ASCII', { email: 'åda@example.org' }, 'EMAIL_BAD'],
    ['a UPN without @', { upn: 'ada' }, 'UPN_BAD'],
    ['a SID that is none', { sid: 'S-1' }, 'SID_BAD'],
    ['a card UUID of zeros', { cardUuid: new Uint8Array(16) }, 'CARD_UUID_BAD'],
    ['a FASC-N of 24 octets', { fascN: new Uint8Array(24) }, 'FASC_N_BAD'],
    ['a Kerberos principal with an empty part', { kerberos: { principal: 'a//b', realm: 'R' } }, 'KERBEROS_BAD'],
    ['a key that is not one', { publicKey: new Uint8Array([0x30, 0]) }, 'KEY_NOT_ALLOWED'],
    ['an RSA-1024 key', { publicKey: rsa1024() }, 'KEY_NOT_ALLOWED'],
  ])('refuses %s', (_, change, code) => {
    const result = HOLDER_PROFILES['piv-authentication'](holderRequest(key.publicKeySpki, change), authority.issuer)
    expect(result.ok ? [] : result.refusals.map(refusal => refusal.code)).toEqual([code])
  })

  test('refuses a signing-only key for key management', () => {
    const request = holderRequest(testKey('ed25519').publicKeySpki)
    const result = HOLDER_PROFILES['key-management'](request, authority.issuer)
    expect(result.ok ? [] : result.refusals.map(refusal => refusal.code)).toEqual(['KEY_NOT_ALLOWED'])
  })
})

function rsa1024(): Uint8Array {
  const pem = openssl(['genrsa', '1024']).stdout
  return new Uint8Array(openssl(['pkey', '-pubout', '-outform', 'DER'], pem).stdout)
}
