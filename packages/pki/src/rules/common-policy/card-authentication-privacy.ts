import { decodeSubjectAltName, SUBJECT_ALT_NAME } from '../../extensions/subject-alt-name.ts'
import { ATTRIBUTE_OID } from '../../name/attribute-type.ts'
import { type Rule, unless } from '../rule.ts'

const PERSONAL: readonly string[] = [ATTRIBUTE_OID.GN, ATTRIBUTE_OID.SN, ATTRIBUTE_OID.emailAddress, ATTRIBUTE_OID.UID]

/** FIPS 201-3 §4.2.2.2: anybody near the card can read the 9E certificate, so it must not tell who holds the card. */
export const cardAuthenticationPrivacy: Rule = {
  id: 'common-policy/card-authentication-privacy',
  profiles: ['card-authentication'],
  check({ subject, extensions }) {
    const extension = extensions.get(SUBJECT_ALT_NAME)
    const names = extension && decodeSubjectAltName(extension.value)
    const hasPersonalName = names && (names.upn !== undefined || names.kerberos || names.emails.length > 0)
    return [
      ...unless(!hasPersonalName, 'Subject alternative name tells who the holder is'),
      ...unless(!subject.name.flat().some(({ type }) => PERSONAL.includes(type)), 'Subject tells who the holder is'),
    ]
  },
}
