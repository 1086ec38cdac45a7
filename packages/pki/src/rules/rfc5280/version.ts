import { type Rule, unless } from '../rule.ts'

/** RFC 5280 §4.1.2.1: certificates with extensions are version 3. */
export const version: Rule = {
  id: 'rfc5280/version',
  check: certificate => unless(certificate.version === 3, `Version is ${certificate.version}, not 3`),
}
