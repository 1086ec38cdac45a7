import type { Extension } from '../certificate/extension.ts'
import { openSequence } from '../der/read.ts'
import { contextConstructed, contextPrimitive } from '../der/tag.ts'
import { implicit, sequence } from '../der/write.ts'

export const AUTHORITY_KEY_IDENTIFIER = '2.5.29.35'

/** Key identifier form only: issuer and serial would break a re-keyed or cross-signed CA (RFC 5280 §4.2.1.1). */
export const authorityKeyIdentifier = (identifier: Uint8Array): Extension => ({
  oid: AUTHORITY_KEY_IDENTIFIER,
  critical: false,
  value: sequence(implicit(0, identifier)),
})

/** The key identifier, or undefined when the extension has only the other forms. */
export function decodeAuthorityKeyIdentifier(value: Uint8Array): Uint8Array | undefined {
  const cursor = openSequence(value, value.length, 'authorityKeyIdentifier')
  const identifier = cursor.optional(contextPrimitive(0))?.value
  cursor.optional(contextConstructed(1))
  cursor.optional(contextPrimitive(2))
  cursor.end('authorityKeyIdentifier')
  return identifier
}
