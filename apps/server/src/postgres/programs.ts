import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from 'node:child_process'
import { closeSync, existsSync } from 'node:fs'
import { fromPostgresOutput, fromSystemError } from './errors.ts'
import { openFolder, type Place } from './place.ts'

/** `place.folder` as its programs see it. */
export const FOLDER = '/proc/self/fd/3'

const SETPRIV = '/usr/bin/setpriv'

function identity(place: Place): SpawnOptions {
  const { account } = place
  // Nothing of our environment goes along: PGDATA, LC_ALL or LD_PRELOAD would change what PostgreSQL does.
  const env = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }
  return { cwd: '/', env, ...(account ? { uid: account.uid, gid: account.gid } : {}) }
}

/** Runs initdb or a single-user postgres to its end. */
export function runProgram(place: Place, program: string, args: string[], step: string, input = ''): void {
  const folder = openFolder(place)
  try {
    const result = spawnSync(program, args, {
      ...identity(place),
      input,
      encoding: 'utf8',
      stdio: ['pipe', 'pipe', 'pipe', folder],
    })
    if (result.error) throw fromSystemError(result.error, step)
    if (result.status !== 0) throw fromPostgresOutput(`${result.stdout}\n${result.stderr}`, step)
  } finally {
    closeSync(folder)
  }
}

/**
 * Starts postgres in a session of its own, so that Ctrl-C in the terminal stops the server first and the server then stops it. If the
 * server is killed, the kernel sends it SIGINT (fast shutdown); without util-linux's setpriv it stays, and the next start adopts it.
 */
export function spawnPostgres(place: Place, program: string, args: string[], output: number): ChildProcess {
  const folder = openFolder(place)
  const options: SpawnOptions = { ...identity(place), detached: true, stdio: ['ignore', output, output, folder] }
  try {
    return existsSync(SETPRIV)
      ? spawn(SETPRIV, ['--pdeathsig', 'INT', '--', program, ...args], options)
      : spawn(program, args, options)
  } finally {
    closeSync(folder)
  }
}
