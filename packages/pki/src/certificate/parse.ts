import { toHex } from '../bytes.ts'
import { verifySignature } from '../crypto.ts'
import { bitStringOctets, derCursor, integerContents, openSequence, smallInteger, timeValue } from '../der/read.ts'
import { contextConstructed, contextPrimitive, TAG } from '../der/tag.ts'
import { type PublicKey, parsePublicKey } from '../key/public-key.ts'
import { parseSignatureIdentifier, type SignatureIdentifier } from '../key/signature-algorithm.ts'
import { decodeName, type Name } from '../name/name.ts'
import { malformed } from '../pki-error.ts'
import { type Extension, parseExtensions } from './extension.ts'

export interface EncodedName {
  readonly der: Uint8Array
  readonly name: Name
}

/** A parsed certificate. Byte fields are views into `der`. */
export interface Certificate {
  readonly der: Uint8Array
  /** The octets that were signed. */
  readonly tbs: Uint8Array
  /** 1, 2 or 3. */
  readonly version: number
  /** Contents octets of the INTEGER as they stand: a broken CA's negative or overlong serial stays visible. */
  readonly serialNumber: Uint8Array
  /** `serialNumber` in lower-case hex. */
  readonly serialHex: string
  readonly issuer: EncodedName
  readonly subject: EncodedName
  readonly notBefore: Date
  readonly notAfter: Date
  readonly publicKey: PublicKey
  readonly extensions: ReadonlyMap<string, Extension>
  readonly signatureAlgorithm: SignatureIdentifier
  readonly signature: Uint8Array
}

export const MAX_CERTIFICATE = 65_536

/** Reads a DER certificate (RFC 5280 §4.1). Throws `PkiError`; values are not judged, that is what the rules are for. */
export function parseCertificate(der: Uint8Array): Certificate {
  const what = 'Certificate'
  const outer = openSequence(der, MAX_CERTIFICATE, what)
  const tbsElement = outer.take(TAG.sequence, 'TBSCertificate')
  const outerAlgorithm = outer.take(TAG.sequence, 'signatureAlgorithm').der
  const signature = bitStringOctets(outer.take(TAG.bitString, 'signatureValue'), 'signatureValue')
  outer.end(what)

  const tbs = derCursor(tbsElement.value)
  const versionTag = tbs.enterOptional(contextConstructed(0))
  const version = versionTag ? smallInteger(versionTag.take(TAG.integer, 'version'), 'version') + 1 : 1
  versionTag?.end('version')
  const serialNumber = integerContents(tbs.take(TAG.integer, 'serialNumber'), 'serialNumber')
  const innerAlgorithm = tbs.take(TAG.sequence, 'signature').der
  // RFC 5280 §4.1.1.2: both fields must be the same. If they could differ, the one that is protected would not be the one used.
  if (toHex(innerAlgorithm) !== toHex(outerAlgorithm)) throw malformed('Certificate names two signature algorithms')
  const issuer = tbs.take(TAG.sequence, 'issuer').der
  const validity = tbs.enter(TAG.sequence, 'validity')
  const notBefore = timeValue(validity.any('notBefore'))
  const notAfter = timeValue(validity.any('notAfter'))
  validity.end('validity')
  const subject = tbs.take(TAG.sequence, 'subject').der
  const publicKey = parsePublicKey(tbs.take(TAG.sequence, 'subjectPublicKeyInfo').der)
  tbs.optional(contextPrimitive(1))
  tbs.optional(contextPrimitive(2))
  const extensionsTag = tbs.enterOptional(contextConstructed(3))
  const extensions = extensionsTag ? parseExtensions(extensionsTag, 'Certificate extensions') : new Map()
  extensionsTag?.end('extensions')
  tbs.end('TBSCertificate')

  return {
    der,
    tbs: tbsElement.der,
    version,
    serialNumber,
    serialHex: toHex(serialNumber),
    issuer: { der: issuer, name: decodeName(issuer) },
    subject: { der: subject, name: decodeName(subject) },
    notBefore,
    notAfter,
    publicKey,
    extensions,
    signatureAlgorithm: parseSignatureIdentifier(outerAlgorithm),
    signature,
  }
}

/** Whether `issuer`'s key made the signature. Names, validity and key usage are not looked at. */
export const isSignedBy = (certificate: Certificate, issuer: PublicKey): boolean =>
  verifySignature(certificate.signatureAlgorithm, issuer, certificate.tbs, certificate.signature)
