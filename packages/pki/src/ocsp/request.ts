import { encodeExtensions, parseExtensions } from '../certificate/extension.ts'
import { derCursor, openSequence, smallInteger } from '../der/read.ts'
import { contextConstructed, TAG } from '../der/tag.ts'
import { explicit, sequence } from '../der/write.ts'
import { malformed } from '../pki-error.ts'
import { type CertId, parseCertId } from './cert-id.ts'
import { decodeNonce, nonceExtension, OCSP_NONCE } from './nonce.ts'

export interface OcspRequest {
  /** At least one. */
  readonly certIds: readonly CertId[]
  readonly nonce: Uint8Array | undefined
}

const MAX_REQUEST = 65_536
const MAX_CERT_IDS = 256

/** Extensions that a responder may leave unused although it knows them (RFC 6960 §4.4). */
const KNOWN_EXTENSIONS = new Set([OCSP_NONCE, '1.3.6.1.5.5.7.48.1.4', '1.3.6.1.5.5.7.48.1.7', '1.3.6.1.5.5.7.48.1.8'])

/**
 * Reads an OCSPRequest (RFC 6960 §4.1). A requestor's signature is skipped: status is public here, so nobody has to prove who
 * asks. Throws 'der-malformed', to be answered with malformedRequest.
 */
export function parseOcspRequest(der: Uint8Array): OcspRequest {
  const what = 'OCSPRequest'
  const outer = openSequence(der, MAX_REQUEST, what)
  const tbs = outer.enter(TAG.sequence, 'TBSRequest')
  outer.optional(contextConstructed(0))
  outer.end(what)
  const version = tbs.enterOptional(contextConstructed(0))
  if (version && smallInteger(version.take(TAG.integer, 'version'), 'version') !== 0) {
    throw malformed('OCSPRequest version is not 1')
  }
  tbs.optional(contextConstructed(1))
  const list = tbs.enter(TAG.sequence, 'requestList')
  const certIds: CertId[] = []
  while (list.peek() !== undefined) {
    if (certIds.length === MAX_CERT_IDS) throw malformed(`OCSPRequest asks for more than ${MAX_CERT_IDS} certificates`)
    const request = derCursor(list.take(TAG.sequence, 'Request').value)
    certIds.push(parseCertId(request))
    request.optional(contextConstructed(0))
    request.end('Request')
  }
  if (certIds.length === 0) throw malformed('OCSPRequest asks for nothing')
  const wrapped = tbs.enterOptional(contextConstructed(2))
  const extensions = wrapped ? parseExtensions(wrapped, 'requestExtensions') : undefined
  wrapped?.end('requestExtensions')
  tbs.end('TBSRequest')
  for (const { oid, critical } of extensions?.values() ?? []) {
    if (critical && !KNOWN_EXTENSIONS.has(oid)) throw malformed(`OCSPRequest has the unknown critical extension ${oid}`)
  }
  const nonce = extensions?.get(OCSP_NONCE)
  return { certIds, nonce: nonce ? decodeNonce(nonce.value) : undefined }
}

/** Request for the given CertIDs (DER); RFC 9654 wants clients to send a nonce of 32 octets. */
export function encodeOcspRequest(certIds: readonly Uint8Array[], nonce?: Uint8Array): Uint8Array {
  const extensions = nonce ? [explicit(2, encodeExtensions([nonceExtension(nonce)]))] : []
  return sequence(sequence(sequence(...certIds.map(certId => sequence(certId))), ...extensions))
}
