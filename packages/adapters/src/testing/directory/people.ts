import { type DirectorySettings, directoryPresets } from '@cardwright/core'
import { BASE, SERVICE } from './slapd-files.ts'

export type Person = {
  readonly loginName: string
  readonly displayName: string
  readonly password: string
  readonly email: string | null
  readonly groups: readonly string[]
}

/** Whom every directory under test holds. The last one's name is made of what filters and DNs are written with. */
export const people: readonly Person[] = [
  {
    loginName: 'alice',
    displayName: 'Alice Archer',
    password: 'alice pässword',
    email: 'alice@example.org',
    groups: ['Staff', 'Badges'],
  },
  { loginName: 'bob', displayName: 'Bob Baker', password: 'bob password', email: null, groups: ['Staff'] },
  { loginName: 'zoë', displayName: 'Zoë Żak', password: 'zoë password', email: 'zoe@example.org', groups: [] },
  { loginName: 'we(i*r)d\\,+"<>;#=', displayName: 'Weird Name', password: 'weird password', email: null, groups: [] },
]
export const groupNames = ['Staff', 'Badges', 'Empty']

const base64 = (text: string) => Buffer.from(text).toString('base64')
const numberOf = ({ loginName }: Person) => people.findIndex(person => person.loginName === loginName)
/** A counter keeps the RDN free of everything that would have to be escaped. */
export const dnOf = (person: Person) => `cn=person ${numberOf(person)},ou=people,${BASE}`

const personLdif = (person: Person) => `
dn: ${dnOf(person)}
objectClass: inetOrgPerson
cn: person ${numberOf(person)}
uid:: ${base64(person.loginName)}
displayName:: ${base64(person.displayName)}
sn: Surname
givenName: Given
employeeNumber: ${1000 + numberOf(person)}
departmentNumber: Department
userPassword:: ${base64(person.password)}
${person.email ? `mail: ${person.email}` : ''}`

/** groupOfNames needs a member (RFC 4519 §3.5); the base entry is nobody. */
const groupLdif = (name: string) =>
  [
    `\ndn: cn=${name},ou=groups,${BASE}`,
    'objectClass: groupOfNames',
    `cn: ${name}`,
    `member: ${BASE}`,
    ...people.filter(person => person.groups.includes(name)).map(person => `member: ${dnOf(person)}`),
  ].join('\n')

export const peopleLdif = [...people.map(personLdif), ...groupNames.map(groupLdif)]
  .map(entry => entry.replace(/\n+$/, ''))
  .join('\n')

export const settingsFor = (
  at: { readonly ldapsUrl: string; readonly caCertificates: string },
  change: Partial<DirectorySettings> = {},
): DirectorySettings => ({
  urls: [at.ldapsUrl],
  tls: 'LDAPS',
  caCertificates: at.caCertificates,
  bindDn: SERVICE,
  userBase: `ou=people,${BASE}`,
  userFilter: directoryPresets.rfc2307.userFilter,
  groupBase: `ou=groups,${BASE}`,
  groupFilter: directoryPresets.rfc2307.groupFilter,
  attributes: { ...directoryPresets.rfc2307.attributes, displayName: 'displayName' },
  pageSize: 100,
  groups: [],
  syncIntervalMinutes: 0,
  disableLimitPercent: 20,
  publishProfiles: [],
  ...change,
})
