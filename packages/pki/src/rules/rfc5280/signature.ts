import { isSignedBy } from '../../certificate/parse.ts'
import { type Rule, unless } from '../rule.ts'

/** RFC 5280 §6.1.3 (a)(1): the issuer's key made the signature. */
export const signature: Rule = {
  id: 'rfc5280/signature',
  check: (certificate, { issuer }) =>
    unless(isSignedBy(certificate, issuer.publicKey), "The signature was not made with the issuing CA's key"),
}
