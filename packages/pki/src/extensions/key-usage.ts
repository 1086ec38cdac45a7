import type { Extension } from '../certificate/extension.ts'
import { derCursor, namedBitValues } from '../der/read.ts'
import { TAG } from '../der/tag.ts'
import { namedBits } from '../der/write.ts'

export const KEY_USAGE = '2.5.29.15'

/** In the order of the bits (RFC 5280 §4.2.1.3). nonRepudiation is X.509's contentCommitment. */
const BITS = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const

export type KeyUsage = (typeof BITS)[number]

export const keyUsage = (usages: readonly KeyUsage[]): Extension => ({
  oid: KEY_USAGE,
  critical: true,
  value: namedBits(usages.map(usage => BITS.indexOf(usage))),
})

export function decodeKeyUsage(value: Uint8Array): KeyUsage[] {
  const cursor = derCursor(value)
  const bits = namedBitValues(cursor.take(TAG.bitString, 'keyUsage'), 'keyUsage')
  cursor.end('keyUsage')
  return bits.flatMap(bit => BITS[bit] ?? [])
}
