import { readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** What postgres writes into postmaster.pid: line 1 its process id, line 8 its state. */
export type PostmasterFile = { pid: number; state: string }

export function readPostmasterFile(cluster: string): PostmasterFile | undefined {
  try {
    const lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')
    const pid = Number.parseInt(lines[0] ?? '', 10)
    return pid > 0 ? { pid, state: (lines[7] ?? '').trim() } : undefined
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/**
 * Whether `pid` is a running postgres of this cluster. Postgres makes its data directory the working directory, so /proc tells it
 * from another cluster's postgres and from a stranger that got the same number; a zombie has no working directory.
 */
export function isPostgresOf(cluster: string, pid: number): boolean {
  try {
    return (
      readlinkSync(`/proc/${pid}/cwd`) === cluster &&
      /^postgres\b/.test(readlinkSync(`/proc/${pid}/exe`).split('/').at(-1) ?? '')
    )
  } catch {
    return false
  }
}

/** All running processes of this cluster: after a killed postmaster, its backends may live on for a moment. */
export function processesOf(cluster: string): number[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(Number)
    .filter(pid => isPostgresOf(cluster, pid))
}

/**
 * Removes a postmaster.pid whose process is gone. Postgres does this itself unless the number is a zombie's or was given to
 * somebody else, in which case it would refuse to start for ever. Call only when `processesOf` is empty.
 */
export function removeStalePostmasterFile(cluster: string): void {
  rmSync(join(cluster, 'postmaster.pid'), { force: true })
}
