import type { Extension } from '../certificate/extension.ts'
import type { Certificate } from '../certificate/parse.ts'
import { authorityInfoAccess } from '../extensions/authority-info-access.ts'
import { authorityKeyIdentifier } from '../extensions/authority-key-identifier.ts'
import { certificatePolicies } from '../extensions/certificate-policies.ts'
import { crlDistributionPoints } from '../extensions/crl-distribution-points.ts'
import {
  decodeSubjectKeyIdentifier,
  SUBJECT_KEY_IDENTIFIER,
  subjectKeyIdentifier,
} from '../extensions/subject-key-identifier.ts'
import { keyIdentifier } from '../key/key-identifier.ts'
import type { CommonRequest, Issuer } from './profile.ts'

/** The identifier the issuer gave itself; computed when its certificate has none (RFC 5280 §4.2.1.1). */
export function issuerKeyIdentifier(issuer: Certificate): Uint8Array {
  const own = issuer.extensions.get(SUBJECT_KEY_IDENTIFIER)
  return own ? decodeSubjectKeyIdentifier(own.value) : keyIdentifier(issuer.publicKey.spki)
}

const whenAny = <T>(list: readonly T[] | undefined, extension: (list: readonly T[]) => Extension): Extension[] =>
  list && list.length > 0 ? [extension(list)] : []

/** What every certificate below a CA carries: both key identifiers, policies, where to ask for its status. */
export function issuerExtensions(request: CommonRequest, issuer: Issuer): Extension[] {
  const { crlUrls, caIssuersUrls, ocspUrls } = issuer
  return [
    subjectKeyIdentifier(keyIdentifier(request.publicKey)),
    authorityKeyIdentifier(issuerKeyIdentifier(issuer.certificate)),
    ...whenAny(request.policies, certificatePolicies),
    ...whenAny(crlUrls, crlDistributionPoints),
    ...whenAny([...caIssuersUrls, ...ocspUrls], () =>
      authorityInfoAccess({ caIssuers: caIssuersUrls, ocsp: ocspUrls }),
    ),
  ]
}
