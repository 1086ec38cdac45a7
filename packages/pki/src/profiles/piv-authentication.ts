import { extKeyUsage, PURPOSE } from '../extensions/ext-key-usage.ts'
import { keyUsage } from '../extensions/key-usage.ts'
import { sidExtension } from '../extensions/sid.ts'
import { subjectAltName } from '../extensions/subject-alt-name.ts'
import { certificateOrRefusals } from './certificate-or-refusals.ts'
import { type HolderRequest, type Issuer, MAX_HOLDER_DAYS, type ProfileResult } from './profile.ts'
import {
  checkCardIdentity,
  checkEmail,
  checkKey,
  checkLogonNames,
  checkName,
  checkValidity,
  isSigningKey,
} from './request-checks.ts'

/**
 * Key 9A: log-on to Windows, Kerberos (PKINIT) and TLS, and ssh. Common Policy profile "PIV Authentication" (FIPS 201-3
 * §4.2.2.1) with the purposes that domain controllers and KDCs ask for; the SID binds it to an Active Directory account as
 * they demand since February 2025 (KB5014754).
 */
export function pivAuthentication(request: HolderRequest, issuer: Issuer): ProfileResult {
  const { cardUuid, cardholderUuid, fascN, upn, kerberos, email, sid } = request
  const subject = [...request.organization, ...request.person]
  const refusals = [
    ...checkKey(request.publicKey, isSigningKey),
    ...checkValidity(request, { maxDays: MAX_HOLDER_DAYS, issuer, cardNotAfter: request.cardNotAfter }),
    ...checkName(subject),
    ...checkCardIdentity(request),
    ...checkEmail(request),
    ...checkLogonNames(request),
  ]
  return certificateOrRefusals(request, issuer, refusals, () => ({
    subject,
    extensions: [
      keyUsage(['digitalSignature']),
      extKeyUsage([PURPOSE.clientAuth, PURPOSE.smartCardLogon, PURPOSE.pkinitClient]),
      subjectAltName({
        ...(fascN && { fascN }),
        ...(upn !== undefined && { upn }),
        ...(kerberos && { kerberos }),
        emails: email === undefined ? [] : [email],
        uuids: cardholderUuid ? [cardUuid, cardholderUuid] : [cardUuid],
        uris: [],
      }),
      ...(sid === undefined ? [] : [sidExtension(sid)]),
    ],
  }))
}
