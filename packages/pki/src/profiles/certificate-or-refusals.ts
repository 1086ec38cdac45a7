import type { Extension } from '../certificate/extension.ts'
import { encodeName, type Name } from '../name/name.ts'
import { issuerExtensions } from './issuer-extensions.ts'
import type { CommonRequest, Issuer, ProfileRefusal, ProfileResult } from './profile.ts'

/** The end of every profile: refuse with all reasons, or put the certificate together. */
export function certificateOrRefusals(
  request: CommonRequest,
  issuer: Issuer,
  refusals: readonly ProfileRefusal[],
  content: () => { readonly subject: Name; readonly extensions: readonly Extension[] },
): ProfileResult {
  if (refusals.length > 0) return { ok: false, refusals }
  const { subject, extensions } = content()
  return {
    ok: true,
    tbs: {
      serialNumber: request.serialNumber,
      issuer: issuer.certificate.subject.der,
      subject: encodeName(subject),
      notBefore: request.notBefore,
      notAfter: request.notAfter,
      publicKey: request.publicKey,
      extensions: [...extensions, ...issuerExtensions(request, issuer)],
    },
  }
}
