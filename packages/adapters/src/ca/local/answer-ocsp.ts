import type { Clock } from '@cardwright/core'
import {
  type CertId,
  type Certificate,
  type CertificateStatus,
  certIdMatcher,
  encodeOcspError,
  type OcspRequest,
  PkiError,
  parseOcspRequest,
  type Signer,
  signOcspResponse,
} from '@cardwright/pki'
import type { AuthorityStore, CertificateRecord } from './authority-store.ts'

export type Responder = { readonly certificate: Uint8Array; readonly signer: Signer }

/** An intended certificate that was not signed yet is unknown: nobody can hold it (RFC 6960 §2.2). */
function answerFor(record: CertificateRecord | undefined): CertificateStatus {
  if (!record) return { status: 'unknown' }
  if (record.status !== 'GOOD' && record.statusSince !== null) {
    return { status: 'revoked', revokedAt: new Date(record.statusSince), reason: record.reason ?? 'unspecified' }
  }
  return record.certificate ? { status: 'good' } : { status: 'unknown' }
}

/**
 * Answers OCSP requests (DER in, DER out) for the certificates of one CA. Never throws for what a client sends; when the store
 * or the key fails it answers tryLater and tells `onFailure`.
 */
export function ocspAnswerer(
  store: Pick<AuthorityStore, 'findSerialNumbers'>,
  clock: Clock,
  issuer: Certificate,
  responder: () => Promise<Responder>,
  options: { readonly validity: number; readonly onFailure: (error: unknown) => void },
): (request: Uint8Array) => Promise<Uint8Array> {
  const isOurs = certIdMatcher(issuer)

  async function answers({ certIds }: OcspRequest) {
    const serialOf = (certId: CertId) => certId.serialHex.toUpperCase()
    const records = await store.findSerialNumbers([...new Set(certIds.filter(isOurs).map(serialOf))])
    const known = new Map(records.map(record => [record.serialNumber, record]))
    return certIds.map(certId => ({
      certId: certId.der,
      answer: answerFor(isOurs(certId) ? known.get(serialOf(certId)) : undefined),
    }))
  }

  return async der => {
    let request: OcspRequest
    try {
      request = parseOcspRequest(der)
    } catch (error) {
      if (error instanceof PkiError) return encodeOcspError('malformedRequest')
      throw error
    }
    // RFC 6960 §2.3: unauthorized when the server can say nothing about any of the certificates.
    if (!request.certIds.some(isOurs)) return encodeOcspError('unauthorized')
    try {
      const now = Math.floor(clock() / 1000) * 1000
      const { certificate, signer } = await responder()
      const input = {
        producedAt: new Date(now),
        thisUpdate: new Date(now),
        nextUpdate: new Date(now + options.validity),
        responses: await answers(request),
        nonce: request.nonce,
        certificates: [certificate],
      }
      return await signOcspResponse(input, signer)
    } catch (error) {
      options.onFailure(error)
      return encodeOcspError('tryLater')
    }
  }
}
