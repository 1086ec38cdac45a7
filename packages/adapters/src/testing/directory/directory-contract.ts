import type { Directory, DirectoryUser } from '@cardwright/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { certificateFor } from './certificates.ts'
import { groupNames, people } from './people.ts'

export type DirectoryUnderTest = {
  /** Holds `people` and their groups. */
  readonly directory: Directory
  /** What is published for this id, as a client of the directory sees it. */
  published(directoryId: string): Promise<readonly Uint8Array[]>
  close(): Promise<void>
}

export const everyUser = async (directory: Directory): Promise<DirectoryUser[]> => {
  const users: DirectoryUser[] = []
  for await (const page of directory.users()) users.push(...page)
  return users
}

/** What every implementation of the core's Directory port must do. */
export function directoryContract(name: string, open: () => Promise<DirectoryUnderTest>): void {
  describe(`Directory: ${name}`, () => {
    let it: DirectoryUnderTest
    beforeAll(async () => {
      it = await open()
    })
    afterAll(() => it?.close())

    const [alice, bob] = people
    if (!alice || !bob) throw new Error('there are people')
    const certificates = [certificateFor('first'), certificateFor('second')] as const
    const userOf = async (loginName: string) => {
      const found = (await everyUser(it.directory)).find(user => user.loginName === loginName)
      if (!found) throw new Error(`no ${loginName}`)
      return found
    }

    test('is reached', async () => {
      await it.directory.check()
    })

    test.each(people)('U-4: $loginName with the own password is RIGHT', async ({ loginName, password }) => {
      expect(await it.directory.authenticate(loginName, password)).toBe('RIGHT')
    })

    test('U-8: a wrong password, somebody else’s password and an unknown name are all WRONG', async () => {
      expect(await it.directory.authenticate(alice.loginName, 'guess')).toBe('WRONG')
      expect(await it.directory.authenticate(alice.loginName, bob.password)).toBe('WRONG')
      expect(await it.directory.authenticate('nobody at all', alice.password)).toBe('WRONG')
    })

    test('RFC 4513 §5.1.2: an empty password is WRONG, known name or not', async () => {
      for (const loginName of [alice.loginName, 'nobody at all', '', '*'])
        expect(await it.directory.authenticate(loginName, '')).toBe('WRONG')
    })

    test.each([
      '*',
      'a*',
      '*)(uid=*',
      '*)(|(uid=alice',
      'alice)(objectClass=*',
      '\\',
      '\\61lice',
      'alice\0',
      '\0',
      'al\u200bice',
      'alice,ou=people',
      '(',
      ')',
      '\ud800',
    ])('a login name is only ever a name: %j', async loginName => {
      expect(await it.directory.authenticate(loginName, alice.password)).toBe('WRONG')
    })

    test('a login name of 100,000 letters is WRONG', async () => {
      expect(await it.directory.authenticate('x'.repeat(100_000), alice.password)).toBe('WRONG')
    })

    test('with an id, the name of somebody else is WRONG', async () => {
      const { id } = await userOf(alice.loginName)
      expect(await it.directory.authenticate(alice.loginName, alice.password, id)).toBe('RIGHT')
      expect(await it.directory.authenticate(bob.loginName, bob.password, id)).toBe('WRONG')
    })

    test('lists everybody once, with attributes and groups; what is not there is null', async () => {
      const users = await everyUser(it.directory)
      expect(users.map(user => user.loginName).sort()).toEqual(people.map(person => person.loginName).sort())
      expect(new Set(users.map(user => user.id)).size).toBe(users.length)
      const names = new Map<string, string>()
      for await (const page of it.directory.groups()) for (const group of page) names.set(group.id, group.name)
      expect([...names.values()].sort()).toEqual([...groupNames].sort())
      for (const person of people) {
        const user = users.find(other => other.loginName === person.loginName)
        expect(user).toMatchObject({ displayName: person.displayName, email: person.email, upn: null, disabled: false })
        expect(user?.groupIds.map(id => names.get(id)).sort()).toEqual([...person.groups].sort())
      }
    })

    test('publishes and withdraws certificates; done twice is done once', async () => {
      const { id } = await userOf(alice.loginName)
      const [first, second] = certificates
      expect(await it.directory.publishCertificate(id, first)).toBe('DONE')
      expect(await it.directory.publishCertificate(id, first)).toBe('DONE')
      expect(await it.directory.publishCertificate(id, second)).toBe('DONE')
      expect(sorted(await it.published(id))).toEqual(sorted([first, second]))
      expect(await it.directory.withdrawCertificate(id, first)).toBe('DONE')
      expect(await it.directory.withdrawCertificate(id, first)).toBe('DONE')
      expect(sorted(await it.published(id))).toEqual(sorted([second]))
      expect(await it.directory.withdrawCertificate(id, second)).toBe('DONE')
      expect(await it.published(id)).toEqual([])
    })

    test.each(['00000000-0000-4000-8000-000000000000', '*', 'x)(uid=alice', ''])(
      'there is nobody to publish for under the id %j',
      async id => {
        expect(await it.directory.publishCertificate(id, certificates[0])).toBe('NO_SUCH_USER')
        expect(await it.directory.withdrawCertificate(id, certificates[0])).toBe('NO_SUCH_USER')
      },
    )
  })
}

const sorted = (certificates: readonly Uint8Array[]) =>
  certificates.map(certificate => Buffer.from(certificate).toString('hex')).sort()
