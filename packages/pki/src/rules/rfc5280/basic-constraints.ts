import { BASIC_CONSTRAINTS, decodeBasicConstraints } from '../../extensions/basic-constraints.ts'
import type { Rule } from '../rule.ts'

/** RFC 5280 §4.2.1.9: CA certificates say so, critically; nobody else may, or a card's key could issue certificates. */
export const basicConstraints: Rule = {
  id: 'rfc5280/basic-constraints',
  check({ extensions }, { profile }) {
    const extension = extensions.get(BASIC_CONSTRAINTS)
    const { ca } = extension ? decodeBasicConstraints(extension.value) : { ca: false }
    if (profile !== 'root-ca' && profile !== 'issuing-ca') return ca ? ['It is a CA certificate'] : []
    return ca && extension?.critical ? [] : ['It is not a CA certificate with critical basic constraints']
  },
}
