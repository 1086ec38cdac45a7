/** Attribute types with the short names of RFC 4514 §3 and, for the rest, those that openssl prints. */
export const ATTRIBUTE_OID = {
  CN: '2.5.4.3',
  SN: '2.5.4.4',
  serialNumber: '2.5.4.5',
  C: '2.5.4.6',
  L: '2.5.4.7',
  ST: '2.5.4.8',
  STREET: '2.5.4.9',
  O: '2.5.4.10',
  OU: '2.5.4.11',
  title: '2.5.4.12',
  GN: '2.5.4.42',
  DC: '0.9.2342.19200300.100.1.25',
  UID: '0.9.2342.19200300.100.1.1',
  emailAddress: '1.2.840.113549.1.9.1',
} as const

export type AttributeKeyword = keyof typeof ATTRIBUTE_OID

const keywordOf = new Map<string, string>(Object.entries(ATTRIBUTE_OID).map(([keyword, oid]) => [oid, keyword]))
const oidOf = new Map<string, string>(
  Object.entries(ATTRIBUTE_OID).map(([keyword, oid]) => [keyword.toUpperCase(), oid]),
)

export const attributeKeyword = (oid: string): string => keywordOf.get(oid) ?? oid
/** Keywords compare without case (RFC 4514 §2.3). */
export const attributeOid = (keyword: string): string | undefined => oidOf.get(keyword.toUpperCase())
