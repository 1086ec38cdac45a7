import { digest, formatName, parseCertificate } from '@cardwright/pki'

/** What the store keeps of a certificate besides its bytes; names as RFC 4514 writes them. */
export const describeCertificate = (
  der: Uint8Array,
): { readonly subject: string; readonly issuer: string; readonly notBefore: number; readonly notAfter: number } => {
  const { subject, issuer, notBefore, notAfter } = parseCertificate(der)
  return {
    subject: formatName(subject.name),
    issuer: formatName(issuer.name),
    notBefore: notBefore.getTime(),
    notAfter: notAfter.getTime(),
  }
}

export const sha256Hex = (data: Uint8Array): string =>
  Array.from(digest('sha256', data), byte => byte.toString(16).padStart(2, '0')).join('')
