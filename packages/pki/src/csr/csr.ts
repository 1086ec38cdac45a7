import { assembleSigned } from '../certificate/build.ts'
import { type Extension, encodeExtensions, parseExtensions } from '../certificate/extension.ts'
import type { EncodedName } from '../certificate/parse.ts'
import { verifySignature } from '../crypto.ts'
import { bitStringOctets, derCursor, oidValue, openSequence, smallInteger } from '../der/read.ts'
import { contextConstructed, TAG } from '../der/tag.ts'
import { integer, oid, sequence, setOf, tlv } from '../der/write.ts'
import { type PublicKey, parsePublicKey } from '../key/public-key.ts'
import {
  parseSignatureIdentifier,
  type SignatureAlgorithm,
  type SignatureIdentifier,
} from '../key/signature-algorithm.ts'
import { decodeName } from '../name/name.ts'
import { malformed } from '../pki-error.ts'

const EXTENSION_REQUEST = '1.2.840.113549.1.9.14'
const MAX_CSR = 65_536
const MAX_ATTRIBUTES = 32

export interface CsrInfo {
  /** DER Name. */
  readonly subject: Uint8Array
  /** DER SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array
  readonly extensions?: readonly Extension[]
}

export interface Csr {
  readonly der: Uint8Array
  /** The octets that were signed. */
  readonly info: Uint8Array
  readonly subject: EncodedName
  readonly publicKey: PublicKey
  readonly extensions: ReadonlyMap<string, Extension>
  readonly signatureAlgorithm: SignatureIdentifier
  readonly signature: Uint8Array
}

/** DER of CertificationRequestInfo (RFC 2986 §4.1): the octets to sign. `attributes` is mandatory even when empty. */
export function encodeCsrInfo({ subject, publicKey, extensions = [] }: CsrInfo): Uint8Array {
  const attributes =
    extensions.length === 0 ? [] : [sequence(oid(EXTENSION_REQUEST), setOf(encodeExtensions(extensions)))]
  return sequence(integer(0), subject, publicKey, tlv(contextConstructed(0), ...attributes))
}

/** CSR from the signed octets and the signature that the card made over them. */
export const assembleCsr = (info: Uint8Array, algorithm: SignatureAlgorithm, signature: Uint8Array): Uint8Array =>
  assembleSigned(info, algorithm, signature)

/** Reads a PKCS#10 request. The signature is not checked here: see `isProvenBySignature`. */
export function parseCsr(der: Uint8Array): Csr {
  const what = 'CertificationRequest'
  const outer = openSequence(der, MAX_CSR, what)
  const infoElement = outer.take(TAG.sequence, what)
  const algorithm = outer.take(TAG.sequence, `${what}.signatureAlgorithm`).der
  const signature = bitStringOctets(outer.take(TAG.bitString, `${what}.signature`), `${what}.signature`)
  outer.end(what)

  const info = derCursor(infoElement.value)
  if (smallInteger(info.take(TAG.integer, 'version'), 'version') !== 0) throw malformed(`${what}: version is not 1`)
  const subject = info.take(TAG.sequence, 'subject').der
  const publicKey = parsePublicKey(info.take(TAG.sequence, 'subjectPKInfo').der)
  // Some clients leave the empty attributes out; RFC 2986 does not allow it, but nothing is lost by reading such a request.
  const attributes = info.enterOptional(contextConstructed(0))
  info.end(what)
  let extensions: ReadonlyMap<string, Extension> = new Map()
  for (let count = 0; attributes?.peek() !== undefined; count++) {
    if (count === MAX_ATTRIBUTES) throw malformed(`${what}: more than ${MAX_ATTRIBUTES} attributes`)
    const attribute = attributes.enter(TAG.sequence, 'Attribute')
    const type = oidValue(attribute.take(TAG.oid, 'Attribute'))
    const values = attribute.enter(TAG.set, 'Attribute')
    attribute.end('Attribute')
    if (type !== EXTENSION_REQUEST) continue
    extensions = parseExtensions(values, 'extensionRequest')
    values.end('extensionRequest')
  }
  return {
    der,
    info: infoElement.der,
    subject: { der: subject, name: decodeName(subject) },
    publicKey,
    extensions,
    signatureAlgorithm: parseSignatureIdentifier(algorithm),
    signature,
  }
}

/** Proof of possession: the request is signed with the private half of the key it asks a certificate for. */
export const isProvenBySignature = (csr: Csr): boolean =>
  verifySignature(csr.signatureAlgorithm, csr.publicKey, csr.info, csr.signature)
