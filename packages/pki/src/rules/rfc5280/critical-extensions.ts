import { BASIC_CONSTRAINTS } from '../../extensions/basic-constraints.ts'
import { CERTIFICATE_POLICIES } from '../../extensions/certificate-policies.ts'
import { EXT_KEY_USAGE } from '../../extensions/ext-key-usage.ts'
import { KEY_USAGE } from '../../extensions/key-usage.ts'
import { SUBJECT_ALT_NAME } from '../../extensions/subject-alt-name.ts'
import type { Rule } from '../rule.ts'

const UNDERSTOOD = new Set([BASIC_CONSTRAINTS, KEY_USAGE, EXT_KEY_USAGE, SUBJECT_ALT_NAME, CERTIFICATE_POLICIES])

/** RFC 5280 §4.2: a critical extension that a program does not know makes it refuse the certificate; so there must be none. */
export const criticalExtensions: Rule = {
  id: 'rfc5280/critical-extensions',
  check: ({ extensions }) =>
    [...extensions.values()]
      .filter(({ oid, critical }) => critical && !UNDERSTOOD.has(oid))
      .map(({ oid }) => `Extension ${oid} is critical, programs that do not know it will refuse the certificate`),
}
