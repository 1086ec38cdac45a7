import { setTimeout } from 'node:timers/promises'
import {
  type By,
  type Database,
  getDirectoryRun,
  getDirectorySettings,
  listDirectoryRuns,
  putDirectorySettings,
  type StoredDirectory,
  type StoredDirectoryRun,
  samePasswordHolder,
} from '@cardwright/adapters/db'
import { ldapSettingsFaults } from '@cardwright/adapters/directory'
import {
  type Actor,
  type DirectorySettings,
  type DirectoryUser,
  directorySettingsFaults,
  type Keys,
  type SyncPlan,
} from '@cardwright/core'
import { EdgeError } from '../http/problems.ts'
import { written } from '../http/written.ts'
import { type DirectoryMaker, sealBindPassword, unsealBindPassword } from './current-directory.ts'
import type { DirectorySync } from './sync.ts'

export type DirectoryServicePorts = {
  readonly database: Database
  readonly keys: Pick<Keys, 'seal' | 'unseal'>
  readonly make: DirectoryMaker
  readonly sync: DirectorySync
}

/** How long a browser waits for a sync before it is told that it goes on. */
const PATIENCE_MS = 20_000
const SHOWN_USERS = 5
const SHOWN_GROUPS = 200

const check = (settings: DirectorySettings): void => {
  const faults = { ...ldapSettingsFaults(settings), ...directorySettingsFaults(settings) }
  if (Object.keys(faults).length > 0) throw new EdgeError('INPUT_INVALID', {}, faults)
}

const some = async <T>(pages: AsyncIterable<readonly T[]>, count: number): Promise<T[]> => {
  const rows: T[] = []
  for await (const page of pages) {
    rows.push(...page)
    if (rows.length >= count) break
  }
  return rows.slice(0, count)
}

/** What the settings page of the directory asks for. */
export const createDirectoryService = ({ database, keys, make, sync }: DirectoryServicePorts) => {
  const { db } = database

  const passwordFor = async (settings: DirectorySettings, typed: string | undefined): Promise<string> => {
    if (typed !== undefined) return typed
    const stored = await getDirectorySettings(db)
    // Else whoever may test could have the stored password sent to a server of their own.
    if (!stored.settings || !stored.sealedPassword || !samePasswordHolder(stored.settings, settings))
      throw new EdgeError('INPUT_INVALID', {}, { bindPassword: 'must be entered for this server and account' })
    return unsealBindPassword(keys, stored.sealedPassword)
  }

  return {
    settings: (): Promise<StoredDirectory> => getDirectorySettings(db),

    async put(
      input: {
        readonly version: number
        readonly settings: DirectorySettings | null
        readonly bindPassword?: string | undefined
      },
      by: By,
    ): Promise<StoredDirectory> {
      const { version, settings, bindPassword } = input
      if (settings) check(settings)
      const sealedPassword = bindPassword === undefined ? undefined : await sealBindPassword(keys, bindPassword)
      return written(await putDirectorySettings(database, { version, settings, sealedPassword }, by))
    },

    async test(input: {
      readonly settings?: DirectorySettings | undefined
      readonly bindPassword?: string | undefined
    }) {
      const settings = input.settings ?? (await getDirectorySettings(db)).settings
      if (!settings) throw new EdgeError('DIRECTORY_NOT_CONFIGURED')
      check(settings)
      const directory = make(settings, await passwordFor(settings, input.bindPassword))
      await directory.check()
      const users: DirectoryUser[] = await some(directory.users(), SHOWN_USERS)
      return {
        users: users.map(({ dn, loginName, displayName }) => ({ dn, loginName, displayName })),
        groups: await some(directory.groups(), SHOWN_GROUPS),
      }
    },

    preview: (): Promise<SyncPlan> => sync.plan(),

    /** The run as it ended, or as it is after 20 seconds. Throws what it failed with. */
    async syncNow(by: Actor, confirmed: boolean): Promise<StoredDirectoryRun> {
      const { run, finished } = await sync.begin(by, { confirmed, scheduled: false })
      const patience = new AbortController()
      const waited = setTimeout(PATIENCE_MS, null, { signal: patience.signal }).catch(() => null)
      try {
        return (await Promise.race([finished, waited])) ?? (await getDirectoryRun(db, run.id)) ?? run
      } finally {
        patience.abort()
        finished.catch(() => undefined)
      }
    },

    runs: (query: { readonly cursor?: string | undefined; readonly limit: number }) => listDirectoryRuns(db, query),
  }
}

export type DirectoryService = ReturnType<typeof createDirectoryService>
