import { execFileSync } from 'node:child_process'
import { connect } from 'node:net'
import type { DirectorySettings, DirectoryUser } from '@cardwright/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { certificateFor } from '../../testing/directory/certificates.ts'
import { everyUser } from '../../testing/directory/directory-contract.ts'
import { peopleLdif, settingsFor } from '../../testing/directory/people.ts'
import { type Slapd, startSlapd } from '../../testing/directory/slapd.ts'
import { ADMIN, BASE, SERVICE_PASSWORD, SIZE_LIMIT } from '../../testing/directory/slapd-files.ts'
import type { RefusedBind } from './authenticate.ts'
import { createLdapDirectory } from './ldap-directory.ts'

const MANY = 2500
const crowd = Array.from(
  { length: MANY },
  (_, i) => `
dn: uid=crowd${i},ou=crowd,${BASE}
objectClass: inetOrgPerson
uid: crowd${i}
cn: Crowd ${i}
sn: Crowd`,
).join('\n')
const base64 = (text: string) => Buffer.from(text).toString('base64')
/** RFC 4514 §2.4 leaves several ways to write the same name. */
const ESCAPED_DN = String.raw`cn=Doe\2c \c5\81ukasz\+Anna,ou=special,${BASE}`
const OTHERWISE_ESCAPED_DN = String.raw`CN=Doe\, Łukasz\2BAnna, OU=special,${BASE}`
const special = `
dn: ou=special,${BASE}
objectClass: organizationalUnit
ou: special

dn: cn=must change,ou=special,${BASE}
objectClass: inetOrgPerson
cn: must change
sn: X
uid: must.change
userPassword: right password
pwdReset: TRUE

dn: cn=locked,ou=special,${BASE}
objectClass: inetOrgPerson
cn: locked
sn: X
uid: locked
userPassword: right password
pwdAccountLockedTime: 000001010000Z

dn: cn=no password,ou=special,${BASE}
objectClass: inetOrgPerson
cn: no password
sn: X
uid: no.password

dn: cn=twin 1,ou=special,${BASE}
objectClass: inetOrgPerson
cn: twin 1
sn: X
uid: twin
userPassword: twin password

dn: cn=twin 2,ou=special,${BASE}
objectClass: inetOrgPerson
cn: twin 2
sn: X
uid: twin
userPassword: twin password

dn: ${ESCAPED_DN}
objectClass: inetOrgPerson
cn:: ${base64('Doe, Łukasz+Anna')}
sn: Doe
uid: doe

dn: cn=escaped,ou=groups,${BASE}
objectClass: groupOfUniqueNames
objectClass: top
cn: escaped
uniqueMember:: ${base64(OTHERWISE_ESCAPED_DN)}

dn: cn=posix,ou=groups,${BASE}
objectClass: posixGroup
cn: posix
gidNumber: 1
memberUid: doe

dn: uid=account,ou=special,${BASE}
objectClass: account
uid: account`

let slapd: Slapd
let otherName: Slapd
let plain: Slapd
beforeAll(async () => {
  const ldif = `${peopleLdif}\n\ndn: ou=crowd,${BASE}\nobjectClass: organizationalUnit\nou: crowd\n${crowd}\n${special}`
  slapd = await startSlapd({ ldif })
  otherName = await startSlapd({ hosts: 'DNS:directory.example.org' })
  plain = await startSlapd({ startTls: false })
})
afterAll(() => Promise.all([slapd, otherName, plain].map(server => server?.remove())))

const refused: RefusedBind[] = []
const directory = (change: Partial<DirectorySettings> = {}, password = SERVICE_PASSWORD, at = slapd) =>
  createLdapDirectory(settingsFor(at, change), password, { refused: why => refused.push(why) })
const code = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no error',
    error => error.code,
  )
const specials = { userBase: `ou=special,${BASE}` }

