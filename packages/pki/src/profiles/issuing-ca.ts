import { basicConstraints } from '../extensions/basic-constraints.ts'
import { keyUsage } from '../extensions/key-usage.ts'
import { certificateOrRefusals } from './certificate-or-refusals.ts'
import type { Issuer, ProfileResult, ServiceRequest } from './profile.ts'
import { checkKey, checkName, checkValidity, isSigningKey } from './request-checks.ts'

/** Long enough for a content signing certificate below it. */
export const MAX_ISSUING_CA_DAYS = 3660

/** CA below the root that issues to cards: path length 0, signs certificates and CRLs only. */
export function issuingCa(request: ServiceRequest, issuer: Issuer): ProfileResult {
  const refusals = [
    ...checkKey(request.publicKey, isSigningKey),
    ...checkValidity(request, { maxDays: MAX_ISSUING_CA_DAYS, issuer }),
    ...checkName(request.subject),
  ]
  return certificateOrRefusals(request, issuer, refusals, () => ({
    subject: request.subject,
    extensions: [basicConstraints({ ca: true, pathLength: 0 }), keyUsage(['keyCertSign', 'cRLSign'])],
  }))
}
