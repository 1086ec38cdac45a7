import { afterEach, expect, test } from 'vitest'
import {
  BIND_REQUEST,
  bindResponse,
  EXTENDED_REQUEST,
  extendedResponse,
  type FakeRequest,
  type FakeServer,
  SEARCH_REQUEST,
  searchDone,
  searchEntry,
  startFakeServer,
} from '../../testing/directory/fake-server.ts'
import { settingsFor } from '../../testing/directory/people.ts'
import { SERVICE } from '../../testing/directory/slapd-files.ts'
import type { RefusedBind } from './authenticate.ts'
import { createLdapDirectory } from './ldap-directory.ts'

const PASSWORD = 'password of the account'
const timeouts = { connectMs: 500, operationMs: 500 }
const refused: RefusedBind[] = []
let server: FakeServer
afterEach(() => server.stop())

const directoryAt = (groupBase = '') => {
  const tls = server.url.startsWith('ldaps:') ? ('LDAPS' as const) : ('STARTTLS' as const)
  const at = { ldapsUrl: server.url, caCertificates: server.caCertificates }
  return createLdapDirectory(settingsFor(at, { tls, groupBase }), PASSWORD, {
    timeouts,
    refused: why => refused.push(why),
  })
}
const all = async <T>(pages: AsyncIterable<readonly T[]>) => {
  const rows: T[] = []
  for await (const page of pages) rows.push(...page)
  return rows
}

test.each([false, true])('a server that accepts and says nothing is given up in time (TLS first: %s)', async tls => {
  server = await startFakeServer(tls, () => null)
  await expect(directoryAt().check()).rejects.toMatchObject({ code: 'DIRECTORY_UNREACHABLE' })
  if (!tls) expect(server.received()).not.toContain(PASSWORD)
})

test('a server that takes part in StartTLS and then falls silent is given up in time', async () => {
  server = await startFakeServer(false, ({ id }) => extendedResponse(id, 0))
  await expect(directoryAt().check()).rejects.toMatchObject({ code: 'DIRECTORY_UNREACHABLE' })
})

test('StartTLS refused: no second try without', async () => {
  server = await startFakeServer(false, ({ id }) => extendedResponse(id, 53))
  await expect(directoryAt().check()).rejects.toMatchObject({ code: 'DIRECTORY_TLS' })
  expect(server.connections()).toBe(1)
  expect(server.received()).not.toContain(SERVICE)
})

test('what comes before TLS begins is not believed later: an answer to the bind put behind the answer to StartTLS', async () => {
  server = await startFakeServer(false, ({ id, operation }) =>
    operation === EXTENDED_REQUEST ? Buffer.concat([extendedResponse(id, 0), bindResponse(1, 0)]) : null,
  )
  await expect(directoryAt().authenticate('alice', 'guess')).rejects.toMatchObject({ code: 'DIRECTORY_TLS' })
})

test.each([
  Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'),
  Buffer.from([0x30, 0x84, 0x7f, 0xff, 0xff, 0xff]),
  Buffer.from([0x30, 0x80]),
  Buffer.from([0x30, 0x02, 0x05, 0x00]),
])('no LDAP at all is no TLS', async answer => {
  server = await startFakeServer(false, () => answer)
  await expect(directoryAt().check()).rejects.toMatchObject({ code: 'DIRECTORY_TLS' })
})

test('a connection that is cut when the password comes is not opened again', async () => {
  server = await startFakeServer(true, ({ operation }) => (operation === BIND_REQUEST ? 'close' : null))
  await expect(directoryAt().check()).rejects.toMatchObject({ code: 'DIRECTORY_UNREACHABLE' })
  expect(server.connections()).toBe(1)
})

const listing = (search: (request: FakeRequest, asked: number) => Buffer | 'close' | null) => {
  let asked = 0
  return (request: FakeRequest) => {
    if (request.operation === BIND_REQUEST) return bindResponse(request.id, 0)
    return request.operation === SEARCH_REQUEST ? search(request, ++asked) : null
  }
}

test('RFC 2696: an empty page that is not the last is no end, and a listing that broke off is no listing', async () => {
  server = await startFakeServer(
    true,
    listing(({ id }, asked) => searchDone(id, 0, '', asked === 1 ? 'more' : 'still more')),
  )
  await expect(all(directoryAt().users())).rejects.toMatchObject({ code: 'DIRECTORY_UNREACHABLE' })
})

