import { closeSync, constants, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Binaries } from './binaries.ts'
import { fromSystemError, PostgresError } from './errors.ts'
import type { Place } from './place.ts'
import { FOLDER, runProgram } from './programs.ts'

/** The role and the database of Cardwright. The role owns its database and is no superuser. */
export const ROLE = 'cardwright'

/**
 * Makes the cluster if there is none yet. It is built under another name and renamed when complete, so that a crash or a full disk
 * half-way leaves nothing that looks like a cluster. Returns whether it was made now.
 */
export function prepareCluster(place: Place, binaries: Binaries, durable = true): boolean {
  const { cluster, folder } = place
  if (existsSync(cluster)) {
    checkVersion(cluster, binaries.major)
    return false
  }
  const fresh = `${cluster}.new`
  try {
    rmSync(fresh, { recursive: true, force: true })
    initialise(place, binaries, durable)
    renameSync(fresh, cluster)
    const handle = openSync(folder, constants.O_RDONLY)
    fsyncSync(handle)
    closeSync(handle)
    return true
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true })
    throw fromSystemError(error, 'Making the database')
  }
}

function initialise(place: Place, binaries: Binaries, durable: boolean): void {
  const directory = `${FOLDER}/cluster.new`
  // The builtin provider sorts by code point and never changes with the system's libc, which would corrupt indexes silently.
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  // Trust: whoever can open the socket, in a directory of mode 0700, could read the files as well.
  const access = ['--username=postgres', '--auth=trust', '--data-checksums', '--no-instructions']
  const sync = durable ? [] : ['--no-sync']
  runProgram(place, binaries.initdb, ['-D', directory, ...locale, ...access, ...sync], 'Making the database')
  const statements = [`CREATE ROLE ${ROLE} LOGIN`, `CREATE DATABASE ${ROLE} OWNER ${ROLE}`]
  const single = ['--single', '-D', directory, ...(durable ? [] : ['-c', 'fsync=off']), 'postgres']
  runProgram(place, binaries.postgres, single, 'Making the database', `${statements.join(';\n')};\n`)
}

function checkVersion(cluster: string, major: number): void {
  let version: string
  try {
    version = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
      throw fromSystemError(error, `Reading the database in ${cluster}`)
    throw new PostgresError(
      'wrong_version',
      `${cluster} is not a PostgreSQL data directory (no PG_VERSION). Restore it from a backup, or choose another directory with --data DIR.`,
    )
  }
  if (version === String(major)) return
  throw new PostgresError(
    'wrong_version',
    `The database in ${cluster} was made by PostgreSQL ${version}; this release brings PostgreSQL ${major}. Start the Cardwright release that made it, dump it, and restore the dump into a new data directory.`,
  )
}
