import { extKeyUsage, PURPOSE } from '../extensions/ext-key-usage.ts'
import { keyUsage } from '../extensions/key-usage.ts'
import { subjectAltName } from '../extensions/subject-alt-name.ts'
import { parsePublicKey } from '../key/public-key.ts'
import { certificateOrRefusals } from './certificate-or-refusals.ts'
import { type HolderRequest, type Issuer, MAX_HOLDER_DAYS, type ProfileResult } from './profile.ts'
import { checkEmail, checkKey, checkName, checkValidity, isEncryptionKey } from './request-checks.ts'

/**
 * Key 9D (and 82 to 95): decrypts mail and files. Common Policy profile "Key Management" (FIPS 201-3 §4.2.2.4): an RSA key
 * enciphers keys, an elliptic-curve key agrees on them (RFC 5480 §3).
 */
export function keyManagement(request: HolderRequest, issuer: Issuer): ProfileResult {
  const subject = [...request.organization, ...request.person]
  const refusals = [
    ...checkKey(request.publicKey, isEncryptionKey),
    ...checkValidity(request, { maxDays: MAX_HOLDER_DAYS, issuer, cardNotAfter: request.cardNotAfter }),
    ...checkName(subject),
    ...checkEmail(request),
  ]
  return certificateOrRefusals(request, issuer, refusals, () => ({
    subject,
    extensions: [
      keyUsage([parsePublicKey(request.publicKey).kind === 'rsa' ? 'keyEncipherment' : 'keyAgreement']),
      extKeyUsage([PURPOSE.emailProtection, PURPOSE.encryptingFileSystem]),
      ...(request.email === undefined ? [] : [subjectAltName({ emails: [request.email], uuids: [], uris: [] })]),
    ],
  }))
}
