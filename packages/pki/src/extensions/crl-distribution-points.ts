import type { Extension } from '../certificate/extension.ts'
import { derCursor, openSequence } from '../der/read.ts'
import { contextConstructed, contextPrimitive, TAG } from '../der/tag.ts'
import { explicit, sequence, tlv } from '../der/write.ts'
import { malformed } from '../pki-error.ts'
import { decodeGeneralNames, encodeGeneralName } from './general-name.ts'

export const CRL_DISTRIBUTION_POINTS = '2.5.29.31'

const MAX_POINTS = 32

/** One DistributionPoint for all addresses: they are copies of one CRL, the client takes the first that answers. */
export const crlDistributionPoints = (urls: readonly string[]): Extension => ({
  oid: CRL_DISTRIBUTION_POINTS,
  critical: false,
  value: sequence(
    sequence(explicit(0, tlv(contextConstructed(0), ...urls.map(value => encodeGeneralName({ type: 'uri', value }))))),
  ),
})

/** Every URI in every distribution point (RFC 5280 §4.2.1.13). */
export function decodeCrlDistributionPoints(value: Uint8Array): string[] {
  const what = 'cRLDistributionPoints'
  const cursor = openSequence(value, value.length, what)
  const urls: string[] = []
  for (let count = 0; cursor.peek() !== undefined; count++) {
    if (count === MAX_POINTS) throw malformed(`${what} has more than ${MAX_POINTS} entries`)
    const point = cursor.enter(TAG.sequence, what)
    const name = point.enterOptional(contextConstructed(0))
    const full = name?.optional(contextConstructed(0))
    if (full)
      urls.push(...decodeGeneralNames(derCursor(full.value), what).flatMap(n => (n.type === 'uri' ? n.value : [])))
    point.optional(contextPrimitive(1))
    point.optional(contextConstructed(2))
    point.end(what)
  }
  return urls
}
