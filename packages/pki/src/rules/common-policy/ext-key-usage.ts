import { decodeExtKeyUsage, EXT_KEY_USAGE, PURPOSE } from '../../extensions/ext-key-usage.ts'
import type { ProfileName } from '../../profiles/profile.ts'
import { BELOW_CA, type Rule, unless } from '../rule.ts'

interface Purposes {
  readonly required: readonly string[]
  /** No purpose besides the required ones. */
  readonly alone?: boolean
  readonly forbidden?: readonly string[]
}

const PURPOSES: Partial<Record<ProfileName, Purposes>> = {
  'piv-authentication': { required: [PURPOSE.smartCardLogon, PURPOSE.clientAuth], forbidden: [PURPOSE.any] },
  'card-authentication': { required: [PURPOSE.pivCardAuth], alone: true },
  'digital-signature': { required: [PURPOSE.emailProtection], forbidden: [PURPOSE.any, PURPOSE.smartCardLogon] },
  'key-management': { required: [PURPOSE.emailProtection], forbidden: [PURPOSE.any, PURPOSE.clientAuth] },
  'content-signing': { required: [PURPOSE.pivContentSigning], alone: true },
  'ocsp-responder': { required: [PURPOSE.ocspSigning], alone: true },
}

const CRITICAL: readonly ProfileName[] = ['card-authentication']

const purposeNames = new Map<string, string>(Object.entries(PURPOSE).map(([name, oid]) => [oid, name]))
const nameOf = (oid: string) => purposeNames.get(oid) ?? oid

/** Common Policy certificate profiles v2.2: which purposes each card key must have and must not have. */
export const extKeyUsage: Rule = {
  id: 'common-policy/ext-key-usage',
  profiles: BELOW_CA,
  check({ extensions }, { profile }) {
    const extension = extensions.get(EXT_KEY_USAGE)
    const wanted = PURPOSES[profile]
    if (!extension || !wanted) return ['Extended key usage is missing']
    const found = decodeExtKeyUsage(extension.value)
    return [
      ...wanted.required.flatMap(oid => unless(found.includes(oid), `Extended key usage lacks ${nameOf(oid)}`)),
      ...(wanted.forbidden ?? []).flatMap(oid => unless(!found.includes(oid), `Extended key usage has ${nameOf(oid)}`)),
      ...unless(!wanted.alone || found.length === wanted.required.length, 'Extended key usage has further purposes'),
      ...unless(extension.critical || !CRITICAL.includes(profile), 'Extended key usage is not critical'),
    ]
  },
}
