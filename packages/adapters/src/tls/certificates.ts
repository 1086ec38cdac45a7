import { X509Certificate } from 'node:crypto'

const BLOCK = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g

const isCertificate = (block: string): boolean => {
  try {
    return new X509Certificate(block).raw.length > 0
  } catch {
    return false
  }
}

/** Whether a field for the authorities that are trusted holds certificates in PEM (RFC 7468), or nothing: the public ones. */
export const areCertificates = (text: string): boolean => {
  if (text.trim() === '') return true
  const blocks = text.match(BLOCK) ?? []
  return blocks.length > 0 && blocks.every(isCertificate)
}
