import { equalBytes } from '../../bytes.ts'
import { formatName } from '../../name/rfc4514.ts'
import { type Rule, unless } from '../rule.ts'

/** RFC 5280 §6.1.3 (a)(4): the issuer is the CA's subject. Byte for byte, as most programs compare. */
export const issuerName: Rule = {
  id: 'rfc5280/issuer-name',
  check: (certificate, { issuer }) =>
    unless(
      equalBytes(certificate.issuer.der, issuer.subject.der),
      `Issuer is "${formatName(certificate.issuer.name)}", the CA is "${formatName(issuer.subject.name)}"`,
    ),
}
