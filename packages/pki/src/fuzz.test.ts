import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { FASC_N, holderRequest, NOW, type TestAuthority, tbsOf, testAuthority } from '../test/authority.ts'
import { testKey } from '../test/keys.ts'
import { signCertificate } from './certificate/build.ts'
import { parseCertificate } from './certificate/parse.ts'
import { signCrl } from './crl/build.ts'
import { parseCrl } from './crl/parse.ts'
import { parseCsr } from './csr/csr.ts'
import { decodeAuthorityInfoAccess } from './extensions/authority-info-access.ts'
import { decodeAuthorityKeyIdentifier } from './extensions/authority-key-identifier.ts'
import { decodeBasicConstraints } from './extensions/basic-constraints.ts'
import { decodeCertificatePolicies } from './extensions/certificate-policies.ts'
import { decodeCrlDistributionPoints } from './extensions/crl-distribution-points.ts'
import { decodeCrlNumber } from './extensions/crl-number.ts'
import { decodeExtKeyUsage } from './extensions/ext-key-usage.ts'
import { decodeKeyUsage } from './extensions/key-usage.ts'
import { decodeSidExtension } from './extensions/sid.ts'
import { decodeSubjectAltName } from './extensions/subject-alt-name.ts'
import { decodeSubjectKeyIdentifier } from './extensions/subject-key-identifier.ts'
import { assembleCsr, checkCertificate, encodeCertId, encodeCsrInfo, encodeOcspRequest, PkiError } from './index.ts'
import { parsePublicKey } from './key/public-key.ts'
import { decodeName } from './name/name.ts'
import { decodeNonce } from './ocsp/nonce.ts'
import { parseOcspRequest } from './ocsp/request.ts'
import { HOLDER_PROFILES } from './profiles/index.ts'
import { issuerKeyIdentifier } from './profiles/issuer-extensions.ts'

/** Whoever sends it (card, CA, client), a decoder answers a value or a PkiError, and nothing else escapes. */
const answers = (decode: (bytes: Uint8Array) => unknown) => (bytes: Uint8Array) => {
  try {
    decode(bytes)
  } catch (error) {
    expect(error).toBeInstanceOf(PkiError)
  }
}

const decoders: Record<string, (bytes: Uint8Array) => unknown> = {
  parseCertificate,
  parseCsr,
  parseCrl,
  parseOcspRequest,
  parsePublicKey,
  decodeName,
  decodeNonce,
  decodeBasicConstraints,
  decodeKeyUsage,
  decodeExtKeyUsage,
  decodeSubjectAltName,
  decodeSubjectKeyIdentifier,
  decodeAuthorityKeyIdentifier,
  decodeCrlDistributionPoints,
  decodeAuthorityInfoAccess,
  decodeCertificatePolicies,
  decodeSidExtension,
  decodeCrlNumber,
}

describe('arbitrary octets', () => {
  test.each(Object.entries(decoders))('%s', (_, decode) => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), answers(decode)), { numRuns: 500 })
  })
})

/** Nested elements that look like DER get further into a decoder than noise does. */
const der: fc.Arbitrary<Uint8Array> = fc.letrec<{ node: Uint8Array }>(tie => ({
  node: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    fc
      .tuple(
        fc.constantFrom(1, 2, 3, 4, 5, 6, 10, 12, 19, 22, 23, 24, 0x80, 0x81, 0x86),
        fc.uint8Array({ maxLength: 20 }),
      )
      .map(([tag, value]) => Uint8Array.from([tag, value.length, ...value])),
    fc
      .tuple(fc.constantFrom(0x30, 0x31, 0xa0, 0xa1, 0xa3, 0xa4), fc.array(tie('node'), { maxLength: 5 }))
      .map(([tag, parts]) => {
        const value = parts.flatMap(part => [...part])
        return Uint8Array.from([tag, 0x82, value.length >> 8, value.length & 0xff, ...value])
      })
      .filter(bytes => bytes.length < 4000),
  ),
})).node

describe('arbitrary trees of elements', () => {
  test.each(Object.entries(decoders))('%s', (_, decode) => {
    fc.assert(fc.property(der, answers(decode)), { numRuns: 300 })
  })
})

describe('good input with octets changed, cut off or put in', () => {
  const key = testKey('ecdsa-p256-sha256')
  let authority: TestAuthority
  const good: Record<string, Uint8Array> = {}
  beforeAll(async () => {
    authority = await testAuthority('ecdsa-p256-sha256')
    const issuer = authority.issuer.certificate
    const request = holderRequest(key.publicKeySpki, { fascN: FASC_N, policies: ['1.2.3'] })
    good.parseCertificate = await signCertificate(
      tbsOf(HOLDER_PROFILES['piv-authentication'](request, authority.issuer)),
      authority.issuingKey,
    )
    const info = encodeCsrInfo({
      subject: issuer.subject.der,
      publicKey: key.publicKeySpki,
      extensions: [...issuer.extensions.values()],
    })
    good.parseCsr = assembleCsr(info, key.algorithm, await key.sign(info))
    const revoked = [{ serialNumber: Uint8Array.of(1, 2), revokedAt: NOW, reason: 'superseded' as const }]
    const crl = {
      issuer: issuer.subject.der,
      issuerKeyIdentifier: issuerKeyIdentifier(issuer),
      number: 7n,
      thisUpdate: NOW,
      nextUpdate: NOW,
      revoked,
    }
    good.parseCrl = await signCrl(crl, authority.issuingKey)
    good.parseOcspRequest = encodeOcspRequest([encodeCertId('sha1', issuer, Uint8Array.of(5))], new Uint8Array(32))
    good.parsePublicKey = key.publicKeySpki
  })

  const change = fc.array(
    fc.tuple(fc.nat(4000), fc.constantFrom('set', 'cut', 'insert', 'flip'), fc.integer({ min: 0, max: 255 })),
    { minLength: 1, maxLength: 4 },
  )
  const changed = (bytes: Uint8Array, changes: [number, string, number][]) => {
    const out = [...bytes]
    for (const [position, how, value] of changes) {
      const at = out.length === 0 ? 0 : position % out.length
      if (how === 'set') out[at] = value
      else if (how === 'flip') out[at] = (out[at] ?? 0) ^ (1 << (value & 7))
      else if (how === 'insert') out.splice(at, 0, value)
      else out.splice(at, 1 + (value & 3))
    }
    return Uint8Array.from(out)
  }

  test.each(['parseCertificate', 'parseCsr', 'parseCrl', 'parseOcspRequest', 'parsePublicKey'])('%s', name => {
    const bytes = good[name] as Uint8Array
    const decode = decoders[name] as (bytes: Uint8Array) => unknown
    expect(() => decode(bytes)).not.toThrow()
    fc.assert(
      fc.property(change, changes => answers(decode)(changed(bytes, changes))),
      { numRuns: 2000 },
    )
  })

  test('a certificate with any octet changed has a finding, and checking it throws nothing', () => {
    const bytes = good.parseCertificate as Uint8Array
    const expectation = {
      profile: 'piv-authentication',
      issuer: authority.issuer.certificate,
      publicKey: key.publicKeySpki,
      now: NOW,
    } as const
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, difference) => {
        const other = Uint8Array.from(bytes)
        other[at] = (other[at] as number) ^ difference
        expect(checkCertificate(other, expectation)).not.toEqual([])
      }),
      { numRuns: 500 },
    )
  })
})
