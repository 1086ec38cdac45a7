import { parseCertificate } from '../certificate/parse.ts'
import { PkiError } from '../pki-error.ts'
import { cardAuthenticationPrivacy } from './common-policy/card-authentication-privacy.ts'
import { extKeyUsage } from './common-policy/ext-key-usage.ts'
import { keyUsage } from './common-policy/key-usage.ts'
import { validityPeriod } from './common-policy/validity-period.ts'
import { cardExpiry } from './fips201/card-expiry.ts'
import { names } from './request/names.ts'
import { publicKey } from './request/public-key.ts'
import { authorityInfoAccess } from './rfc5280/authority-info-access.ts'
import { authorityKeyIdentifier } from './rfc5280/authority-key-identifier.ts'
import { basicConstraints } from './rfc5280/basic-constraints.ts'
import { criticalExtensions } from './rfc5280/critical-extensions.ts'
import { crlDistributionPoints } from './rfc5280/crl-distribution-points.ts'
import { issuerName } from './rfc5280/issuer-name.ts'
import { serialNumber } from './rfc5280/serial-number.ts'
import { signature } from './rfc5280/signature.ts'
import { subject } from './rfc5280/subject.ts'
import { subjectKeyIdentifier } from './rfc5280/subject-key-identifier.ts'
import { validity } from './rfc5280/validity.ts'
import { version } from './rfc5280/version.ts'
import { responder } from './rfc6960/responder.ts'
import type { Expectation, Finding, Rule } from './rule.ts'
import { cardUuid } from './sp800-73/card-uuid.ts'
import { keySize } from './sp800-78/key-size.ts'
import { signatureAlgorithm } from './sp800-78/signature-algorithm.ts'

/** All rules, those first that make the rest pointless: is it our key, is it from our CA? */
export const RULES: readonly Rule[] = [
  publicKey,
  signature,
  issuerName,
  version,
  serialNumber,
  signatureAlgorithm,
  keySize,
  validity,
  validityPeriod,
  cardExpiry,
  subject,
  names,
  cardUuid,
  cardAuthenticationPrivacy,
  basicConstraints,
  keyUsage,
  extKeyUsage,
  subjectKeyIdentifier,
  authorityKeyIdentifier,
  crlDistributionPoints,
  authorityInfoAccess,
  criticalExtensions,
  responder,
]

const reason = (error: unknown): string => {
  if (error instanceof PkiError) return error.message
  throw error
}

/**
 * Everything that is wrong with a certificate, whichever CA made it; it may be accepted only when the list is empty. Bytes that
 * are no certificate, or an extension that cannot be read, are findings too, never an exception.
 */
export function checkCertificate(der: Uint8Array, expectation: Expectation): Finding[] {
  const findings: Finding[] = []
  try {
    const certificate = parseCertificate(der)
    for (const { id, profiles, check } of RULES) {
      if (profiles && !profiles.includes(expectation.profile)) continue
      try {
        for (const message of check(certificate, expectation)) findings.push({ rule: id, message })
      } catch (error) {
        findings.push({ rule: id, message: reason(error) })
      }
    }
  } catch (error) {
    findings.push({ rule: 'rfc5280/encoding', message: reason(error) })
  }
  return findings
}
