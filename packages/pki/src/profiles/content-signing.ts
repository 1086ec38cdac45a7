import { extKeyUsage, PURPOSE } from '../extensions/ext-key-usage.ts'
import { keyUsage } from '../extensions/key-usage.ts'
import { certificateOrRefusals } from './certificate-or-refusals.ts'
import type { Issuer, ProfileResult, ServiceRequest } from './profile.ts'
import { checkKey, checkName, checkValidity, isSigningKey } from './request-checks.ts'

/** Nine years: the signature must outlive every card that it vouches for (Common Policy profile "PIV Content Signing"). */
export const MAX_CONTENT_SIGNING_DAYS = 3288

/** Signs CHUIDs and security objects. id-PIV-content-signing is its only purpose (FIPS 201-3 §4.2.1). */
export function contentSigning(request: ServiceRequest, issuer: Issuer): ProfileResult {
  const refusals = [
    ...checkKey(request.publicKey, key => isSigningKey(key) && key.kind !== 'ed25519'),
    ...checkValidity(request, { maxDays: MAX_CONTENT_SIGNING_DAYS, issuer }),
    ...checkName(request.subject),
  ]
  return certificateOrRefusals(request, issuer, refusals, () => ({
    subject: request.subject,
    extensions: [keyUsage(['digitalSignature']), extKeyUsage([PURPOSE.pivContentSigning], true)],
  }))
}
