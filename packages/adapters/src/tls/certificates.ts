import { X509Certificate } from 'node:crypto'

/** RFC 7468 §5. */
const BEGIN = '-----BEGIN CERTIFICATE-----'
const END = '-----END CERTIFICATE-----'

const isCertificate = (block: string): boolean => {
  try {
    return new X509Certificate(block).raw.length > 0
  } catch {
    return false
  }
}

/** Whether a field for the authorities that are trusted holds certificates in PEM, or nothing: the public ones. */
export const areCertificates = (text: string): boolean => {
  if (text.trim() === '') return true
  const blocks = text.split(BEGIN).slice(1)
  return blocks.length > 0 && blocks.every(rest => rest.includes(END) && isCertificate(BEGIN + rest))
}
