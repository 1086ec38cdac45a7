import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  CARD_UUID,
  holderRequest,
  NOT_AFTER,
  NOW,
  type TestAuthority,
  tbsOf,
  testAuthority,
} from '../../test/authority.ts'
import { testKey } from '../../test/keys.ts'
import { signCertificate, type TbsCertificate } from '../certificate/build.ts'
import { basicConstraints } from '../extensions/basic-constraints.ts'
import { extKeyUsage, PURPOSE } from '../extensions/ext-key-usage.ts'
import { keyUsage } from '../extensions/key-usage.ts'
import { sidExtension } from '../extensions/sid.ts'
import { subjectAltName } from '../extensions/subject-alt-name.ts'
import { encodeName, nameOf } from '../name/name.ts'
import { HOLDER_PROFILES } from '../profiles/index.ts'
import type { HolderProfileName } from '../profiles/profile.ts'
import { checkCertificate, RULES } from './check-certificate.ts'
import type { Expectation } from './rule.ts'

/** A CA that does not do as asked: each case changes one thing, and exactly the rule for it must object. */
let authority: TestAuthority
const key = testKey('ecdsa-p256-sha256')
const otherKey = testKey('ecdsa-p384-sha384')
beforeAll(async () => {
  authority = await testAuthority('ecdsa-p384-sha384')
})

const request = holderRequest(key.publicKeySpki)
const { email = '', upn = '', sid = '', kerberos = { principal: '', realm: '' } } = request
const expectation = (profile: HolderProfileName): Expectation => ({
  profile,
  issuer: authority.issuer.certificate,
  publicKey: key.publicKeySpki,
  now: NOW,
  cardUuid: CARD_UUID,
  cardNotAfter: NOT_AFTER,
  email,
  upn,
  sid,
  kerberos,
})

const tbs = (profile: HolderProfileName): TbsCertificate => tbsOf(HOLDER_PROFILES[profile](request, authority.issuer))
const without = (content: TbsCertificate, ...oids: string[]) => ({
  ...content,
  extensions: content.extensions.filter(({ oid }) => !oids.includes(oid)),
})
const replace = (content: TbsCertificate, ...extensions: TbsCertificate['extensions']) => ({
  ...content,
  extensions: [...without(content, ...extensions.map(({ oid }) => oid)).extensions, ...extensions],
})

