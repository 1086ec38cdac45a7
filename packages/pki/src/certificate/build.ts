import { time } from '../der/time.ts'
import { bitString, explicit, integer, sequence } from '../der/write.ts'
import { type SignatureAlgorithm, signatureAlgorithmIdentifier } from '../key/signature-algorithm.ts'
import type { Signer } from '../key/signer.ts'
import { PkiError } from '../pki-error.ts'
import { type Extension, encodeExtensions } from './extension.ts'

/** Everything that a certificate says, but for who signs it. */
export interface TbsCertificate {
  /** Big-endian magnitude, 1 to 20 octets once encoded, not zero. */
  readonly serialNumber: Uint8Array
  /** DER Name, byte for byte the issuer certificate's subject (RFC 5280 §6.1.3 compares them). */
  readonly issuer: Uint8Array
  /** DER Name. */
  readonly subject: Uint8Array
  readonly notBefore: Date
  readonly notAfter: Date
  /** DER SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array
  readonly extensions: readonly Extension[]
}

const VERSION_3 = explicit(0, integer(2))

/** DER of TBSCertificate (RFC 5280 §4.1). Throws 'value-invalid' for a serial number that is zero or too long. */
export function encodeTbsCertificate(tbs: TbsCertificate, algorithm: SignatureAlgorithm): Uint8Array {
  const serial = integer(tbs.serialNumber)
  if (serial.length > 22 || tbs.serialNumber.every(octet => octet === 0)) {
    throw new PkiError('value-invalid', 'Serial number is zero or longer than 20 octets (RFC 5280 §4.1.2.2)')
  }
  return sequence(
    VERSION_3,
    serial,
    signatureAlgorithmIdentifier(algorithm),
    tbs.issuer,
    sequence(time(tbs.notBefore), time(tbs.notAfter)),
    tbs.subject,
    tbs.publicKey,
    explicit(3, encodeExtensions(tbs.extensions)),
  )
}

/** The common frame of certificates, CRLs and requests: what is signed, with what, the signature. */
export const assembleSigned = (tbs: Uint8Array, algorithm: SignatureAlgorithm, signature: Uint8Array): Uint8Array =>
  sequence(tbs, signatureAlgorithmIdentifier(algorithm), bitString(signature))

/** Signs and assembles. The answer is the DER of the certificate. */
export async function signCertificate(tbs: TbsCertificate, signer: Signer): Promise<Uint8Array> {
  const der = encodeTbsCertificate(tbs, signer.algorithm)
  return assembleSigned(der, signer.algorithm, await signer.sign(der))
}

/**
 * Serial number from random octets: top bit cleared and the next set, so that it is positive, never zero and of constant
 * length. 16 octets leave 126 random bits; at least 64 are asked for (CA/Browser Forum BR §7.1, US federal profiles).
 */
export function serialNumberFrom(random: Uint8Array): Uint8Array {
  if (random.length < 9 || random.length > 20) throw new PkiError('value-invalid', 'Serial numbers take 9 to 20 octets')
  const serial = Uint8Array.from(random)
  serial[0] = ((serial[0] as number) & 0x7f) | 0x40
  return serial
}
