import { decodeSidExtension, SID_EXTENSION } from '../../extensions/sid.ts'
import { decodeSubjectAltName, SUBJECT_ALT_NAME } from '../../extensions/subject-alt-name.ts'
import { type Rule, unless } from '../rule.ts'

/** The names that log-on and mail go by are the ones that were asked for: a CA that fills in others would let X in as Y. */
export const names: Rule = {
  id: 'request/names',
  profiles: ['piv-authentication', 'digital-signature', 'key-management'],
  check({ extensions }, { profile, upn, email, kerberos, sid }) {
    const extension = extensions.get(SUBJECT_ALT_NAME)
    const found = extension ? decodeSubjectAltName(extension.value) : undefined
    const sidExtension = extensions.get(SID_EXTENSION)
    const foundSid = sidExtension && decodeSidExtension(sidExtension.value)
    const foundPrincipal = found?.kerberos && `${found.kerberos.principal}@${found.kerberos.realm}`
    const principal = kerberos && `${kerberos.principal}@${kerberos.realm}`
    const isLogon = profile === 'piv-authentication'
    return [
      ...unless(
        isLogon ? found?.upn === upn : found?.upn === undefined || found.upn === upn,
        'Another user principal name than asked',
      ),
      ...unless(
        isLogon ? foundPrincipal === principal : foundPrincipal === undefined || foundPrincipal === principal,
        'Another Kerberos principal than asked',
      ),
      ...unless(
        isLogon ? foundSid === sid : foundSid === undefined || foundSid === sid,
        'Another security identifier than asked',
      ),
      ...unless(found?.emails.every(address => address === email) ?? true, 'Another e-mail address than asked'),
      ...unless(
        isLogon || email === undefined || found?.emails.includes(email) === true,
        'The e-mail address is missing',
      ),
    ]
  },
}
