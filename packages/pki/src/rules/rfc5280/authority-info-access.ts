import { AUTHORITY_INFO_ACCESS, decodeAuthorityInfoAccess } from '../../extensions/authority-info-access.ts'
import { HOLDER, type Rule, unless } from '../rule.ts'

/** RFC 5280 §4.2.2.1 and Common Policy: where the CA's certificate and its OCSP responder are, by http and not https. */
export const authorityInfoAccess: Rule = {
  id: 'rfc5280/authority-info-access',
  profiles: [...HOLDER, 'content-signing'],
  check({ extensions }, { profile }) {
    const extension = extensions.get(AUTHORITY_INFO_ACCESS)
    if (!extension) return ['Authority information access is missing']
    const { caIssuers, ocsp } = decodeAuthorityInfoAccess(extension.value)
    const isHttp = (url: string) => url.startsWith('http://')
    return [
      ...unless(!extension.critical, 'Authority information access is critical'),
      ...unless(caIssuers.some(isHttp), "No http address of the issuing CA's certificate"),
      ...unless(profile === 'content-signing' || ocsp.some(isHttp), 'No http address of an OCSP responder'),
    ]
  },
}
