import { toHex } from '../bytes.ts'
import { type Extension, parseExtensions } from '../certificate/extension.ts'
import type { EncodedName } from '../certificate/parse.ts'
import { verifySignature } from '../crypto.ts'
import {
  bitStringOctets,
  type DerCursor,
  derCursor,
  integerContents,
  openSequence,
  smallInteger,
  timeValue,
} from '../der/read.ts'
import { contextConstructed, TAG } from '../der/tag.ts'
import { CRL_NUMBER, decodeCrlNumber } from '../extensions/crl-number.ts'
import type { PublicKey } from '../key/public-key.ts'
import { parseSignatureIdentifier, type SignatureIdentifier } from '../key/signature-algorithm.ts'
import { decodeName } from '../name/name.ts'
import { malformed } from '../pki-error.ts'
import { REASON_CODE } from './entries.ts'
import { type RevocationReason, revocationReasonOf } from './revocation-reason.ts'

export interface CrlEntry {
  readonly revokedAt: Date
  readonly reason: RevocationReason
}

export interface Crl {
  readonly der: Uint8Array
  readonly tbs: Uint8Array
  readonly issuer: EncodedName
  readonly thisUpdate: Date
  readonly nextUpdate: Date | undefined
  readonly number: bigint | undefined
  /** By serial number: contents octets of the INTEGER in lower-case hex, as `Certificate.serialHex`. */
  readonly entries: ReadonlyMap<string, CrlEntry>
  readonly extensions: ReadonlyMap<string, Extension>
  readonly signatureAlgorithm: SignatureIdentifier
  readonly signature: Uint8Array
}

const MAX_CRL = 256 * 1024 * 1024
const isTime = (tag: number | undefined) => tag === TAG.utcTime || tag === TAG.generalizedTime

function parseEntry(list: DerCursor): [string, CrlEntry] {
  const what = 'revokedCertificates'
  const entry = list.enter(TAG.sequence, what)
  const serial = toHex(integerContents(entry.take(TAG.integer, what), what))
  const revokedAt = timeValue(entry.any(what))
  const extensions = entry.peek() === TAG.sequence ? parseExtensions(entry, what) : undefined
  entry.end(what)
  const reasonCode = extensions?.get(REASON_CODE)
  if (!reasonCode) return [serial, { revokedAt, reason: 'unspecified' }]
  const cursor = derCursor(reasonCode.value)
  const reason = revocationReasonOf(smallInteger(cursor.take(TAG.enumerated, 'reasonCode'), 'reasonCode'))
  cursor.end('reasonCode')
  if (!reason) throw malformed('CRL entry has a reason that RFC 5280 does not define')
  return [serial, { revokedAt, reason }]
}

/** Reads a CRL of version 1 or 2, up to 256 MiB. */
export function parseCrl(der: Uint8Array): Crl {
  const what = 'CertificateList'
  const outer = openSequence(der, MAX_CRL, what)
  const tbsElement = outer.take(TAG.sequence, what)
  const algorithm = outer.take(TAG.sequence, 'signatureAlgorithm').der
  const signature = bitStringOctets(outer.take(TAG.bitString, 'signatureValue'), 'signatureValue')
  outer.end(what)

  const tbs = derCursor(tbsElement.value)
  const version = tbs.optional(TAG.integer)
  if (version && smallInteger(version, 'version') !== 1) throw malformed('CRL version is not 2')
  if (toHex(tbs.take(TAG.sequence, 'signature').der) !== toHex(algorithm)) {
    throw malformed('CRL names two signature algorithms')
  }
  const issuer = tbs.take(TAG.sequence, 'issuer').der
  const thisUpdate = timeValue(tbs.any('thisUpdate'))
  const nextUpdate = isTime(tbs.peek()) ? timeValue(tbs.any('nextUpdate')) : undefined
  const entries = new Map<string, CrlEntry>()
  const list = tbs.enterOptional(TAG.sequence)
  while (list?.peek() !== undefined) entries.set(...parseEntry(list))
  const extensionsTag = tbs.enterOptional(contextConstructed(0))
  const extensions = extensionsTag ? parseExtensions(extensionsTag, 'crlExtensions') : new Map<string, Extension>()
  extensionsTag?.end('crlExtensions')
  tbs.end('tbsCertList')
  const number = extensions.get(CRL_NUMBER)
  return {
    der,
    tbs: tbsElement.der,
    issuer: { der: issuer, name: decodeName(issuer) },
    thisUpdate,
    nextUpdate,
    number: number ? decodeCrlNumber(number.value) : undefined,
    entries,
    extensions,
    signatureAlgorithm: parseSignatureIdentifier(algorithm),
    signature,
  }
}

export const isCrlSignedBy = (crl: Crl, issuer: PublicKey): boolean =>
  verifySignature(crl.signatureAlgorithm, issuer, crl.tbs, crl.signature)
