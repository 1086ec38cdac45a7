import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  activeDirectoryLdif,
  activeDirectorySchema,
  activeDirectorySettings,
  alice,
  ascii,
  staffGuid,
} from '../../testing/directory/active-directory.ts'
import { everyUser } from '../../testing/directory/directory-contract.ts'
import { type Slapd, startSlapd } from '../../testing/directory/slapd.ts'
import { BASE, SERVICE_PASSWORD } from '../../testing/directory/slapd-files.ts'
import type { RefusedBind } from './authenticate.ts'
import { createLdapDirectory } from './ldap-directory.ts'

// slapd with Active Directory's attributes: the mapping is real, the server is not Microsoft's.
let slapd: Slapd
const refused: RefusedBind[] = []
beforeAll(async () => {
  slapd = await startSlapd({ ldif: activeDirectoryLdif, schema: activeDirectorySchema })
})
afterAll(() => slapd?.remove())
const directory = () =>
  createLdapDirectory(activeDirectorySettings(slapd), SERVICE_PASSWORD, { refused: why => refused.push(why) })

test('objectGUID and objectSid are read in Microsoft’s byte order, also where the bytes look like text', async () => {
  const users = await everyUser(directory())
  expect(users).toMatchObject([
    {
      id: alice.guid,
      sid: alice.sid,
      loginName: 'alice',
      upn: 'alice@corp.example',
      employeeNumber: '4711',
      department: 'Sales',
      disabled: false,
      groupIds: [staffGuid],
    },
    { id: ascii.guid, sid: ascii.sid, loginName: 'ascii', disabled: true, groupIds: [] },
  ])
})

test('a log-in is bound to the objectGUID', async () => {
  expect(await directory().authenticate('ALICE', 'Alice password', alice.guid)).toBe('RIGHT')
  expect(await directory().authenticate('alice', 'Alice password', ascii.guid)).toBe('WRONG')
  expect(refused.splice(0)).toEqual([{ dn: expect.stringMatching(/^cn=alice,/i), reason: 'OTHER_PERSON' }])
})

test('who is disabled by userAccountControl is not let in; the log knows why', async () => {
  expect(await directory().authenticate('ascii', 'Ascii password')).toBe('WRONG')
  expect(refused.splice(0)).toEqual([{ dn: `cn=Ascii,ou=people,${BASE}`, reason: 'DISABLED' }])
})

test('entries are found by objectGUID', async () => {
  const certificate = Uint8Array.of(0x30, 0)
  expect(await directory().withdrawCertificate('33221100-5544-7766-8899-aabbccddee00', certificate)).toBe(
    'NO_SUCH_USER',
  )
  expect(await directory().withdrawCertificate('not a GUID', certificate)).toBe('NO_SUCH_USER')
  // Found: slapd then refuses the attribute, which it wants with ;binary, as Active Directory does not.
  await expect(directory().withdrawCertificate(alice.guid, certificate)).rejects.toMatchObject({
    code: 'DIRECTORY_CONFIGURATION',
  })
})
