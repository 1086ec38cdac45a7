import { basicConstraints } from '../extensions/basic-constraints.ts'
import { keyUsage } from '../extensions/key-usage.ts'
import { subjectKeyIdentifier } from '../extensions/subject-key-identifier.ts'
import { keyIdentifier } from '../key/key-identifier.ts'
import { encodeName } from '../name/name.ts'
import type { ProfileResult, ServiceRequest } from './profile.ts'
import { checkKey, checkName, checkValidity, isSigningKey } from './request-checks.ts'

export const MAX_ROOT_CA_DAYS = 7320

/** Self-signed trust anchor. No CDP or AIA: nobody can say through the root that the root is no longer to be trusted. */
export function rootCa(request: ServiceRequest): ProfileResult {
  const refusals = [
    ...checkKey(request.publicKey, isSigningKey),
    ...checkValidity(request, { maxDays: MAX_ROOT_CA_DAYS }),
    ...checkName(request.subject),
  ]
  if (refusals.length > 0) return { ok: false, refusals }
  const subject = encodeName(request.subject)
  return {
    ok: true,
    tbs: {
      serialNumber: request.serialNumber,
      issuer: subject,
      subject,
      notBefore: request.notBefore,
      notAfter: request.notAfter,
      publicKey: request.publicKey,
      extensions: [
        basicConstraints({ ca: true }),
        keyUsage(['keyCertSign', 'cRLSign']),
        subjectKeyIdentifier(keyIdentifier(request.publicKey)),
      ],
    },
  }
}
