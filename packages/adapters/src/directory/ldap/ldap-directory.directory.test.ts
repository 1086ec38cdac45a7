import { directoryContract } from '../../testing/directory/directory-contract.ts'
import { peopleLdif, settingsFor } from '../../testing/directory/people.ts'
import { startSlapd } from '../../testing/directory/slapd.ts'
import { BASE, SERVICE_PASSWORD } from '../../testing/directory/slapd-files.ts'
import { createLdapDirectory } from '../index.ts'

const published = (ldif: string): Uint8Array[] =>
  [...ldif.matchAll(/^userCertificate;binary:: (.+)$/gm)].map(found => Buffer.from(found[1] ?? '', 'base64'))

for (const tls of ['LDAPS', 'STARTTLS'] as const)
  directoryContract(`slapd, ${tls}`, async () => {
    const slapd = await startSlapd({ ldif: peopleLdif })
    const urls = [tls === 'LDAPS' ? slapd.ldapsUrl : slapd.ldapUrl]
    return {
      directory: createLdapDirectory(settingsFor(slapd, { urls, tls }), SERVICE_PASSWORD),
      published: async id => published(slapd.search(BASE, `(entryUUID=${id})`, 'userCertificate;binary')),
      close: slapd.remove,
    }
  })
