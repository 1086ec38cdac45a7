import { hexToBytes } from '@cardwright/card'
import { checkCertificate, digest, type Expectation, type Finding, formatName, parseCertificate } from '@cardwright/pki'
import { RefusalError, refuse } from '../outcome/refusal.ts'
import type { CertificateProfile } from '../policy/device-policy.ts'
import type { IssueCertificate, IssuedCertificate } from '../ports/certificate-authority.ts'

const carriesEmail: readonly CertificateProfile[] = ['piv-authentication', 'digital-signature', 'key-management']

/** What the store keeps of a certificate besides its bytes; names as RFC 4514 writes them. */
export const describeCertificate = (
  der: Uint8Array,
): { readonly subject: string; readonly issuer: string; readonly notBefore: number; readonly notAfter: number } => {
  const { subject, issuer, notBefore, notAfter } = parseCertificate(der)
  return {
    subject: formatName(subject.name),
    issuer: formatName(issuer.name),
    notBefore: notBefore.getTime(),
    notAfter: notAfter.getTime(),
  }
}

const withoutZeros = (hex: string): string => hex.toUpperCase().replace(/^0+/, '')

/**
 * Everything that is wrong with the CA's answer. The serial number that came beside the certificate is the handle by which it
 * is ended one day, so it must be the one inside.
 */
export const checkAnswer = (issued: IssuedCertificate, expectation: Expectation): readonly Finding[] => {
  const findings = checkCertificate(issued.certificate, expectation)
  if (findings.length > 0) return findings
  const inside = parseCertificate(issued.certificate).serialHex
  return withoutZeros(inside) === withoutZeros(issued.serialNumber)
    ? []
    : [{ rule: 'answer/serial-number', message: `the certificate has ${inside}, the answer ${issued.serialNumber}` }]
}

export const sha256Hex = (data: Uint8Array): string =>
  Array.from(digest('sha256', data), byte => byte.toString(16).padStart(2, '0')).join('')

/**
 * What the rules hold the CA's answer against: our request, and the issuer that came with it. The names are those that
 * each profile carries (CARD-FACTS §5.1): a card authentication certificate says nothing of the person.
 */
export const certificateExpectation = (
  request: IssueCertificate,
  issued: IssuedCertificate,
  cardNotAfter: number,
  now: number,
): Expectation => {
  const { subject, profile } = request
  const isLogOn = profile === 'piv-authentication'
  const [issuer] = issued.chain
  if (!issuer)
    throw new RefusalError(refuse('CA_REFUSED', { slot: '', detail: 'the answer holds no issuer certificate' }))
  return {
    profile,
    issuer: parseCertificate(issuer),
    publicKey: request.publicKeySpki,
    now: new Date(now),
    cardNotAfter: new Date(cardNotAfter),
    cardUuid: hexToBytes(subject.cardUuid.replaceAll('-', '').toUpperCase()),
    ...(isLogOn && subject.upn ? { upn: subject.upn } : {}),
    ...(isLogOn && subject.kerberos ? { kerberos: subject.kerberos } : {}),
    ...(isLogOn && subject.sid ? { sid: subject.sid } : {}),
    ...(carriesEmail.includes(profile) && subject.email ? { email: subject.email } : {}),
  }
}
