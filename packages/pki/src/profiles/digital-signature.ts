import { extKeyUsage, PURPOSE } from '../extensions/ext-key-usage.ts'
import { keyUsage } from '../extensions/key-usage.ts'
import { subjectAltName } from '../extensions/subject-alt-name.ts'
import { certificateOrRefusals } from './certificate-or-refusals.ts'
import { type HolderRequest, type Issuer, MAX_HOLDER_DAYS, type ProfileResult } from './profile.ts'
import { checkEmail, checkKey, checkName, checkValidity, isSigningKey } from './request-checks.ts'

/** Key 9C: signs mail and documents. Common Policy profile "Digital Signature" (FIPS 201-3 §4.2.2.3). */
export function digitalSignature(request: HolderRequest, issuer: Issuer): ProfileResult {
  const subject = [...request.organization, ...request.person]
  const refusals = [
    ...checkKey(request.publicKey, isSigningKey),
    ...checkValidity(request, { maxDays: MAX_HOLDER_DAYS, issuer, cardNotAfter: request.cardNotAfter }),
    ...checkName(subject),
    ...checkEmail(request),
  ]
  return certificateOrRefusals(request, issuer, refusals, () => ({
    subject,
    extensions: [
      keyUsage(['digitalSignature', 'nonRepudiation']),
      extKeyUsage([PURPOSE.emailProtection, PURPOSE.msDocumentSigning]),
      ...(request.email === undefined ? [] : [subjectAltName({ emails: [request.email], uuids: [], uris: [] })]),
    ],
  }))
}
