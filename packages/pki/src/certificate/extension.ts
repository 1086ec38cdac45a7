import { booleanValue, type DerCursor, oidValue } from '../der/read.ts'
import { TAG } from '../der/tag.ts'
import { boolean, octetString, oid, sequence } from '../der/write.ts'
import { malformed } from '../pki-error.ts'

export interface Extension {
  readonly oid: string
  readonly critical: boolean
  /** DER of the extension's own value, the contents of extnValue. */
  readonly value: Uint8Array
}

const MAX_EXTENSIONS = 64

const encodeExtension = ({ oid: type, critical, value }: Extension): Uint8Array =>
  critical ? sequence(oid(type), boolean(true), octetString(value)) : sequence(oid(type), octetString(value))

/** SEQUENCE OF Extension (RFC 5280 §4.1.2.9), without the explicit tag that each structure puts round it. */
export const encodeExtensions = (extensions: readonly Extension[]): Uint8Array =>
  sequence(...extensions.map(encodeExtension))

/** Reads Extensions from a cursor that stands on the SEQUENCE. The same identifier twice is refused (RFC 5280 §4.2). */
export function parseExtensions(cursor: DerCursor, what: string): ReadonlyMap<string, Extension> {
  const list = cursor.enter(TAG.sequence, what)
  const extensions = new Map<string, Extension>()
  while (list.peek() !== undefined) {
    const entry = list.enter(TAG.sequence, what)
    const type = oidValue(entry.take(TAG.oid, what))
    const flag = entry.optional(TAG.boolean)
    const value = entry.take(TAG.octetString, what).value
    entry.end(what)
    if (extensions.has(type)) throw malformed(`${what}: extension ${type} appears twice`)
    if (extensions.size === MAX_EXTENSIONS) throw malformed(`${what}: more than ${MAX_EXTENSIONS} extensions`)
    extensions.set(type, { oid: type, critical: flag ? booleanValue(flag, what) : false, value })
  }
  return extensions
}
