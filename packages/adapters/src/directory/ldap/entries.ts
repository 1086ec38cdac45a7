import type { DirectoryAttributes, DirectoryUser } from '@cardwright/core'
import type { Entry } from 'ldapts'

/** Known by their names as binary: they may happen to be UTF-8, so the library is told. */
export const binaryAttributes = ['objectGUID', 'objectSid', 'objectguid', 'objectsid']

/** Attribute names have no case (RFC 4512 §2.5), and servers answer in that of their schema. */
export type Values = ReadonlyMap<string, readonly (string | Buffer)[]>

export const valuesOf = ({ dn: _, ...attributes }: Entry): Values =>
  new Map(
    Object.entries(attributes).map(([name, value]) => [name.toLowerCase(), Array.isArray(value) ? value : [value]]),
  )

const first = (values: Values, name: string): string | Buffer | null =>
  (name && values.get(name.toLowerCase())?.[0]) || null

/** Text of the first value; what is empty, binary or holds NUL (which PostgreSQL cannot store) counts as missing. */
export const textOf = (values: Values, name: string): string | null => {
  const value = first(values, name)
  if (typeof value !== 'string') return null
  const text = value.trim()
  return text === '' || text.includes('\0') ? null : text
}

const isGuid = (name: string): boolean => name.toLowerCase() === 'objectguid'

/** MS-DTYP §2.3.4.2: the first three fields are little-endian, so bytes 0–3, 4–5 and 6–7 are turned round, either way. */
const turned = (bytes: Buffer): Buffer =>
  Buffer.from([3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15].map(at => bytes[at] ?? 0))

export const guidOf = (bytes: Buffer): string | null => {
  if (bytes.length !== 16) return null
  const all = turned(bytes).toString('hex')
  return [all.slice(0, 8), all.slice(8, 12), all.slice(12, 16), all.slice(16, 20), all.slice(20)].join('-')
}

/** The other way, for a filter; null if it is no UUID. */
export const bytesOfGuid = (guid: string): Buffer | null => {
  const bytes = Buffer.from(guid.replaceAll('-', ''), 'hex')
  if (bytes.length !== 16 || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(guid)) return null
  return turned(bytes)
}

/** MS-DTYP §2.4.2.2: revision, count, 48-bit authority (big-endian), sub-authorities (32-bit little-endian). */
export const sidOf = (bytes: Buffer): string | null => {
  const count = bytes[1] ?? 0
  if (bytes[0] !== 1 || count > 15 || bytes.length !== 8 + 4 * count) return null
  const parts = Array.from({ length: count }, (_, i) => bytes.readUInt32LE(8 + 4 * i))
  return ['S', 1, bytes.readUIntBE(2, 6), ...parts].join('-')
}

export const idOf = (values: Values, attribute: string): string | null => {
  if (!isGuid(attribute)) return textOf(values, attribute)
  const value = first(values, attribute)
  return Buffer.isBuffer(value) ? guidOf(value) : null
}

export const idValue = (attribute: string, id: string): string | Buffer | null =>
  isGuid(attribute) ? bytesOfGuid(id) : id

const sid = (values: Values, attribute: string): string | null => {
  const value = first(values, attribute)
  return Buffer.isBuffer(value) ? sidOf(value) : textOf(values, attribute)
}

const ACCOUNT_DISABLED = 0x2

/** userAccountControl: bit ADS_UF_ACCOUNTDISABLE (MS-ADTS §2.2.16). Any other attribute disables with TRUE. */
export const disabledOf = (values: Values, attribute: string): boolean => {
  const value = textOf(values, attribute)
  if (value === null) return false
  if (attribute.toLowerCase() === 'useraccountcontrol') return (Number(value) & ACCOUNT_DISABLED) !== 0
  return value.toUpperCase() === 'TRUE'
}

export const userAttributes = (a: DirectoryAttributes): string[] =>
  [
    a.id,
    a.loginName,
    a.displayName,
    a.givenName,
    a.familyName,
    a.email,
    a.upn,
    a.sid,
    a.employeeNumber,
    a.department,
    a.disabled,
    a.membership === 'memberOf' ? 'memberOf' : '',
  ].filter(name => name !== '')

/** Null without an id: an entry that cannot be recognised again is not a user here. */
export const userOf = (
  entry: Entry,
  a: DirectoryAttributes,
  groupsOf: (dn: string, loginName: string | null, values: Values) => readonly string[],
): DirectoryUser | null => {
  const values = valuesOf(entry)
  const id = idOf(values, a.id)
  if (id === null) return null
  const loginName = textOf(values, a.loginName)
  return {
    id,
    dn: entry.dn,
    loginName,
    displayName: textOf(values, a.displayName),
    givenName: textOf(values, a.givenName),
    familyName: textOf(values, a.familyName),
    email: textOf(values, a.email),
    upn: textOf(values, a.upn),
    sid: sid(values, a.sid),
    employeeNumber: textOf(values, a.employeeNumber),
    department: textOf(values, a.department),
    disabled: disabledOf(values, a.disabled),
    groupIds: groupsOf(entry.dn, loginName, values),
  }
}
