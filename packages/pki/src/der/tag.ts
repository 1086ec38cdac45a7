/** Identifier octets of X.690 §8.1.2 that X.509, PKCS#10, OCSP and CMS use. */
export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  enumerated: 0x0a,
  utf8String: 0x0c,
  numericString: 0x12,
  printableString: 0x13,
  teletexString: 0x14,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  visibleString: 0x1a,
  generalString: 0x1b,
  universalString: 0x1c,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const

/** Context-specific, primitive: an implicitly tagged simple value. */
export const contextPrimitive = (number: number) => 0x80 | number
/** Context-specific, constructed: an explicit tag, or an implicitly tagged structure. */
export const contextConstructed = (number: number) => 0xa0 | number
