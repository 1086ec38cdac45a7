import { decodeSubjectKeyIdentifier, SUBJECT_KEY_IDENTIFIER } from '../../extensions/subject-key-identifier.ts'
import type { Rule } from '../rule.ts'

/** RFC 5280 §4.2.1.2: present in CA certificates, wanted in all; not critical. Any method of making it is allowed. */
export const subjectKeyIdentifier: Rule = {
  id: 'rfc5280/subject-key-identifier',
  check({ extensions }) {
    const extension = extensions.get(SUBJECT_KEY_IDENTIFIER)
    if (!extension) return ['Subject key identifier is missing']
    if (extension.critical) return ['Subject key identifier is critical']
    return decodeSubjectKeyIdentifier(extension.value).length === 0 ? ['Subject key identifier is empty'] : []
  },
}
