import { CRL_DISTRIBUTION_POINTS, decodeCrlDistributionPoints } from '../../extensions/crl-distribution-points.ts'
import { HOLDER, type Rule } from '../rule.ts'

/** RFC 5280 §4.2.1.13 and Common Policy: at least one http address. Windows log-on fails without a CRL that it can fetch. */
export const crlDistributionPoints: Rule = {
  id: 'rfc5280/crl-distribution-points',
  profiles: [...HOLDER, 'content-signing', 'issuing-ca'],
  check({ extensions }) {
    const extension = extensions.get(CRL_DISTRIBUTION_POINTS)
    const urls = extension ? decodeCrlDistributionPoints(extension.value) : []
    return urls.some(url => url.startsWith('http://')) ? [] : ['No CRL distribution point with an http address']
  },
}
