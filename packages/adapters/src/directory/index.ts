export { createLdapDirectory, type LdapDirectoryOptions } from './ldap/ldap-directory.ts'
