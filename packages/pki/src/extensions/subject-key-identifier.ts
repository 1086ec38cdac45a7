import type { Extension } from '../certificate/extension.ts'
import { derCursor } from '../der/read.ts'
import { TAG } from '../der/tag.ts'
import { octetString } from '../der/write.ts'

export const SUBJECT_KEY_IDENTIFIER = '2.5.29.14'

export const subjectKeyIdentifier = (identifier: Uint8Array): Extension => ({
  oid: SUBJECT_KEY_IDENTIFIER,
  critical: false,
  value: octetString(identifier),
})

export function decodeSubjectKeyIdentifier(value: Uint8Array): Uint8Array {
  const cursor = derCursor(value)
  const identifier = cursor.take(TAG.octetString, 'subjectKeyIdentifier').value
  cursor.end('subjectKeyIdentifier')
  return identifier
}
