import {
  chownSync,
  closeSync,
  constants,
  lchownSync,
  mkdirSync,
  openSync,
  readdirSync,
  realpathSync,
  statSync,
} from 'node:fs'
import { join } from 'node:path'
import { type Account, accountFor } from './account.ts'
import { fromSystemError } from './errors.ts'

/** Where a data directory keeps its database. `folder` (mode 0700) belongs to the account that runs PostgreSQL. */
export type Place = { dataDir: string; folder: string; cluster: string; run: string; logFile: string; account: Account }

/** The port number only names the socket file; nothing listens on a network. */
export const PORT = 5432

/** Makes the directories that are missing, with their owner and mode. */
export function preparePlace(dataDirectory: string): Place {
  try {
    mkdirSync(dataDirectory, { recursive: true, mode: 0o700 })
    const dataDir = realpathSync(dataDirectory)
    const folder = join(dataDir, 'postgres')
    const account = accountFor(join(folder, 'cluster'))
    const run = join(folder, 'run')
    mkdirSync(run, { recursive: true, mode: 0o700 })
    if (account) giveTo(account, folder)
    readdirSync(folder)
    // The log lies outside `folder`: root opens it, and must not follow a link that the account could put there.
    return { dataDir, folder, cluster: join(folder, 'cluster'), run, logFile: join(dataDir, 'postgres.log'), account }
  } catch (error) {
    throw fromSystemError(error, `Preparing the data directory ${dataDirectory}`)
  }
}

/** A directory that was copied or restored by root belongs to root; PostgreSQL accepts only its own. */
function giveTo(account: { uid: number; gid: number }, folder: string): void {
  if (statSync(folder).uid === account.uid && childrenBelongTo(account.uid, folder)) return
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    lchownSync(join(folder, entry), account.uid, account.gid)
  }
  chownSync(folder, account.uid, account.gid)
}

function childrenBelongTo(uid: number, folder: string): boolean {
  return readdirSync(folder).every(name => statSync(join(folder, name)).uid === uid)
}

/**
 * Opens `folder` for a child process, which reaches it as `/proc/self/fd/3`. An unprivileged account need not be able to walk down to
 * the data directory then (a clone under /root, a directory with mode 0700), and the path of the socket stays short.
 */
export function openFolder(place: Place): number {
  return openSync(place.folder, constants.O_RDONLY | constants.O_DIRECTORY)
}

/** A unix socket's path has at most 107 bytes (sun_path, unix(7)); PostgreSQL clients append `/.s.PGSQL.<port>` to the directory. */
export function socketDirectory(place: Place): { host: string; close(): void } {
  if (Buffer.byteLength(join(place.run, `.s.PGSQL.${PORT}`)) <= 107) return { host: place.run, close: () => {} }
  const handle = openSync(place.run, constants.O_RDONLY | constants.O_DIRECTORY)
  return { host: `/proc/self/fd/${handle}`, close: () => closeSync(handle) }
}
