import type { Extension } from '../certificate/extension.ts'
import { derCursor } from '../der/read.ts'
import { TAG } from '../der/tag.ts'
import { octetString } from '../der/write.ts'
import { malformed } from '../pki-error.ts'

export const OCSP_NONCE = '1.3.6.1.5.5.7.48.1.2'

export const nonceExtension = (nonce: Uint8Array): Extension => ({
  oid: OCSP_NONCE,
  critical: false,
  value: octetString(nonce),
})

/** RFC 9654 §2.1: 1 to 128 octets; anything else is a malformed request. */
export function decodeNonce(value: Uint8Array): Uint8Array {
  const cursor = derCursor(value)
  const nonce = cursor.take(TAG.octetString, 'nonce').value
  cursor.end('nonce')
  if (nonce.length < 1 || nonce.length > 128) throw malformed('OCSP nonce is not 1 to 128 octets (RFC 9654 §2.1)')
  return nonce
}
