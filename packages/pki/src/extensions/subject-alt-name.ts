import type { Extension } from '../certificate/extension.ts'
import { derCursor, openSequence } from '../der/read.ts'
import { stringValue } from '../der/string.ts'
import { TAG } from '../der/tag.ts'
import { octetString, sequence, utf8String } from '../der/write.ts'
import { PkiError } from '../pki-error.ts'
import { decodeGeneralNames, encodeGeneralName, type GeneralName } from './general-name.ts'
import {
  decodeKerberosPrincipal,
  encodeKerberosPrincipal,
  type KerberosPrincipal,
  PKINIT_SAN,
} from './kerberos-principal.ts'
import { parseUuidUrn, uuidUrn } from './uuid-urn.ts'

export const SUBJECT_ALT_NAME = '2.5.29.17'
/** userPrincipalName of Microsoft Windows, UTF8String. */
export const UPN_OTHER_NAME = '1.3.6.1.4.1.311.20.2.3'
/** pivFASC-N (FIPS 201-3 App. B), OCTET STRING of 25 octets. */
export const FASC_N_OTHER_NAME = '2.16.840.1.101.3.6.6'

/** The names that card certificates carry. UUIDs are 16 octets; the card's comes before the cardholder's. */
export interface SubjectAltNames {
  readonly fascN?: Uint8Array
  readonly upn?: string
  readonly kerberos?: KerberosPrincipal
  readonly emails: readonly string[]
  readonly uuids: readonly Uint8Array[]
  /** Other URIs, such as Microsoft's `tag:microsoft.com,2022-09-14:sid:…`. */
  readonly uris: readonly string[]
}

/** RFC 5280 §4.2.1.6: critical if and only if the subject is empty. */
export function subjectAltName(names: SubjectAltNames, critical = false): Extension {
  const list: GeneralName[] = []
  if (names.fascN) {
    if (names.fascN.length !== 25) throw new PkiError('value-invalid', 'FASC-N is not 25 octets')
    list.push({ type: 'other', oid: FASC_N_OTHER_NAME, value: octetString(names.fascN) })
  }
  if (names.upn !== undefined) list.push({ type: 'other', oid: UPN_OTHER_NAME, value: utf8String(names.upn) })
  if (names.kerberos) list.push({ type: 'other', oid: PKINIT_SAN, value: encodeKerberosPrincipal(names.kerberos) })
  for (const value of names.emails) list.push({ type: 'email', value })
  for (const uuid of names.uuids) list.push({ type: 'uri', value: uuidUrn(uuid) })
  for (const value of names.uris) list.push({ type: 'uri', value })
  return { oid: SUBJECT_ALT_NAME, critical, value: sequence(...list.map(encodeGeneralName)) }
}

/** Names of other kinds (DNS, directory, …) are not among a card's names and are left out. */
export function decodeSubjectAltName(value: Uint8Array): SubjectAltNames {
  const what = 'subjectAltName'
  const names: { -readonly [K in keyof SubjectAltNames]: SubjectAltNames[K] } = { emails: [], uuids: [], uris: [] }
  for (const name of decodeGeneralNames(openSequence(value, value.length, what), what)) {
    if (name.type === 'email') names.emails = [...names.emails, name.value]
    else if (name.type === 'uri') {
      const uuid = parseUuidUrn(name.value)
      if (uuid) names.uuids = [...names.uuids, uuid]
      else names.uris = [...names.uris, name.value]
    } else if (name.type === 'other' && name.oid === PKINIT_SAN) names.kerberos = decodeKerberosPrincipal(name.value)
    else if (name.type === 'other' && (name.oid === UPN_OTHER_NAME || name.oid === FASC_N_OTHER_NAME)) {
      const cursor = derCursor(name.value)
      const element = cursor.any(what)
      cursor.end(what)
      if (name.oid === UPN_OTHER_NAME) names.upn = stringValue(element, what)
      else if (element.tag === TAG.octetString) names.fascN = element.value
    }
  }
  return names
}
