import { equalBytes } from '../../bytes.ts'
import { AUTHORITY_KEY_IDENTIFIER, decodeAuthorityKeyIdentifier } from '../../extensions/authority-key-identifier.ts'
import { issuerKeyIdentifier } from '../../profiles/issuer-extensions.ts'
import { BELOW_CA, type Rule } from '../rule.ts'

/** RFC 5280 §4.2.1.1: present but in self-signed certificates, and equal to the issuer's own identifier. */
export const authorityKeyIdentifier: Rule = {
  id: 'rfc5280/authority-key-identifier',
  profiles: [...BELOW_CA, 'issuing-ca'],
  check({ extensions }, { issuer }) {
    const extension = extensions.get(AUTHORITY_KEY_IDENTIFIER)
    const identifier = extension && decodeAuthorityKeyIdentifier(extension.value)
    if (!identifier) return ['Authority key identifier is missing']
    return equalBytes(identifier, issuerKeyIdentifier(issuer))
      ? []
      : ["Authority key identifier is not the issuing CA's"]
  },
}
