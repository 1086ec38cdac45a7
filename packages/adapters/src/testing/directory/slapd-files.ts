import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export const BASE = 'dc=example,dc=org'
export const ADMIN = `cn=admin,${BASE}`
export const ADMIN_PASSWORD = 'admin of the test'
/** Reads everything but passwords, writes certificates and the object class they need: the rights that docs/directory.md lists. */
export const SERVICE = `cn=cardwright,${BASE}`
export const SERVICE_PASSWORD = 'service account of the test'
/** What slapd gives to those without paged results. */
export const SIZE_LIMIT = 500

const openssl = (folder: string, args: readonly string[]): void => {
  execFileSync('openssl', [...args], { cwd: folder, stdio: 'pipe' })
}

/** A CA and, from it, a server certificate for these names, as `<name>.key` and `<name>.crt` in the folder. */
export const makeCertificates = (folder: string, hosts: string): void => {
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  const ca = ['-keyout', 'ca.key', '-out', 'ca.crt', '-subj', '/CN=Test directory CA', '-days', '2', '-x509']
  openssl(folder, ['req', ...curve, ...ca])
  openssl(folder, ['req', ...curve, '-keyout', 'server.key', '-out', 'server.csr', '-subj', '/CN=directory'])
  writeFileSync(join(folder, 'server.ext'), `subjectAltName=${hosts}\n`)
  const sign = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2', '-extfile', 'server.ext']
  openssl(folder, ['x509', '-req', '-in', 'server.csr', ...sign, '-out', 'server.crt'])
}

const schemas = ['core', 'cosine', 'inetorgperson', 'nis']

const configuration = (folder: string, startTls: boolean): string => `
${schemas.map(name => `include /etc/ldap/schema/${name}.schema`).join('\n')}
include ${folder}/own.schema
pidfile ${folder}/slapd.pid
argsfile ${folder}/slapd.args
modulepath /usr/lib/ldap
moduleload back_mdb
moduleload ppolicy
${
  startTls
    ? `TLSCACertificateFile ${folder}/ca.crt
TLSCertificateFile ${folder}/server.crt
TLSCertificateKeyFile ${folder}/server.key`
    : ''
}
sizelimit ${SIZE_LIMIT}
# As lax as a server can be about binds without a password, so that refusing them is our doing.
allow bind_anon_cred bind_anon_dn

database mdb
suffix "${BASE}"
rootdn "${ADMIN}"
rootpw "${ADMIN_PASSWORD}"
directory ${folder}/data
index objectClass,entryUUID,uid eq
limits dn.exact="${SERVICE}" size.soft=${SIZE_LIMIT} size.hard=${SIZE_LIMIT} size.pr=${SIZE_LIMIT} size.prtotal=unlimited
overlay ppolicy
ppolicy_default "cn=policy,${BASE}"
access to attrs=userPassword by anonymous auth by * none
access to attrs=userCertificate,objectClass by dn.exact="${SERVICE}" write by users read by * none
access to * by users read by * none
`

const ENTRIES = `
dn: ${BASE}
objectClass: dcObject
objectClass: organization
dc: example
o: Example

dn: ${SERVICE}
objectClass: organizationalRole
objectClass: simpleSecurityObject
cn: cardwright
userPassword: ${SERVICE_PASSWORD}

dn: cn=policy,${BASE}
objectClass: organizationalRole
objectClass: pwdPolicy
cn: policy
pwdAttribute: userPassword
pwdMustChange: TRUE
pwdLockout: TRUE

dn: ou=people,${BASE}
objectClass: organizationalUnit
ou: people

dn: ou=groups,${BASE}
objectClass: organizationalUnit
ou: groups
`

/** Everything that slapd needs, in an empty folder. `ldif` = entries beside those that are always there. */
export const prepareSlapd = (
  folder: string,
  wanted: { readonly hosts: string; readonly startTls: boolean; readonly ldif: string; readonly schema: string },
): { readonly caCertificates: string } => {
  mkdirSync(join(folder, 'data'))
  makeCertificates(folder, wanted.hosts)
  writeFileSync(join(folder, 'own.schema'), wanted.schema)
  writeFileSync(join(folder, 'slapd.conf'), configuration(folder, wanted.startTls))
  writeFileSync(join(folder, 'entries.ldif'), `${ENTRIES}\n${wanted.ldif}\n`)
  execFileSync('/usr/sbin/slapadd', ['-q', '-f', join(folder, 'slapd.conf'), '-l', join(folder, 'entries.ldif')], {
    stdio: 'pipe',
  })
  return { caCertificates: readFileSync(join(folder, 'ca.crt'), 'utf8') }
}
