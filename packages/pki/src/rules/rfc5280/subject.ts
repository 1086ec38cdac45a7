import { SUBJECT_ALT_NAME } from '../../extensions/subject-alt-name.ts'
import type { Rule } from '../rule.ts'

/** RFC 5280 §4.1.2.6: a subject, or else a critical subjectAltName; only 9E may do without (Common Policy). */
export const subject: Rule = {
  id: 'rfc5280/subject',
  check({ subject: { name }, extensions }, { profile }) {
    if (name.length > 0) return []
    if (profile !== 'card-authentication') return ['Subject is empty']
    return extensions.get(SUBJECT_ALT_NAME)?.critical ? [] : ['Subject is empty, but subjectAltName is not critical']
  },
}
