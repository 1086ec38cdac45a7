import { type DirectorySettings, directoryPresets } from '@cardwright/core'
import { settingsFor } from './people.ts'
import { BASE } from './slapd-files.ts'

/**
 * The attributes of Active Directory that Cardwright reads, by their names, OIDs and syntaxes (MS-ADA1 to MS-ADA3), with
 * the matching rules that make them searchable. `objectCategory` is a DN there that the server also finds by its last
 * name; here it is that name.
 */
export const activeDirectorySchema = `
attributetype ( 1.2.840.113556.1.4.221 NAME 'sAMAccountName' EQUALITY caseIgnoreMatch
  SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )
attributetype ( 1.2.840.113556.1.4.2 NAME 'objectGUID' EQUALITY octetStringMatch
  SYNTAX 1.3.6.1.4.1.1466.115.121.1.40 SINGLE-VALUE )
attributetype ( 1.2.840.113556.1.4.146 NAME 'objectSid' EQUALITY octetStringMatch
  SYNTAX 1.3.6.1.4.1.1466.115.121.1.40 SINGLE-VALUE )
attributetype ( 1.2.840.113556.1.4.8 NAME 'userAccountControl' EQUALITY integerMatch
  SYNTAX 1.3.6.1.4.1.1466.115.121.1.27 SINGLE-VALUE )
attributetype ( 1.2.840.113556.1.4.656 NAME 'userPrincipalName' EQUALITY caseIgnoreMatch
  SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )
attributetype ( 1.2.840.113556.1.2.102 NAME 'memberOf' EQUALITY distinguishedNameMatch
  SYNTAX 1.3.6.1.4.1.1466.115.121.1.12 )
attributetype ( 1.2.840.113556.1.4.782 NAME 'objectCategory' EQUALITY caseIgnoreMatch
  SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )
attributetype ( 1.2.840.113556.1.4.35 NAME 'employeeID' EQUALITY caseIgnoreMatch
  SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )
attributetype ( 1.2.840.113556.1.2.141 NAME 'department' EQUALITY caseIgnoreMatch
  SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )
objectclass ( 1.2.840.113556.1.5.9 NAME 'user' SUP organizationalPerson STRUCTURAL
  MAY ( sAMAccountName $ objectGUID $ objectSid $ userAccountControl $ userPrincipalName $ memberOf $ objectCategory
    $ employeeID $ department $ displayName $ givenName $ mail $ userCertificate ) )
objectclass ( 1.2.840.113556.1.5.8 NAME 'group' SUP top STRUCTURAL MUST cn MAY ( objectGUID $ sAMAccountName ) )
`

const base64 = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex').toString('base64')

/** The first has every byte of its GUID different; the second's GUID and SID are valid UTF-8, as bytes may happen to be. */
export const alice = {
  guidBytes: '00112233 4455 6677 8899 aabbccddeeff',
  guid: '33221100-5544-7766-8899-aabbccddeeff',
  sidBytes: '0105 000000000005 15000000 a065cf7e 784b9b5f e77c8770 091c0100',
  sid: 'S-1-5-21-2127521184-1604012920-1887927527-72713',
}
export const ascii = {
  guidBytes: '61626364 6566 6768 696a 6b6c6d6e6f70',
  guid: '64636261-6665-6867-696a-6b6c6d6e6f70',
  sidBytes: '0101 000000000005 12000000',
  sid: 'S-1-5-18',
}
export const staffGuid = '04030201-0605-0807-090a-0b0c0d0e0f10'

const user = (name: string, ids: typeof alice, control: number, more = '') =>
  `
dn: CN=${name},ou=people,${BASE}
objectClass: user
objectCategory: person
cn: ${name}
sn: Surname
displayName: ${name}
sAMAccountName: ${name.toLowerCase()}
userPrincipalName: ${name.toLowerCase()}@corp.example
objectGUID:: ${base64(ids.guidBytes)}
objectSid:: ${base64(ids.sidBytes)}
userAccountControl: ${control}
userPassword: ${name} password
${more}`.trimEnd()

export const activeDirectoryLdif = [
  user('Alice', alice, 512, `employeeID: 4711\ndepartment: Sales\nmemberOf: CN=Staff, OU=Groups,${BASE}`),
  user('Ascii', ascii, 514),
  `
dn: cn=Staff,ou=groups,${BASE}
objectClass: group
cn: Staff
objectGUID:: ${base64('01020304 0506 0708 090a 0b0c0d0e0f10')}`,
].join('\n')

export const activeDirectorySettings = (at: Parameters<typeof settingsFor>[0]): DirectorySettings =>
  settingsFor(at, directoryPresets['active-directory'])
