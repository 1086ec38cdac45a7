import { ascii } from '../bytes.ts'
import { type DerCursor, type DerElement, derCursor, oidValue } from '../der/read.ts'
import { asciiText } from '../der/string.ts'
import { contextConstructed, contextPrimitive, TAG } from '../der/tag.ts'
import { explicit, implicit, oid, tlv } from '../der/write.ts'
import { decodeName, encodeName, type Name } from '../name/name.ts'
import { malformed } from '../pki-error.ts'

/** GeneralName (RFC 5280 §4.2.1.6). `other` carries the DER inside the otherName's explicit tag. */
export type GeneralName =
  | { readonly type: 'email' | 'dns' | 'uri'; readonly value: string }
  | { readonly type: 'directory'; readonly name: Name }
  | { readonly type: 'other'; readonly oid: string; readonly value: Uint8Array }
  /** x400Address, ediPartyName, iPAddress, registeredID: kept as they are. */
  | { readonly type: 'raw'; readonly der: Uint8Array }

const TEXT_TAG = { email: 1, dns: 2, uri: 6 } as const
const MAX_NAMES = 128

export function encodeGeneralName(name: GeneralName): Uint8Array {
  switch (name.type) {
    case 'other':
      return tlv(contextConstructed(0), oid(name.oid), explicit(0, name.value))
    case 'directory':
      return explicit(4, encodeName(name.name))
    case 'raw':
      return name.der
    default:
      return implicit(TEXT_TAG[name.type], ascii(name.value))
  }
}

export function decodeGeneralName(element: DerElement, what: string): GeneralName {
  switch (element.tag) {
    case contextPrimitive(1):
      return { type: 'email', value: asciiText(element.value, what) }
    case contextPrimitive(2):
      return { type: 'dns', value: asciiText(element.value, what) }
    case contextPrimitive(6):
      return { type: 'uri', value: asciiText(element.value, what) }
    case contextConstructed(4):
      return { type: 'directory', name: decodeName(element.value) }
    case contextConstructed(0): {
      const cursor = derCursor(element.value)
      const type = oidValue(cursor.take(TAG.oid, what))
      const value = cursor.take(contextConstructed(0), what).value
      cursor.end(what)
      return { type: 'other', oid: type, value }
    }
    default:
      if ((element.tag & 0xc0) !== 0x80) throw malformed(`${what}: not a GeneralName`)
      return { type: 'raw', der: element.der }
  }
}

export function decodeGeneralNames(cursor: DerCursor, what: string): GeneralName[] {
  const names: GeneralName[] = []
  while (cursor.peek() !== undefined) {
    if (names.length === MAX_NAMES) throw malformed(`${what}: more than ${MAX_NAMES} names`)
    names.push(decodeGeneralName(cursor.any(what), what))
  }
  return names
}
