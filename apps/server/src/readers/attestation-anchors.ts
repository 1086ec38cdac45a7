import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PkiError, parseCertificate } from '@cardwright/pki'

export const attestationFolder = (dataDir: string): string => join(dataDir, 'attestation')

/** A file among the trusted makers that is no certificate; the message says which and what to do. */
export class AttestationAnchorError extends Error {}

const fromPem = (text: string): Uint8Array[] =>
  [...text.matchAll(/-----BEGIN CERTIFICATE-----([^-]+)-----END CERTIFICATE-----/g)].map(match =>
    Uint8Array.from(Buffer.from(match[1] ?? '', 'base64')),
  )

const certificatesIn = async (file: string): Promise<Uint8Array[]> => {
  const bytes = await readFile(file)
  const found = bytes[0] === 0x30 ? [Uint8Array.from(bytes)] : fromPem(bytes.toString('latin1'))
  const wrong = `${file} holds no certificate that can be read. Remove it, or put the maker's root there as PEM or DER.`
  if (found.length === 0) throw new AttestationAnchorError(wrong)
  try {
    for (const certificate of found) parseCertificate(certificate)
  } catch (cause) {
    if (!(cause instanceof PkiError)) throw cause
    throw new AttestationAnchorError(wrong, { cause })
  }
  return found
}

/**
 * Roots and intermediates of card makers whose attestation is believed: every .pem, .crt, .cer and .der file in the data
 * directory's folder `attestation`. Yubico publishes its own; the demo puts the maker of its virtual cards there.
 */
export const readAttestationAnchors = async (dataDir: string): Promise<readonly Uint8Array[]> => {
  const folder = attestationFolder(dataDir)
  const names = await readdir(folder).catch(error => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  const files = names.filter(name => /\.(pem|crt|cer|der)$/i.test(name)).sort()
  return (await Promise.all(files.map(name => certificatesIn(join(folder, name))))).flat()
}
