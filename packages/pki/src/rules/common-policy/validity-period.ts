import { MAX_CONTENT_SIGNING_DAYS } from '../../profiles/content-signing.ts'
import { DAY, MAX_HOLDER_DAYS } from '../../profiles/profile.ts'
import { HOLDER, type Rule, unless } from '../rule.ts'

/** Common Policy certificate profiles v2.2: card certificates at most 1096 days, content signing 3288. */
export const validityPeriod: Rule = {
  id: 'common-policy/validity-period',
  profiles: [...HOLDER, 'content-signing'],
  check({ notBefore, notAfter }, { profile }) {
    const days = profile === 'content-signing' ? MAX_CONTENT_SIGNING_DAYS : MAX_HOLDER_DAYS
    return unless(notAfter.getTime() - notBefore.getTime() <= days * DAY, `Valid for more than ${days} days`)
  },
}