describe('a connection that is not what it should be is not used', () => {
  const stranger = () => ({ caCertificates: otherName.caCertificates })
  test.each(['LDAPS', 'STARTTLS'] as const)('%s: a certificate of an authority that is not trusted', async tls => {
    const urls = [tls === 'LDAPS' ? slapd.ldapsUrl : slapd.ldapUrl]
    expect(await code(directory({ tls, urls, ...stranger() }).check())).toBe('DIRECTORY_TLS')
    // The public authorities do not know it either.
    expect(await code(directory({ tls, urls, caCertificates: '' }).check())).toBe('DIRECTORY_TLS')
    expect(await code(directory({ tls, urls, ...stranger() }).authenticate('alice', 'alice pässword'))).toBe(
      'DIRECTORY_TLS',
    )
  })

  test.each(['LDAPS', 'STARTTLS'] as const)('%s: a good certificate that was made for another host', async tls => {
    const urls = [tls === 'LDAPS' ? otherName.ldapsUrl : otherName.ldapUrl]
    const error = await directory({ tls, urls }, SERVICE_PASSWORD, otherName)
      .check()
      .catch(thrown => thrown)
    expect(error).toMatchObject({ code: 'DIRECTORY_TLS', message: expect.stringContaining('another host') })
  })

  test('an address without a name is checked against the addresses in the certificate', async () => {
    const ip = (at: Slapd) => ({ urls: [at.ldapsUrl.replace('localhost', '127.0.0.1')] })
    await directory(ip(slapd)).check()
    expect(await code(directory(ip(otherName), SERVICE_PASSWORD, otherName).check())).toBe('DIRECTORY_TLS')
  })

  test('NODE_TLS_REJECT_UNAUTHORIZED in the environment turns nothing off', async () => {
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'
    try {
      expect(await code(directory(stranger()).check())).toBe('DIRECTORY_TLS')
    } finally {
      delete process.env.NODE_TLS_REJECT_UNAUTHORIZED
    }
  })

  test('a server without StartTLS is not spoken to in plain text', async () => {
    const wanted = directory({ tls: 'STARTTLS', urls: [plain.ldapUrl] }, SERVICE_PASSWORD, plain)
    expect(await code(wanted.check())).toBe('DIRECTORY_TLS')
  })

  test('ldaps:// at a port without TLS', async () => {
    expect(await code(directory({ urls: [slapd.ldapUrl.replace('ldap:', 'ldaps:')] }).check())).toBe('DIRECTORY_TLS')
  })
})

describe('a server that is down', () => {
  test('is said to be so; another address that serves is taken', async () => {
    const nobody = 'ldaps://localhost:1'
    expect(await code(directory({ urls: [nobody] }).check())).toBe('DIRECTORY_UNREACHABLE')
    expect(await code(directory({ urls: ['ldaps://no-such-host.invalid'] }).check())).toBe('DIRECTORY_UNREACHABLE')
    await directory({ urls: [nobody, slapd.ldapsUrl] }).check()
    await directory({ urls: [otherName.ldapsUrl, slapd.ldapsUrl] }).check()
    expect(await directory({ urls: [nobody, slapd.ldapsUrl] }).authenticate('alice', 'wrong')).toBe('WRONG')
  })

  test('and comes back is used again', async () => {
    const wanted = directory({}, SERVICE_PASSWORD, otherName)
    await otherName.stop()
    expect(await code(wanted.check())).toBe('DIRECTORY_UNREACHABLE')
    await otherName.start()
    // Reached: it is the name again that is wrong.
    expect(await code(wanted.check())).toBe('DIRECTORY_TLS')
  })
})

describe('settings that do not fit', () => {
  test.each<[string, Partial<DirectorySettings>, string, string]>([
    ['password of the account', {}, 'wrong', 'DIRECTORY_REFUSED'],
    ['no password of the account', {}, '', 'DIRECTORY_REFUSED'],
    ['account', { bindDn: `cn=nobody,${BASE}` }, SERVICE_PASSWORD, 'DIRECTORY_REFUSED'],
    ['account that is no DN', { bindDn: 'nobody' }, SERVICE_PASSWORD, 'DIRECTORY_CONFIGURATION'],
    ['user base', { userBase: `ou=nowhere,${BASE}` }, SERVICE_PASSWORD, 'DIRECTORY_CONFIGURATION'],
    ['group base', { groupBase: `ou=nowhere,${BASE}` }, SERVICE_PASSWORD, 'DIRECTORY_CONFIGURATION'],
    ['filter', { userFilter: '(uid=x' }, SERVICE_PASSWORD, 'DIRECTORY_CONFIGURATION'],
  ])('wrong %s', async (_, change, password, expected) => {
    const error = await directory(change, password)
      .check()
      .catch(thrown => thrown)
    expect(error).toMatchObject({ name: 'DirectoryError', code: expected, advice: expect.stringMatching(/\w/) })
    expect(`${error.message} ${error.advice} ${error.stack}`).not.toContain(SERVICE_PASSWORD)
  })
})

test('RFC 4513 §5.1.2: this slapd takes a name without a password for a success; we never ask it', async () => {
  const whoami = ['-x', '-H', slapd.ldapUrl, '-D', ADMIN, '-w', '']
  expect(execFileSync('ldapwhoami', whoami, { encoding: 'utf8' })).toContain('anonymous')
  expect(await directory().authenticate('alice', '')).toBe('WRONG')
})

describe('listing', () => {
  test(`${MANY} users come in pages, though the server gives no more than ${SIZE_LIMIT} at once`, async () => {
    const crowded = { userBase: `ou=crowd,${BASE}`, pageSize: 300 }
    const sizes: number[] = []
    const names = new Set<string | null>()
    for await (const page of directory(crowded).users()) {
      sizes.push(page.length)
      for (const user of page) names.add(user.loginName)
    }
    expect(names.size).toBe(MANY)
    expect(Math.max(...sizes)).toBe(300)
  })

  test('pages larger than the server allows are an error, not a short list', async () => {
    const greedy = directory({ userBase: `ou=crowd,${BASE}`, pageSize: SIZE_LIMIT + 1 })
    expect(await code(everyUser(greedy))).toBe('DIRECTORY_CONFIGURATION')
  })
})

