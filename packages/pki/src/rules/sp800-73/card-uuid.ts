import { equalBytes } from '../../bytes.ts'
import { decodeSubjectAltName, SUBJECT_ALT_NAME } from '../../extensions/subject-alt-name.ts'
import type { Rule } from '../rule.ts'

/** SP 800-73pt1-5 §3.4.1: the GUID of the CHUID is in 9A and 9E as `urn:uuid:` URI; it ties the certificate to this card. */
export const cardUuid: Rule = {
  id: 'sp800-73/card-uuid',
  profiles: ['piv-authentication', 'card-authentication'],
  check({ extensions }, { cardUuid: wanted }) {
    if (!wanted) return []
    const extension = extensions.get(SUBJECT_ALT_NAME)
    const uuids = extension ? decodeSubjectAltName(extension.value).uuids : []
    return uuids.some(uuid => equalBytes(uuid, wanted))
      ? []
      : ["The card's UUID is not among the subject alternative names"]
  },
}
