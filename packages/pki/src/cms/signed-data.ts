import type { Certificate } from '../certificate/parse.ts'
import { digest } from '../crypto.ts'
import { contextConstructed, TAG } from '../der/tag.ts'
import { explicit, integer, octetString, oid, sequence, setOf, tlv } from '../der/write.ts'
import { hashIdentifier } from '../key/card-signature.ts'
import { type Hash, signatureAlgorithmIdentifier, signatureHash } from '../key/signature-algorithm.ts'
import type { Signer } from '../key/signer.ts'
import { PkiError } from '../pki-error.ts'
import { CMS } from './content-type.ts'

export interface SignedDataInput {
  /** Dotted identifier of what is signed. */
  readonly contentType: string
  readonly content: Uint8Array
  /** The content stays outside (CHUID) or goes inside (security object). */
  readonly detached: boolean
  readonly signerCertificate: Certificate
  /** Whether the signer's certificate travels with the signature. */
  readonly includeCertificate: boolean
  /** Further signed attributes: identifier and DER of the one value. */
  readonly attributes: readonly { readonly type: string; readonly value: Uint8Array }[]
}

const attribute = (type: string, value: Uint8Array) => sequence(oid(type), setOf(value))

/** Hash for the message digest; PIV signers use RSA or ECDSA, and Ed25519 would need rules of its own (RFC 8419). */
function messageHash(signer: Signer): Hash {
  const hash = signatureHash(signer.algorithm)
  if (!hash)
    throw new PkiError('algorithm-unsupported', 'Content is signed with RSA or ECDSA keys only (SP 800-78-5 §3.2.1)')
  return hash
}

/** DER ContentInfo with SignedData version 3 and one SignerInfo by issuer and serial number (RFC 5652 §5). */
export async function signData(input: SignedDataInput, signer: Signer): Promise<Uint8Array> {
  const hash = messageHash(signer)
  const { signerCertificate: certificate } = input
  const attributes = setOf(
    attribute(CMS.contentType, oid(input.contentType)),
    attribute(CMS.messageDigest, octetString(digest(hash, input.content))),
    ...input.attributes.map(({ type, value }) => attribute(type, value)),
  )
  // RFC 5652 §5.4: what is signed has the SET OF tag, what is sent the implicit [0]. The octets after the tag are the same.
  const signature = await signer.sign(attributes)
  const sent = Uint8Array.from(attributes)
  sent[0] = contextConstructed(0)
  const signerInfo = sequence(
    integer(1),
    sequence(certificate.issuer.der, tlv(TAG.integer, certificate.serialNumber)),
    hashIdentifier(hash),
    sent,
    signatureAlgorithmIdentifier(signer.algorithm),
    octetString(signature),
  )
  const signedData = sequence(
    integer(3),
    setOf(hashIdentifier(hash)),
    sequence(oid(input.contentType), ...(input.detached ? [] : [explicit(0, octetString(input.content))])),
    ...(input.includeCertificate ? [tlv(contextConstructed(0), certificate.der)] : []),
    setOf(signerInfo),
  )
  return sequence(oid(CMS.signedData), explicit(0, signedData))
}

/** Certificates without a signer, `.p7c` (RFC 5652 §5.2; EST's cacerts answer, RFC 7030 §4.1.3). */
export function certificatesOnly(certificates: readonly Uint8Array[]): Uint8Array {
  const signedData = sequence(
    integer(1),
    setOf(),
    sequence(oid(CMS.data)),
    tlv(contextConstructed(0), ...certificates),
    setOf(),
  )
  return sequence(oid(CMS.signedData), explicit(0, signedData))
}