test('a listing that is left in its middle leaves no connection behind', async () => {
  server = await startFakeServer(
    true,
    listing(({ id }) => Buffer.concat([searchEntry(id, 'cn=a', { entryUUID: 'a' }), searchDone(id, 0, '', 'more')])),
  )
  for await (const _page of directoryAt().users()) break
  await expect.poll(() => server.open()).toBe(0)
})

test('part of a large group’s members is not taken for all of them', async () => {
  const part = { entryUUID: 'id', cn: 'large', 'member;range=0-1499': 'cn=a' }
  server = await startFakeServer(
    true,
    listing(({ id }) => Buffer.concat([searchEntry(id, 'cn=large', part), searchDone(id, 0)])),
  )
  await expect(all(directoryAt('ou=groups').groups())).rejects.toMatchObject({ code: 'DIRECTORY_CONFIGURATION' })
})

test.each([
  ['cut', () => 'close' as const, 'DIRECTORY_UNREACHABLE'],
  ['silent', () => null, 'DIRECTORY_UNREACHABLE'],
  ['limited', (id: number) => searchDone(id, 4), 'DIRECTORY_CONFIGURATION'],
])('a listing that ends %s in its second page throws', async (_, second, code) => {
  server = await startFakeServer(
    true,
    listing(({ id }, asked) =>
      asked === 1
        ? Buffer.concat([searchEntry(id, 'cn=a', { entryUUID: 'a' }), searchDone(id, 0, '', 'more')])
        : second(id),
    ),
  )
  await expect(all(directoryAt().users())).rejects.toMatchObject({ code })
})

test.each([
  ['52e', null],
  ['525', null],
  ['530', 'NOT_NOW'],
  ['532', 'EXPIRED'],
  ['533', 'DISABLED'],
  ['701', 'EXPIRED'],
  ['773', 'MUST_CHANGE_PASSWORD'],
  ['775', 'LOCKED'],
] as const)('Active Directory’s data %s is WRONG, and for the log %s', async (data, reason) => {
  refused.length = 0
  const told = `80090308: LdapErr: DSID-0C090439, comment: AcceptSecurityContext error, data ${data}, v4563\0`
  let binds = 0
  server = await startFakeServer(true, ({ id, operation }) => {
    if (operation === BIND_REQUEST) return ++binds === 1 ? bindResponse(id, 0) : bindResponse(id, 49, told)
    return operation === SEARCH_REQUEST ? Buffer.concat([searchEntry(id, 'cn=alice'), searchDone(id, 0)]) : null
  })
  expect(await directoryAt().authenticate('alice', 'some password')).toBe('WRONG')
  expect(refused).toEqual(reason ? [{ dn: 'cn=alice', reason }] : [])
})

test.each([true, false])(
  'a wrong password and an unknown name are the same work for the directory (known: %s)',
  async known => {
    const asked: number[] = []
    let binds = 0
    server = await startFakeServer(true, ({ id, operation }) => {
      asked.push(operation)
      if (operation === BIND_REQUEST) return bindResponse(id, ++binds === 1 ? 0 : 49)
      if (operation !== SEARCH_REQUEST) return null
      return Buffer.concat([...(known ? [searchEntry(id, 'cn=alice')] : []), searchDone(id, 0)])
    })
    expect(await directoryAt().authenticate('alice', 'guess')).toBe('WRONG')
    expect(server.connections()).toBe(2)
    const signIn = [BIND_REQUEST, SEARCH_REQUEST]
    expect(asked.filter(operation => [...signIn, EXTENDED_REQUEST].includes(operation))).toEqual([
      ...signIn,
      BIND_REQUEST,
    ])
  },
)

test('a server that is busy when the password is checked is no wrong password', async () => {
  let binds = 0
  server = await startFakeServer(true, ({ id, operation }) => {
    if (operation === BIND_REQUEST) return bindResponse(id, ++binds === 1 ? 0 : 51)
    return operation === SEARCH_REQUEST ? Buffer.concat([searchEntry(id, 'cn=alice'), searchDone(id, 0)]) : null
  })
  await expect(directoryAt().authenticate('alice', 'x')).rejects.toMatchObject({ code: 'DIRECTORY_UNREACHABLE' })
})
