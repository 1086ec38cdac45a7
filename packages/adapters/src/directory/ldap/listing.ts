import { type DirectoryAttributes, DirectoryError, type DirectoryGroup, type DirectoryUser } from '@cardwright/core'
import type { Client, Entry } from 'ldapts'
import { type Access, bindService, onConnection } from './connection.ts'
import { dnKey } from './dn-key.ts'
import { binaryAttributes, idOf, textOf, userAttributes, userOf, type Values, valuesOf } from './entries.ts'
import { configuredFilter } from './filters.ts'
import { toDirectoryError } from './ldap-errors.ts'
import { watchPages } from './page-cookie.ts'

/** A connection on which somebody is signed in; `isMore` = the last page was not the last. */
type Connection = { readonly client: Client; isMore(): boolean }

/** RFC 2696 pages; each is asked for when the one before it was taken. */
const pages = async function* (
  { client, isMore }: Connection,
  what: { readonly step: string; readonly base: string; readonly filter: string; readonly attributes: string[] },
  pageSize: number,
): AsyncGenerator<Entry[]> {
  const filter = configuredFilter(what.filter)
  try {
    const found = client.searchPaginated(what.base, {
      filter,
      attributes: what.attributes,
      explicitBufferAttributes: binaryAttributes,
      paged: { pageSize },
    })
    for await (const { searchEntries } of found) yield searchEntries
    // Who is missing from a listing is taken to have left: half of one must not look like all of it.
    if (isMore())
      throw new DirectoryError(
        'DIRECTORY_UNREACHABLE',
        `${what.step}: the directory stopped in the middle of its list.`,
        'Nothing was changed here. Try again; if it goes on, use smaller pages.',
      )
  } catch (error) {
    throw toDirectoryError(error, what.step)
  }
}

type ListedGroup = DirectoryGroup & { readonly members: readonly string[] }

const groupPages = async function* (connection: Connection, { settings }: Access): AsyncGenerator<ListedGroup[]> {
  if (settings.groupBase.trim() === '') return
  const { id, groupName, membership } = settings.attributes
  const members = membership === 'memberOf' ? [] : [membership]
  const what = {
    step: 'Reading the groups of the directory',
    base: settings.groupBase,
    filter: settings.groupFilter,
    attributes: [id, groupName, ...members],
  }
  for await (const page of pages(connection, what, settings.pageSize)) {
    yield page.map(entry => {
      const values = valuesOf(entry)
      refusePartOfMembers(values, membership)
      return {
        id: idOf(values, id) ?? withoutId(entry, id),
        dn: entry.dn,
        name: textOf(values, groupName) ?? entry.dn,
        members: texts(values, membership),
      }
    })
  }
}

/** Active Directory gives 1,500 members and then only ranges of them (MS-ADTS §3.1.1.3.1.3.3): part of a group is none. */
const refusePartOfMembers = (values: Values, membership: string): void => {
  const range = `${membership};range=`.toLowerCase()
  if ([...values.keys()].some(name => name.startsWith(range)))
    throw new DirectoryError(
      'DIRECTORY_CONFIGURATION',
      'Reading the groups of the directory: it gives only some of the members of a large group.',
      'Read the membership at the users instead (memberOf).',
    )
}

/** Left out, somebody who is here would be taken to have left. */
const withoutId = (entry: Entry, attribute: string): never => {
  throw new DirectoryError(
    'DIRECTORY_CONFIGURATION',
    `Reading the directory: ${entry.dn} has no ${attribute} that can be read.`,
    'Let the account read this attribute, choose one that all have, or leave the entry out by the filter.',
  )
}

const texts = (values: Values, name: string): string[] =>
  (values.get(name.toLowerCase()) ?? []).filter(value => typeof value === 'string')

/** Answers, for an entry, the groups that it is a direct member of. */
const membershipIn = (groups: readonly ListedGroup[], membership: DirectoryAttributes['membership']) => {
  if (membership === 'memberOf') {
    const byDn = new Map(groups.map(group => [dnKey(group.dn), group.id]))
    return (_dn: string, _loginName: string | null, values: Values) =>
      texts(values, 'memberOf').flatMap(dn => byDn.get(dnKey(dn)) ?? [])
  }
  const byLogin = membership === 'memberUid'
  const groupsOf = new Map<string, string[]>()
  for (const group of groups)
    for (const member of group.members) {
      const key = byLogin ? member : dnKey(member)
      const list = groupsOf.get(key)
      if (list) list.push(group.id)
      else groupsOf.set(key, [group.id])
    }
  return (dn: string, loginName: string | null) => groupsOf.get(byLogin ? (loginName ?? '') : dnKey(dn)) ?? []
}

/** A generator that holds one signed-in connection and closes it when it is done, thrown out of, or left early. */
const whileSignedIn = <T>(access: Access, list: (connection: Connection) => AsyncGenerator<T>): AsyncIterable<T> => ({
  async *[Symbol.asyncIterator]() {
    const connection = await signIn(access)
    try {
      yield* list(connection)
    } finally {
      await connection.close()
    }
  },
})

/** `onConnection` closes when its work is done; here the work is done when `close` is called. */
const signIn = (access: Access): Promise<Connection & { close(): Promise<void> }> =>
  new Promise((resolve, reject) => {
    let done: () => void = () => {}
    const until = new Promise<void>(end => {
      done = end
    })
    const held: Promise<void> = onConnection(access, async (client, socket) => {
      await bindService(client, access)
      resolve({
        client,
        isMore: watchPages(socket),
        close: () => {
          done()
          return held
        },
      })
      await until
    })
    held.catch(reject)
  })

export const listGroups = (access: Access): AsyncIterable<readonly DirectoryGroup[]> =>
  whileSignedIn(access, async function* (connection) {
    for await (const page of groupPages(connection, access)) yield page.map(({ members: _, ...group }) => group)
  })

export const listUsers = (access: Access): AsyncIterable<readonly DirectoryUser[]> =>
  whileSignedIn(access, async function* (connection) {
    const { settings } = access
    const { attributes } = settings
    const groups: ListedGroup[] = []
    for await (const page of groupPages(connection, access)) groups.push(...page)
    const groupsOf = membershipIn(groups, attributes.membership)
    const what = {
      step: 'Reading the users of the directory',
      base: settings.userBase,
      filter: settings.userFilter,
      attributes: userAttributes(attributes),
    }
    for await (const page of pages(connection, what, settings.pageSize))
      yield page.map(entry => userOf(entry, attributes, groupsOf) ?? withoutId(entry, attributes.id))
  })
