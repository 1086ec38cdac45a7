import type { Extension } from '../certificate/extension.ts'
import { oidValue, openSequence } from '../der/read.ts'
import { TAG } from '../der/tag.ts'
import { oid, sequence } from '../der/write.ts'
import { malformed } from '../pki-error.ts'

export const EXT_KEY_USAGE = '2.5.29.37'

export const PURPOSE = {
  serverAuth: '1.3.6.1.5.5.7.3.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
  emailProtection: '1.3.6.1.5.5.7.3.4',
  ocspSigning: '1.3.6.1.5.5.7.3.9',
  /** id-pkinit-KPClientAuth (RFC 4556 §3.2.1). */
  pkinitClient: '1.3.6.1.5.2.3.4',
  pkinitKdc: '1.3.6.1.5.2.3.5',
  /** Microsoft smart card log-on. */
  smartCardLogon: '1.3.6.1.4.1.311.20.2.2',
  msDocumentSigning: '1.3.6.1.4.1.311.10.3.12',
  adobeDocumentSigning: '1.2.840.113583.1.1.5',
  encryptingFileSystem: '1.3.6.1.4.1.311.10.3.4',
  /** FIPS 201-3 App. B: signer of CHUID, biometrics and security object. */
  pivContentSigning: '2.16.840.1.101.3.6.7',
  pivCardAuth: '2.16.840.1.101.3.6.8',
  any: '2.5.29.37.0',
} as const

const MAX_PURPOSES = 64

export const extKeyUsage = (purposes: readonly string[], critical = false): Extension => ({
  oid: EXT_KEY_USAGE,
  critical,
  value: sequence(...purposes.map(oid)),
})

export function decodeExtKeyUsage(value: Uint8Array): string[] {
  const cursor = openSequence(value, value.length, 'extKeyUsage')
  const purposes: string[] = []
  while (cursor.peek() !== undefined) {
    if (purposes.length === MAX_PURPOSES) throw malformed(`extKeyUsage has more than ${MAX_PURPOSES} entries`)
    purposes.push(oidValue(cursor.take(TAG.oid, 'KeyPurposeId')))
  }
  if (purposes.length === 0) throw malformed('extKeyUsage is empty')
  return purposes
}
