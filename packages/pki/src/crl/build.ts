import { assembleSigned } from '../certificate/build.ts'
import { encodeExtensions } from '../certificate/extension.ts'
import { time } from '../der/time.ts'
import { explicit, integer, sequence } from '../der/write.ts'
import { authorityKeyIdentifier } from '../extensions/authority-key-identifier.ts'
import { crlNumber } from '../extensions/crl-number.ts'
import { signatureAlgorithmIdentifier } from '../key/signature-algorithm.ts'
import type { Signer } from '../key/signer.ts'
import { encodeRevokedCertificates, type RevokedCertificate } from './entries.ts'

export interface CrlInput {
  /** DER Name of the issuing CA. */
  readonly issuer: Uint8Array
  /** Subject key identifier of the issuing CA. */
  readonly issuerKeyIdentifier: Uint8Array
  /** Greater than that of every earlier CRL of this CA. */
  readonly number: bigint
  readonly thisUpdate: Date
  readonly nextUpdate: Date
  readonly revoked: readonly RevokedCertificate[]
}

/**
 * Full CRL, version 2, DER (RFC 5280 §5). No issuingDistributionPoint: it covers every certificate of the CA and every reason,
 * and the extension must never be empty (§5.2.5). revokedCertificates is absent when nothing is revoked (§5.1.2.6).
 */
export async function signCrl(input: CrlInput, signer: Signer): Promise<Uint8Array> {
  const tbs = sequence(
    integer(1),
    signatureAlgorithmIdentifier(signer.algorithm),
    input.issuer,
    time(input.thisUpdate),
    time(input.nextUpdate),
    ...(input.revoked.length > 0 ? [encodeRevokedCertificates(input.revoked)] : []),
    explicit(0, encodeExtensions([authorityKeyIdentifier(input.issuerKeyIdentifier), crlNumber(input.number)])),
  )
  return assembleSigned(tbs, signer.algorithm, await signer.sign(tbs))
}
