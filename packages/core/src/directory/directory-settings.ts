/**
 * Which attribute gives what; an empty name = not read. Three names are known by their own form (MS-ADTS): `objectGUID`
 * and `objectSid` are binary, bit 2 of `userAccountControl` = disabled; any other `disabled` attribute disables with TRUE.
 */
export type DirectoryAttributes = {
  readonly id: string
  readonly loginName: string
  readonly displayName: string
  readonly givenName: string
  readonly familyName: string
  readonly email: string
  readonly upn: string
  readonly sid: string
  readonly employeeNumber: string
  readonly department: string
  readonly disabled: string
  /** `memberOf` = DNs at the user; `member`, `uniqueMember` = DNs at the group; `memberUid` = login names there (RFC 2307). */
  readonly membership: 'memberOf' | 'member' | 'uniqueMember' | 'memberUid'
  readonly groupName: string
  /** RFC 4523 §2.1 wants `userCertificate;binary`; Active Directory has it without the option. */
  readonly certificate: 'userCertificate;binary' | 'userCertificate'
}

export type DirectoryPreset = 'rfc2307' | 'active-directory'

export const directoryPresets: Readonly<
  Record<
    DirectoryPreset,
    { readonly userFilter: string; readonly groupFilter: string; readonly attributes: DirectoryAttributes }
  >
> = {
  rfc2307: {
    userFilter: '(objectClass=inetOrgPerson)',
    groupFilter: '(objectClass=groupOfNames)',
    attributes: {
      id: 'entryUUID',
      loginName: 'uid',
      displayName: 'cn',
      givenName: 'givenName',
      familyName: 'sn',
      email: 'mail',
      upn: '',
      sid: '',
      employeeNumber: 'employeeNumber',
      department: 'departmentNumber',
      disabled: '',
      membership: 'member',
      groupName: 'cn',
      certificate: 'userCertificate;binary',
    },
  },
  'active-directory': {
    userFilter: '(&(objectCategory=person)(objectClass=user))',
    groupFilter: '(objectClass=group)',
    attributes: {
      id: 'objectGUID',
      loginName: 'sAMAccountName',
      displayName: 'displayName',
      givenName: 'givenName',
      familyName: 'sn',
      email: 'mail',
      upn: 'userPrincipalName',
      sid: 'objectSid',
      employeeNumber: 'employeeID',
      department: 'department',
      disabled: 'userAccountControl',
      membership: 'memberOf',
      groupName: 'cn',
      certificate: 'userCertificate',
    },
  },
}

/** Everything but the bind password, which is sealed and kept apart. */
export type DirectorySettings = {
  /** Tried in this order; scheme and port only say where, `tls` says how. */
  readonly urls: readonly string[]
  /** LDAPS: `ldaps://` addresses, TLS from the first byte. STARTTLS: `ldap://` addresses (RFC 4511 §4.14). No third way. */
  readonly tls: 'LDAPS' | 'STARTTLS'
  /** PEM; if given, only these count. Empty = the public certificate authorities that come with Node.js. */
  readonly caCertificates: string
  readonly bindDn: string
  readonly userBase: string
  readonly userFilter: string
  /** Empty = no groups are read. */
  readonly groupBase: string
  readonly groupFilter: string
  readonly attributes: DirectoryAttributes
  readonly pageSize: number
  /** Directory groups by id, and the name of the Cardwright group that is made from each (or is there already). */
  readonly groups: readonly { readonly directoryGroup: string; readonly name: string }[]
  /** 0 = only when somebody starts it. */
  readonly syncIntervalMinutes: number
  /** A sync that would disable more of the known directory users than this asks for confirmation. */
  readonly disableLimitPercent: number
  /** Certificate profiles whose certificates are published; none = nothing is written to the directory. */
  readonly publishProfiles: readonly string[]
}

/** What is wrong with the settings, by field name; empty = nothing that can be seen without the directory. */
export const directorySettingsFaults = (settings: DirectorySettings): Readonly<Record<string, string>> => {
  const faults: Record<string, string> = {}
  const scheme = settings.tls === 'LDAPS' ? 'ldaps:' : 'ldap:'
  if (settings.urls.length === 0) faults.urls = 'At least one address is needed.'
  for (const url of settings.urls) {
    const parsed = URL.canParse(url) ? new URL(url) : null
    if (parsed?.protocol !== scheme || parsed.hostname === '')
      faults.urls = `Each address must look like ${scheme}//host or ${scheme}//host:port.`
    else if (parsed.username || parsed.password || parsed.search || parsed.hash || !['', '/'].includes(parsed.pathname))
      faults.urls = 'An address has a host and a port, nothing else; account and base are fields of their own.'
  }
  // An empty DN would make every bind anonymous (RFC 4513 §5.1.1).
  if (settings.bindDn.trim() === '') faults.bindDn = 'The DN of the account that reads the directory is needed.'
  if (settings.userBase.trim() === '') faults.userBase = 'The DN below which the users are is needed.'
  if (!settings.attributes.id) faults['attributes.id'] = 'Without an attribute that never changes nobody is recognised.'
  if (!settings.attributes.loginName) faults['attributes.loginName'] = 'The attribute with the login name is needed.'
  if (settings.groups.length > 0 && settings.groupBase.trim() === '')
    faults.groupBase = 'Groups are to be made, but there is no DN below which the directory groups are.'
  const names = settings.groups.map(group => group.name.toLowerCase())
  if (new Set(names).size < names.length || new Set(settings.groups.map(g => g.directoryGroup)).size < names.length)
    faults.groups = 'Each directory group and each group here may be named once.'
  for (const [field, value] of Object.entries(settings.attributes)) {
    // RFC 4512 §2.5: descr or numericoid, then options.
    if (value && !/^([A-Za-z][A-Za-z0-9-]*|\d+(\.\d+)+)(;[A-Za-z0-9-]+)*$/.test(value))
      faults[`attributes.${field}`] = 'This is not the name of an attribute.'
  }
  return faults
}
