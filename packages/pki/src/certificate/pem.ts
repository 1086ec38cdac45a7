import { PkiError } from '../pki-error.ts'

export type PemLabel = 'CERTIFICATE' | 'X509 CRL' | 'CERTIFICATE REQUEST' | 'PUBLIC KEY' | 'PKCS7'

const MAX_PEM = 16 * 1024 * 1024

function base64(bytes: Uint8Array): string {
  let binary = ''
  for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return btoa(binary)
}

/** Text form of RFC 7468, lines of 64 characters. */
export function toPem(label: PemLabel, der: Uint8Array): string {
  const lines = base64(der).match(/.{1,64}/g) ?? []
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n')
}

/** Every block with this label, in order. Throws 'value-invalid' when there is none or one is not base64. */
export function fromPem(label: PemLabel, text: string): Uint8Array[] {
  if (text.length > MAX_PEM) throw new PkiError('too-large', 'PEM text is too large')
  const begin = `-----BEGIN ${label}-----`
  const end = `-----END ${label}-----`
  const blocks: Uint8Array[] = []
  for (let from = text.indexOf(begin); from >= 0; from = text.indexOf(begin, from)) {
    const to = text.indexOf(end, from)
    if (to < 0) throw new PkiError('value-invalid', `PEM block ${label} has no end`)
    try {
      const binary = atob(text.slice(from + begin.length, to).replace(/\s+/g, ''))
      blocks.push(Uint8Array.from(binary, character => character.charCodeAt(0)))
    } catch (cause) {
      throw new PkiError('value-invalid', `PEM block ${label} is not base64`, { cause })
    }
    from = to + end.length
  }
  if (blocks.length === 0) throw new PkiError('value-invalid', `No PEM block ${label} found`)
  return blocks
}
