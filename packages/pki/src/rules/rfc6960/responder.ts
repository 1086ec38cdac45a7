import { OCSP_NOCHECK } from '../../extensions/ocsp-nocheck.ts'
import { MAX_OCSP_RESPONDER_DAYS } from '../../profiles/ocsp-responder.ts'
import { DAY } from '../../profiles/profile.ts'
import { type Rule, unless } from '../rule.ts'

/** RFC 6960 §4.2.2.2.1: with nocheck nobody asks for the responder's status, so the certificate must be short-lived. */
export const responder: Rule = {
  id: 'rfc6960/responder',
  profiles: ['ocsp-responder'],
  check: ({ extensions, notBefore, notAfter }) => [
    ...unless(extensions.has(OCSP_NOCHECK), 'id-pkix-ocsp-nocheck is missing'),
    ...unless(
      notAfter.getTime() - notBefore.getTime() <= MAX_OCSP_RESPONDER_DAYS * DAY,
      `Valid for more than ${MAX_OCSP_RESPONDER_DAYS} days`,
    ),
  ],
}
