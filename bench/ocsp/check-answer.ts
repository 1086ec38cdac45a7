import { verify, X509Certificate } from 'node:crypto'

type Tlv = { readonly tag: number; readonly whole: Buffer; readonly value: Buffer }

/** The elements inside a DER value; throws RangeError where they do not fill it. */
function elements(der: Buffer): Tlv[] {
  const found: Tlv[] = []
  for (let at = 0; at < der.length; ) {
    const first = der.readUInt8(at + 1)
    const extra = first > 0x80 ? first - 0x80 : 0
    const from = at + 2 + extra
    const end = from + (extra ? der.readUIntBE(at + 2, extra) : first)
    if (end > der.length) throw new RangeError('an element reaches beyond its end')
    found.push({ tag: der.readUInt8(at), whole: der.subarray(at, end), value: der.subarray(from, end) })
    at = end
  }
  return found
}

const inside = (tlv: Tlv | undefined): Tlv[] => elements(tlv?.value ?? Buffer.alloc(0))

/**
 * A reader of OCSP answers (RFC 6960 §4.2.1) that shares nothing with ours: successful, for this serial number, good, and signed
 * with SHA-256 by the certificate inside, which the CA issued.
 */
export function isGoodAnswer(answer: Buffer, serialHex: string, issuer: X509Certificate): boolean {
  const [status, bytes] = inside(elements(answer)[0])
  if (status?.value[0] !== 0) return false
  const [, basic] = inside(inside(bytes)[0])
  const [tbs, , signature, certificates] = inside(elements(basic?.value ?? Buffer.alloc(0))[0])
  if (!tbs || !signature || !certificates) return false
  const responses = inside(tbs).find((part, i, all) => part.tag === 0x30 && all[i - 1]?.tag === 0x18)
  const [certId, certStatus] = inside(inside(responses)[0])
  const serial = inside(certId)[3]?.value.toString('hex').toUpperCase()
  const [certificate] = inside(inside(certificates)[0])
  if (!certificate || serial !== serialHex || certStatus?.tag !== 0x80) return false
  const responder = new X509Certificate(certificate.whole)
  if (!responder.verify(issuer.publicKey)) return false
  return verify('sha256', tbs.whole, responder.publicKey, signature.value.subarray(1))
}