type Change = (content: TbsCertificate) => TbsCertificate
const cases: [HolderProfileName, string, string[], Change][] = [
  ['piv-authentication', 'another key', ['request/public-key'], c => ({ ...c, publicKey: otherKey.publicKeySpki })],
  [
    'piv-authentication',
    'another issuer name',
    ['rfc5280/issuer-name'],
    c => ({ ...c, issuer: encodeName(nameOf(['CN', 'X'])) }),
  ],
  [
    'piv-authentication',
    'a short serial number',
    ['rfc5280/serial-number'],
    c => ({ ...c, serialNumber: Uint8Array.of(1, 2, 3) }),
  ],
  [
    'piv-authentication',
    'longer than the CA',
    ['common-policy/validity-period', 'fips201/card-expiry', 'rfc5280/validity'],
    c => ({ ...c, notAfter: new Date('2040-01-01T00:00:00Z') }),
  ],
  [
    'piv-authentication',
    'longer than the card',
    ['fips201/card-expiry'],
    c => ({ ...c, notBefore: new Date('2026-12-01T00:00:00Z'), notAfter: new Date('2029-11-25T00:00:00Z') }),
  ],
  [
    'piv-authentication',
    'already expired',
    ['rfc5280/validity'],
    c => ({ ...c, notAfter: new Date('2026-11-20T06:00:00Z') }),
  ],
  ['piv-authentication', 'no subject', ['rfc5280/subject'], c => ({ ...c, subject: encodeName([]) })],
  [
    'piv-authentication',
    'a CA certificate',
    ['rfc5280/basic-constraints'],
    c => replace(c, basicConstraints({ ca: true })),
  ],
  [
    'piv-authentication',
    'key usage for signing CRLs',
    ['common-policy/key-usage'],
    c => replace(c, keyUsage(['digitalSignature', 'cRLSign'])),
  ],
  [
    'piv-authentication',
    'key usage not critical',
    ['common-policy/key-usage'],
    c => replace(c, { ...keyUsage(['digitalSignature']), critical: false }),
  ],
  [
    'piv-authentication',
    'no log-on purpose',
    ['common-policy/ext-key-usage'],
    c => replace(c, extKeyUsage([PURPOSE.clientAuth])),
  ],
  ['piv-authentication', 'no SAN', ['request/names', 'sp800-73/card-uuid'], c => without(c, '2.5.29.17')],
  [
    'piv-authentication',
    'another UPN',
    ['request/names', 'sp800-73/card-uuid'],
    c => replace(c, subjectAltName({ upn: 'root@x', kerberos, emails: [], uuids: [], uris: [] })),
  ],
  ['piv-authentication', 'another SID', ['request/names'], c => replace(c, sidExtension('S-1-5-21-1-2-3-500'))],
  ['piv-authentication', 'no SID', ['request/names'], c => without(c, '1.3.6.1.4.1.311.25.2')],
  ['piv-authentication', 'no SKI', ['rfc5280/subject-key-identifier'], c => without(c, '2.5.29.14')],
  ['piv-authentication', 'no AKI', ['rfc5280/authority-key-identifier'], c => without(c, '2.5.29.35')],
  ['piv-authentication', 'no CDP', ['rfc5280/crl-distribution-points'], c => without(c, '2.5.29.31')],
  ['piv-authentication', 'no AIA', ['rfc5280/authority-info-access'], c => without(c, '1.3.6.1.5.5.7.1.1')],
  [
    'piv-authentication',
    'an unknown critical extension',
    ['rfc5280/critical-extensions'],
    c => replace(c, { oid: '1.2.3.4', critical: true, value: Uint8Array.of(5, 0) }),
  ],
  [
    'piv-authentication',
    'a SAN that is no DER',
    ['request/names', 'sp800-73/card-uuid'],
    c => replace(c, { oid: '2.5.29.17', critical: false, value: Uint8Array.of(0x30, 9) }),
  ],
  [
    'card-authentication',
    'an e-mail address',
    ['common-policy/card-authentication-privacy'],
    c => replace(c, subjectAltName({ emails: [email], uuids: [CARD_UUID], uris: [] })),
  ],
  [
    'card-authentication',
    'further purposes',
    ['common-policy/ext-key-usage'],
    c => replace(c, extKeyUsage([PURPOSE.pivCardAuth, PURPOSE.clientAuth], true)),
  ],
  [
    'card-authentication',
    'purpose not critical',
    ['common-policy/ext-key-usage'],
    c => replace(c, extKeyUsage([PURPOSE.pivCardAuth])),
  ],
  ['digital-signature', 'no e-mail address', ['request/names'], c => without(c, '2.5.29.17')],
  [
    'digital-signature',
    'somebody else as UPN',
    ['request/names'],
    c => replace(c, subjectAltName({ upn: 'root@x', emails: [email], uuids: [], uris: [] })),
  ],
  [
    'key-management',
    'key usage for RSA on an EC key',
    ['common-policy/key-usage'],
    c => replace(c, keyUsage(['keyEncipherment'])),
  ],
  [
    'key-management',
    'client authentication',
    ['common-policy/ext-key-usage'],
    c => replace(c, extKeyUsage([PURPOSE.emailProtection, PURPOSE.clientAuth])),
  ],
]

const broken = async (profile: HolderProfileName, change: Change) => {
  const certificate = await signCertificate(change(tbs(profile)), authority.issuingKey)
  const findings = checkCertificate(certificate, expectation(profile))
  return [...new Set(findings.map(({ rule }) => rule))].sort()
}

test.each(cases)('%s with %s breaks %j', async (profile, _, rules, change) => {
  expect(await broken(profile, change)).toEqual(rules)
})

test.each(Object.keys(HOLDER_PROFILES) as HolderProfileName[])('%s as asked breaks nothing', async profile => {
  expect(await broken(profile, content => content)).toEqual([])
})

describe('signature', () => {
  test('made by another key', async () => {
    const certificate = await signCertificate(tbs('piv-authentication'), authority.rootKey)
    const rules = checkCertificate(certificate, expectation('piv-authentication')).map(({ rule }) => rule)
    expect(rules).toEqual(['rfc5280/signature'])
  })

  test('with a hash that is not allowed', async () => {
    const certificate = await signCertificate(tbs('piv-authentication'), authority.issuingKey)
    // The identifier of ecdsa-with-SHA384 becomes that of ecdsa-with-SHA224, which has the same length and is as little allowed as SHA-1.
    const hex = Buffer.from(certificate).toString('hex').replaceAll('2a8648ce3d040303', '2a8648ce3d040301')
    const rules = checkCertificate(new Uint8Array(Buffer.from(hex, 'hex')), expectation('piv-authentication')).map(
      ({ rule }) => rule,
    )
    expect(rules).toEqual(['rfc5280/signature', 'sp800-78/signature-algorithm'])
  })
})

test('bytes that are no certificate are a finding', () => {
  const [finding, ...rest] = checkCertificate(Uint8Array.of(1, 2, 3), expectation('piv-authentication'))
  expect(finding?.rule).toBe('rfc5280/encoding')
  expect(rest).toEqual([])
})

test('every rule is named after its file', () => {
  for (const { id } of RULES) expect(existsSync(join(import.meta.dirname, `${id}.ts`)), id).toBe(true)
})
