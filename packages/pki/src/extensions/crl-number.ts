import type { Extension } from '../certificate/extension.ts'
import { derCursor, unsignedInteger } from '../der/read.ts'
import { TAG } from '../der/tag.ts'
import { integer } from '../der/write.ts'
import { PkiError } from '../pki-error.ts'

export const CRL_NUMBER = '2.5.29.20'

/** RFC 5280 §5.2.3: rises with every CRL of the same scope, at most 20 octets. */
export function crlNumber(number: bigint): Extension {
  if (number < 0n || number >= 1n << 159n) throw new PkiError('value-invalid', 'CRL number is not between 0 and 2¹⁵⁹')
  return { oid: CRL_NUMBER, critical: false, value: integer(number) }
}

export function decodeCrlNumber(value: Uint8Array): bigint {
  const cursor = derCursor(value)
  const magnitude = unsignedInteger(cursor.take(TAG.integer, 'cRLNumber'), 'cRLNumber')
  cursor.end('cRLNumber')
  return magnitude.reduce((sum, octet) => (sum << 8n) | BigInt(octet), 0n)
}
