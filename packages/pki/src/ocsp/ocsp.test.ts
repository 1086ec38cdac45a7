import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { holderRequest, NOW, serial, type TestAuthority, tbsOf, testAuthority } from '../../test/authority.ts'
import { type TestKey, testKey } from '../../test/keys.ts'
import { openssl, scratch } from '../../test/openssl.ts'
import { toHex } from '../bytes.ts'
import { signCertificate } from '../certificate/build.ts'
import { type Certificate, parseCertificate } from '../certificate/parse.ts'
import { toPem } from '../certificate/pem.ts'
import { sequence } from '../der/write.ts'
import { nameOf } from '../name/name.ts'
import { ocspResponder } from '../profiles/ocsp-responder.ts'
import { pivAuthentication } from '../profiles/piv-authentication.ts'
import { certIdMatcher, encodeCertId } from './cert-id.ts'
import { decodeNonce } from './nonce.ts'
import { encodeOcspRequest, parseOcspRequest } from './request.ts'
import { type CertificateStatus, encodeOcspError, signOcspResponse } from './response.ts'

const files = scratch()
afterAll(() => files.remove())

let authority: TestAuthority
let leaf: Certificate
let responder: Uint8Array
const responderKey: TestKey = testKey('ecdsa-p256-sha256')

beforeAll(async () => {
  authority = await testAuthority('ecdsa-p384-sha384')
  const request = holderRequest(testKey('ecdsa-p256-sha256').publicKeySpki)
  leaf = parseCertificate(
    await signCertificate(tbsOf(pivAuthentication(request, authority.issuer)), authority.issuingKey),
  )
  const subject = nameOf(['O', 'Example'], ['CN', 'Example OCSP'])
  const validity = { notBefore: new Date('2026-11-01T00:00:00Z'), notAfter: new Date('2027-02-01T00:00:00Z') }
  const wanted = { subject, publicKey: responderKey.publicKeySpki, serialNumber: serial(), ...validity }
  responder = await signCertificate(tbsOf(ocspResponder(wanted, authority.issuer)), authority.issuingKey)
  files.file('issuing.pem', toPem('CERTIFICATE', authority.issuing))
  files.file('root.pem', toPem('CERTIFICATE', authority.root))
  files.file('leaf.pem', toPem('CERTIFICATE', leaf.der))
})

/** openssl asks (request file), we answer, openssl judges. */
async function ask(hash: 'sha1' | 'sha256', answer: CertificateStatus, signer = responderKey) {
  const question = [`-${hash}`, '-issuer', files.path('issuing.pem'), '-cert', files.path('leaf.pem')]
  openssl(['ocsp', ...question, '-reqout', files.path('request.der')])
  const request = parseOcspRequest(files.read('request.der'))
  const matches = certIdMatcher(authority.issuer.certificate)
  expect(request.certIds.map(certId => [matches(certId), certId.serialHex])).toEqual([[true, leaf.serialHex]])
  const input = {
    producedAt: NOW,
    thisUpdate: NOW,
    nextUpdate: new Date(NOW.getTime() + 3_600_000),
    responses: request.certIds.map(certId => ({ certId: certId.der, answer })),
    nonce: request.nonce,
    certificates: [responder],
  }
  const response = await signOcspResponse(input, signer)
  // -attime is for the path only; the age of the answer is measured by the clock, so it is given all the room there is.
  const time = ['-attime', String(NOW.getTime() / 1000), '-validity_period', '2000000000']
  const trust = ['-CAfile', files.path('root.pem'), '-verify_other', files.path('issuing.pem')]
  const answered = ['-respin', files.file('response.der', response), '-no_nonce']
  return { ...openssl(['ocsp', ...question, ...answered, ...time, ...trust]), request }
}

describe.each(['sha1', 'sha256'] as const)('openssl ocsp, CertID by %s', hash => {
  test('good', async () => {
    const { text } = await ask(hash, { status: 'good' })
    expect(text).toContain('Response verify OK')
    expect(text).toContain('leaf.pem: good')
  })

  test('revoked, with reason and time', async () => {
    const { text } = await ask(hash, { status: 'revoked', revokedAt: NOW, reason: 'certificateHold' })
    expect(text).toContain('Response verify OK')
    expect(text).toContain('leaf.pem: revoked')
    expect(text).toContain('Reason: certificateHold')
    expect(text).toContain('Revocation Time: Nov 20 12:00:00 2026 GMT')
  })

  test('unknown', async () => {
    expect((await ask(hash, { status: 'unknown' })).text).toContain('leaf.pem: unknown')
  })
})

test("the client's nonce comes back unchanged (RFC 9654 §2.1)", async () => {
  const { request } = await ask('sha1', { status: 'good' })
  const shown = openssl(['ocsp', '-respin', files.path('response.der'), '-noverify', '-resp_text']).text
  const nonce = toHex(request.nonce ?? new Uint8Array(0)).toUpperCase()
  expect(nonce).not.toBe('')
  expect(shown).toContain(nonce)
})

test('openssl refuses an answer signed by another key than the responder certificate', async () => {
  expect((await ask('sha1', { status: 'good' }, testKey('ecdsa-p256-sha256'))).text).toContain(
    'Response Verify Failure',
  )
})

test('one request may ask for many certificates', () => {
  const issuer = authority.issuer.certificate
  const asked = [Uint8Array.of(1), Uint8Array.of(2), leaf.serialNumber].map(number =>
    encodeCertId('sha256', issuer, number),
  )
  const request = parseOcspRequest(encodeOcspRequest(asked, new Uint8Array(32).fill(7)))
  expect(request.certIds.map(({ serialHex }) => serialHex)).toEqual(['01', '02', leaf.serialHex])
  expect(request.nonce).toEqual(new Uint8Array(32).fill(7))
})

test('a CertID of another CA does not match', () => {
  const [certId] = parseOcspRequest(
    encodeOcspRequest([encodeCertId('sha1', parseCertificate(authority.root), Uint8Array.of(1))]),
  ).certIds
  expect(certId && certIdMatcher(authority.issuer.certificate)(certId)).toBe(false)
})

test('a nonce has 1 to 128 octets (RFC 9654 §2.1)', () => {
  const wrap = (size: number) => Uint8Array.from([4, 0x81, size, ...new Uint8Array(size)])
  expect(decodeNonce(wrap(128))).toHaveLength(128)
  for (const bad of [Uint8Array.of(4, 0), wrap(129)]) {
    expect(() => decodeNonce(bad)).toThrow(expect.objectContaining({ code: 'der-malformed' }))
  }
})

test('a request for nothing is malformed', () => {
  expect(() => parseOcspRequest(sequence(sequence(sequence())))).toThrow(
    expect.objectContaining({ code: 'der-malformed' }),
  )
})

test('openssl reads our error answers', () => {
  const answer = files.file('error.der', encodeOcspError('malformedRequest'))
  expect(openssl(['ocsp', '-respin', answer, '-noverify']).text).toContain('malformedrequest (1)')
})
