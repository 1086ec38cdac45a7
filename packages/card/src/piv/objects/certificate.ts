import { bytesToNumber, concatBytes } from '../../bytes.ts'
import { CardDataError } from '../../errors.ts'
import { decodeTlvs, encodeTlv, findTlv, requireTlv } from '../../tlv/ber-tlv.ts'

const CERTIFICATE = 0x70
const CERT_INFO = 0x71
const ERROR_DETECTION = 0xfe

/** Nothing larger is a certificate; keeps a decompression bomb small. */
const MAX_CERTIFICATE = 65_536

/** Decompresses gzip or zlib to at most `maxLength` bytes, throws if there is more or if it is neither. */
export type Gunzip = (compressed: Uint8Array, maxLength: number) => Uint8Array

/** Value of a certificate object (SP 800-73-5 part 1 table 14): the DER certificate, never compressed. */
export function encodeCertificateObject(certificate: Uint8Array): Uint8Array {
  return concatBytes(
    encodeTlv(CERTIFICATE, certificate),
    encodeTlv(CERT_INFO, Uint8Array.of(0x00)),
    encodeTlv(ERROR_DETECTION),
  )
}

/**
 * The DER certificate in an object. CertInfo 01 (or 80 on some cards) says gzip; ykman's form `01 00 ‖ length` before
 * zlib data is read too. Without `gunzip` a compressed certificate is a CardDataError.
 */
export function decodeCertificateObject(value: Uint8Array, gunzip?: Gunzip): Uint8Array {
  const objects = decodeTlvs(value)
  const content = requireTlv(objects, CERTIFICATE)
  const info = bytesToNumber((findTlv(objects, CERT_INFO) ?? new Uint8Array(0)).subarray(0, 1))
  const certificate = (info & 0x81) === 0 ? content : decompress(content, gunzip)
  // Each DER certificate is a SEQUENCE; what follows is for the parser of certificates.
  if (certificate[0] !== 0x30) throw new CardDataError('a certificate object holds no certificate')
  return certificate
}

function decompress(content: Uint8Array, gunzip: Gunzip | undefined): Uint8Array {
  if (!gunzip) throw new CardDataError('a certificate is compressed')
  const isZlibForm = content[0] === 0x01 && content[1] === 0x00
  let plain: Uint8Array
  try {
    plain = gunzip(isZlibForm ? content.subarray(4) : content, MAX_CERTIFICATE)
  } catch (cause) {
    throw new CardDataError('a compressed certificate cannot be decompressed', { cause })
  }
  if (plain.length > MAX_CERTIFICATE) throw new CardDataError('a decompressed certificate is too long')
  return plain
}
