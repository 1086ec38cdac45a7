import { type Rule, unless } from '../rule.ts'

/** RFC 5280 §4.1.2.5 and §6.1: in order, not over yet, and inside the validity of the CA, outside of which no path is valid. */
export const validity: Rule = {
  id: 'rfc5280/validity',
  check: ({ notBefore, notAfter }, { issuer, now }) => [
    ...unless(notBefore < notAfter, 'Validity ends before it begins'),
    ...unless(now < notAfter, `Expired ${notAfter.toISOString()}`),
    ...unless(notBefore >= issuer.notBefore, 'Validity begins before that of the issuing CA'),
    ...unless(notAfter <= issuer.notAfter, 'Validity ends after that of the issuing CA'),
  ],
}
