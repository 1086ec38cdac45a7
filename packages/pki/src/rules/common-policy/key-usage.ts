import { decodeKeyUsage, KEY_USAGE, type KeyUsage } from '../../extensions/key-usage.ts'
import type { ProfileName } from '../../profiles/profile.ts'
import type { Rule } from '../rule.ts'

const WANTED: Readonly<Record<Exclude<ProfileName, 'key-management'>, readonly KeyUsage[]>> = {
  'piv-authentication': ['digitalSignature'],
  'card-authentication': ['digitalSignature'],
  'digital-signature': ['digitalSignature', 'nonRepudiation'],
  'content-signing': ['digitalSignature'],
  'ocsp-responder': ['digitalSignature'],
  'root-ca': ['keyCertSign', 'cRLSign'],
  'issuing-ca': ['keyCertSign', 'cRLSign'],
}

/** Common Policy certificate profiles v2.2: key usage is critical and exactly this; 9D depends on the key (RFC 5480 §3). */
export const keyUsage: Rule = {
  id: 'common-policy/key-usage',
  check({ extensions, publicKey }, { profile }) {
    const extension = extensions.get(KEY_USAGE)
    if (!extension) return ['Key usage is missing']
    const isRsa = publicKey.kind === 'rsa'
    const wanted: readonly KeyUsage[] =
      profile === 'key-management' ? [isRsa ? 'keyEncipherment' : 'keyAgreement'] : WANTED[profile]
    const found = decodeKeyUsage(extension.value)
    // A CA may sign OCSP answers and the like with its own key (RFC 5280 §4.2.1.3), so further bits are its own affair.
    const more = profile === 'root-ca' || profile === 'issuing-ca'
    const fits = wanted.every(usage => found.includes(usage)) && (more || found.length === wanted.length)
    if (!fits) return [`Key usage is ${found.join(', ') || 'empty'}, wanted ${wanted.join(', ')}`]
    return extension.critical ? [] : ['Key usage is not critical']
  },
}
