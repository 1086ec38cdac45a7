import { encodeExtensions } from '../certificate/extension.ts'
import { REVOCATION_REASON, type RevocationReason } from '../crl/revocation-reason.ts'
import { contextConstructed } from '../der/tag.ts'
import { generalizedTime } from '../der/time.ts'
import { bitString, enumerated, explicit, implicit, octetString, oid, sequence, tlv } from '../der/write.ts'
import { keyIdentifier } from '../key/key-identifier.ts'
import { signatureAlgorithmIdentifier } from '../key/signature-algorithm.ts'
import type { Signer } from '../key/signer.ts'
import { nonceExtension } from './nonce.ts'

export type CertificateStatus =
  | { readonly status: 'good' }
  | { readonly status: 'revoked'; readonly revokedAt: Date; readonly reason: RevocationReason }
  | { readonly status: 'unknown' }

export interface SingleResponse {
  /** DER of the CertID as it was asked. */
  readonly certId: Uint8Array
  readonly answer: CertificateStatus
}

export interface OcspResponseInput {
  readonly producedAt: Date
  /** The moment for which the answers are known to be right. */
  readonly thisUpdate: Date
  /** Until when a client may keep them; absent = newer information is always available (RFC 6960 §2.4). */
  readonly nextUpdate?: Date
  readonly responses: readonly SingleResponse[]
  /** Given back exactly as it came, absent when the client sent none. */
  readonly nonce: Uint8Array | undefined
  /** DER certificates that let the client check the signature: the delegated responder's. */
  readonly certificates: readonly Uint8Array[]
}

const BASIC = '1.3.6.1.5.5.7.48.1.1'

const ERROR = { malformedRequest: 1, internalError: 2, tryLater: 3, sigRequired: 5, unauthorized: 6 } as const
export type OcspError = keyof typeof ERROR

/** Unsigned error answer (RFC 6960 §2.3). */
export const encodeOcspError = (error: OcspError): Uint8Array => sequence(enumerated(ERROR[error]))

function encodeStatus(answer: CertificateStatus): Uint8Array {
  if (answer.status === 'good') return implicit(0, new Uint8Array(0))
  if (answer.status === 'unknown') return implicit(2, new Uint8Array(0))
  const reason = answer.reason === 'unspecified' ? [] : [explicit(0, enumerated(REVOCATION_REASON[answer.reason]))]
  return tlv(contextConstructed(1), generalizedTime(answer.revokedAt), ...reason)
}

const responderIds = new WeakMap<Signer, Uint8Array>()

/** ResponderID byKey: SHA-1 of the responder's key, and nothing else (RFC 6960 §4.2.1). */
function responderId(signer: Signer): Uint8Array {
  const known = responderIds.get(signer) ?? explicit(2, octetString(keyIdentifier(signer.publicKeySpki)))
  responderIds.set(signer, known)
  return known
}

/** Signed BasicOCSPResponse with status successful (RFC 6960 §4.2). */
export async function signOcspResponse(input: OcspResponseInput, signer: Signer): Promise<Uint8Array> {
  const dates = [
    generalizedTime(input.thisUpdate),
    ...(input.nextUpdate ? [explicit(0, generalizedTime(input.nextUpdate))] : []),
  ]
  const tbs = sequence(
    responderId(signer),
    generalizedTime(input.producedAt),
    sequence(...input.responses.map(({ certId, answer }) => sequence(certId, encodeStatus(answer), ...dates))),
    ...(input.nonce ? [explicit(1, encodeExtensions([nonceExtension(input.nonce)]))] : []),
  )
  const basic = sequence(
    tbs,
    signatureAlgorithmIdentifier(signer.algorithm),
    bitString(await signer.sign(tbs)),
    ...(input.certificates.length > 0 ? [explicit(0, sequence(...input.certificates))] : []),
  )
  return sequence(enumerated(0), explicit(0, sequence(oid(BASIC), octetString(basic))))
}
