import { ascii } from '../bytes.ts'
import type { Extension } from '../certificate/extension.ts'
import { oidValue, openSequence } from '../der/read.ts'
import { asciiText } from '../der/string.ts'
import { contextConstructed, TAG } from '../der/tag.ts'
import { explicit, octetString, oid, sequence, tlv } from '../der/write.ts'
import { PkiError } from '../pki-error.ts'

/** szOID_NTDS_CA_SECURITY_EXT: binds the certificate strongly to one Active Directory account ([MS-WCCE] §2.2.2.7.7.4). */
export const SID_EXTENSION = '1.3.6.1.4.1.311.25.2'
const NTDS_OBJECTSID = '1.3.6.1.4.1.311.25.2.1'

/** String form of a security identifier ([MS-DTYP] §2.4.2.1) with decimal authority. */
export const isSid = (text: string): boolean => text.length <= 184 && /^S-1-\d{1,15}(-\d{1,10}){1,15}$/.test(text)

/** Not critical. The SID travels as ASCII text in an OCTET STRING inside an otherName. */
export function sidExtension(sid: string): Extension {
  if (!isSid(sid)) throw new PkiError('value-invalid', `"${sid}" is not a security identifier such as S-1-5-21-…`)
  const otherName = tlv(contextConstructed(0), oid(NTDS_OBJECTSID), explicit(0, octetString(ascii(sid))))
  return { oid: SID_EXTENSION, critical: false, value: sequence(otherName) }
}

export function decodeSidExtension(value: Uint8Array): string {
  const what = 'SID extension'
  const names = openSequence(value, value.length, what)
  const other = names.enter(contextConstructed(0), what)
  names.end(what)
  const type = oidValue(other.take(TAG.oid, what))
  if (type !== NTDS_OBJECTSID) throw new PkiError('der-malformed', `${what}: otherName is ${type}`)
  const wrapped = other.enter(contextConstructed(0), what)
  other.end(what)
  const text = asciiText(wrapped.take(TAG.octetString, what).value, what)
  wrapped.end(what)
  if (!isSid(text)) throw new PkiError('der-malformed', `${what}: value is not a security identifier`)
  return text
}
