import { fromHex, toHex } from '../bytes.ts'
import { PkiError } from '../pki-error.ts'

/** `urn:uuid:` form of 16 octets (RFC 9562 §4), as SP 800-73pt1-5 §3.4.1 wants the Card UUID in certificates. */
export function uuidUrn(uuid: Uint8Array): string {
  if (uuid.length !== 16) throw new PkiError('value-invalid', 'UUID is not 16 octets')
  return `urn:uuid:${toHex(uuid).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')}`
}

/** The 16 octets, or undefined when the URI is something else. */
export function parseUuidUrn(uri: string): Uint8Array | undefined {
  const match = /^urn:uuid:([0-9a-f]{8})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{12})$/i.exec(uri)
  return match ? fromHex(match.slice(1).join('')) : undefined
}
