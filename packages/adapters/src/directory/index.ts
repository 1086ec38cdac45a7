export type { RefusedBind } from './ldap/authenticate.ts'
export { createLdapDirectory, type LdapDirectoryOptions } from './ldap/ldap-directory.ts'
export { ldapSettingsFaults } from './ldap/settings-faults.ts'
