import { derCursor, oidValue } from '../der/read.ts'
import { stringValue } from '../der/string.ts'
import { TAG } from '../der/tag.ts'
import { ia5String, oid, printableString, sequence, setOf, utf8String } from '../der/write.ts'
import { malformed, PkiError } from '../pki-error.ts'
import { ATTRIBUTE_OID, type AttributeKeyword } from './attribute-type.ts'

export interface NameAttribute {
  /** Dotted object identifier. */
  readonly type: string
  readonly value: string
}
/** Relative distinguished names in the order of the encoding: country first, common name last. */
export type Name = readonly (readonly NameAttribute[])[]

const MAX_RDNS = 64
const MAX_ATTRIBUTES = 16

/** A name of single-valued RDNs, most general part first: `nameOf(['C', 'SE'], ['O', 'Example'], ['CN', 'Ada'])`. */
export function nameOf(...parts: readonly (readonly [AttributeKeyword, string])[]): Name {
  return parts.map(([keyword, value]) => [{ type: ATTRIBUTE_OID[keyword], value }])
}

/**
 * UTF8String for everything (RFC 5280 §4.1.2.4), but for the types whose syntax is fixed: country and serial number are
 * PrintableString (X.520), domainComponent and emailAddress IA5String (RFC 4519 §2.4, RFC 5280 §4.1.2.6).
 */
function attributeValue(attribute: NameAttribute): Uint8Array {
  switch (attribute.type) {
    case ATTRIBUTE_OID.C:
      if (!/^[A-Z]{2}$/.test(attribute.value)) {
        throw new PkiError('value-invalid', `Country "${attribute.value}" is not two capital letters`)
      }
      return printableString(attribute.value)
    case ATTRIBUTE_OID.serialNumber:
      if (!/^[A-Za-z0-9 '()+,\-./:=?]+$/.test(attribute.value)) {
        throw new PkiError('value-invalid', 'Name attribute serialNumber has a character outside PrintableString')
      }
      return printableString(attribute.value)
    case ATTRIBUTE_OID.DC:
    case ATTRIBUTE_OID.emailAddress:
      return ia5String(attribute.value)
    default:
      return utf8String(attribute.value)
  }
}

/** DER of a Name. Throws 'value-invalid' for an empty value or one that its string type cannot carry. */
export function encodeName(name: Name): Uint8Array {
  const rdns = name.map(rdn => {
    if (rdn.length === 0) throw new PkiError('value-invalid', 'A relative distinguished name has no attribute')
    return setOf(
      ...rdn.map(attribute => {
        if (attribute.value === '') throw new PkiError('value-invalid', 'A name attribute is empty')
        return sequence(oid(attribute.type), attributeValue(attribute))
      }),
    )
  })
  return sequence(...rdns)
}

/** Reads the DER of a Name; values must be strings. */
export function decodeName(der: Uint8Array): Name {
  const outer = derCursor(der)
  const rdns = outer.enter(TAG.sequence, 'Name')
  outer.end('Name')
  const name: NameAttribute[][] = []
  while (rdns.peek() !== undefined) {
    if (name.length === MAX_RDNS) throw malformed(`Name has more than ${MAX_RDNS} parts`)
    const rdn = rdns.enter(TAG.set, 'RelativeDistinguishedName')
    const attributes: NameAttribute[] = []
    do {
      if (attributes.length === MAX_ATTRIBUTES) throw malformed('RelativeDistinguishedName has too many attributes')
      const attribute = rdn.enter(TAG.sequence, 'AttributeTypeAndValue')
      const type = oidValue(attribute.take(TAG.oid, 'AttributeType'))
      attributes.push({ type, value: stringValue(attribute.any('AttributeValue'), 'AttributeValue') })
      attribute.end('AttributeTypeAndValue')
    } while (rdn.peek() !== undefined)
    name.push(attributes)
  }
  return name
}