test('an entry that cannot be recognised again is an error: left out, it would look like one who left', async () => {
  const { attributes } = settingsFor(slapd)
  // Of the people only one in two has an address.
  const byMail = directory({ attributes: { ...attributes, id: 'mail' } })
  expect(await code(everyUser(byMail))).toBe('DIRECTORY_CONFIGURATION')
})

describe('people with something special', () => {
  test('two with one login name: nobody is taken for the other', async () => {
    expect(await code(directory(specials).authenticate('twin', 'twin password'))).toBe('DIRECTORY_USER_AMBIGUOUS')
  })

  test('who has no password, or is locked, is not let in', async () => {
    expect(await directory(specials).authenticate('no.password', 'x')).toBe('WRONG')
    expect(await directory(specials).authenticate('locked', 'right password')).toBe('WRONG')
  })

  test('who must change the password first is not let in; the log knows why', async () => {
    refused.length = 0
    expect(await directory(specials).authenticate('must.change', 'right password')).toBe('WRONG')
    expect(await directory(specials).authenticate('must.change', 'wrong')).toBe('WRONG')
    expect(refused).toEqual([{ dn: `cn=must change,ou=special,${BASE}`, reason: 'MUST_CHANGE_PASSWORD' }])
  })

  test('a renamed and moved entry has the same id; what is published goes to where it is now', async () => {
    const find = async () =>
      (await everyUser(directory())).find(user => user.email === 'zoe@example.org') as DirectoryUser
    const before = await find()
    slapd.modify(`dn: ${before.dn}\nchangetype: modrdn\nnewrdn: cn=renamed\ndeleteoldrdn: 1\n`)
    const after = await find()
    expect(after.id).toBe(before.id)
    expect(after.dn).toBe(`cn=renamed,ou=people,${BASE}`)
    expect(await directory().publishCertificate(before.id, certificateFor('zoë'))).toBe('DONE')
    expect(slapd.search(after.dn, '(objectClass=*)', 'userCertificate;binary')).toContain('userCertificate;binary:: ')
  })

  test.each([
    ['uniqueMember', 'groupOfUniqueNames', 'escaped'],
    ['memberUid', 'posixGroup', 'posix'],
  ] as const)('members by %s, however their DNs are written', async (membership, objectClass, name) => {
    const { attributes } = settingsFor(slapd)
    const groupFilter = `(objectClass=${objectClass})`
    const wanted = directory({ ...specials, groupFilter, attributes: { ...attributes, membership } })
    const groups: { id: string; name: string }[] = []
    for await (const page of wanted.groups()) groups.push(...page)
    expect(groups).toMatchObject([{ name }])
    const members = (await everyUser(wanted)).filter(user => user.groupIds.length > 0)
    expect(members).toMatchObject([{ loginName: 'doe', groupIds: [groups[0]?.id] }])
  })

  test('RFC 4523 §3.1: an entry whose classes allow no certificate becomes a pkiUser', async () => {
    const accounts = directory({ ...specials, userFilter: '(objectClass=account)' })
    const [user] = await everyUser(accounts)
    const certificate = certificateFor('account')
    expect(await accounts.publishCertificate(user?.id ?? '', certificate)).toBe('DONE')
    expect(await accounts.publishCertificate(user?.id ?? '', certificate)).toBe('DONE')
    const shown = slapd.search(BASE, '(uid=account)', 'objectClass', 'userCertificate;binary')
    expect(shown).toContain('objectClass: pkiUser')
    expect(shown.match(/userCertificate/g)).toHaveLength(1)
    expect(await accounts.withdrawCertificate(user?.id ?? '', certificate)).toBe('DONE')
    expect(slapd.search(BASE, '(uid=account)', 'userCertificate;binary')).not.toContain('userCertificate')
  })

  test('an account that may not write says so', async () => {
    const [user] = await everyUser(directory())
    slapd.modify(
      `dn: cn=reader,${BASE}\nchangetype: add\nobjectClass: organizationalRole\nobjectClass: simpleSecurityObject\ncn: reader\nuserPassword: reader password\n`,
    )
    const reader = directory({ bindDn: `cn=reader,${BASE}` }, 'reader password')
    expect(await code(reader.publishCertificate(user?.id ?? '', certificateFor('x')))).toBe('DIRECTORY_REFUSED')
  })
})

test('the port that the system’s own slapd would use is left alone', async () => {
  const ports = [slapd.ldapUrl, slapd.ldapsUrl].map(url => new URL(url).port)
  expect(ports).not.toContain('389')
  expect(ports).not.toContain('636')
  await new Promise<void>((resolve, reject) => {
    const socket = connect(Number(ports[0]), '127.0.0.1', () => resolve(void socket.destroy()))
    socket.once('error', reject)
  })
})
