import { extKeyUsage, PURPOSE } from '../extensions/ext-key-usage.ts'
import { keyUsage } from '../extensions/key-usage.ts'
import { ocspNocheck } from '../extensions/ocsp-nocheck.ts'
import { certificateOrRefusals } from './certificate-or-refusals.ts'
import type { Issuer, ProfileResult, ServiceRequest } from './profile.ts'
import { checkKey, checkName, checkValidity, isSigningKey } from './request-checks.ts'

/** Nobody can revoke it (nocheck), so it is short-lived: Common Policy, delegated OCSP responder profile. */
export const MAX_OCSP_RESPONDER_DAYS = 120

/** Delegated OCSP responder, issued directly by the CA whose certificates it answers for (RFC 6960 §4.2.2.2). */
export function ocspResponder(request: ServiceRequest, issuer: Issuer): ProfileResult {
  const refusals = [
    ...checkKey(request.publicKey, isSigningKey),
    ...checkValidity(request, { maxDays: MAX_OCSP_RESPONDER_DAYS, issuer }),
    ...checkName(request.subject),
  ]
  return certificateOrRefusals(request, issuer, refusals, () => ({
    subject: request.subject,
    extensions: [keyUsage(['digitalSignature']), extKeyUsage([PURPOSE.ocspSigning], true), ocspNocheck()],
  }))
}
