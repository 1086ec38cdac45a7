import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { PostgresError } from './errors.ts'
import { type Place, PORT, socketDirectory } from './place.ts'
import { isPostgresOf, processesOf, readPostmasterFile, removeStalePostmasterFile } from './postmaster.ts'

/**
 * Deals with what a killed server left behind. Answers the process id of a postgres that still serves this cluster, to be adopted;
 * one that is on its way down is waited for. After `undefined` a new postgres can be started.
 */
export async function settleOrphan(place: Place): Promise<number | undefined> {
  const left = readPostmasterFile(place.cluster)
  if (!left) return undefined
  if (isPostgresOf(place.cluster, left.pid)) {
    if (left.state === 'ready' && (await accepts(place))) return left.pid
    await stopPostmaster(place.cluster, left.pid)
  }
  // Backends notice within a moment that their postmaster is gone; a new one must not write while an old one still does.
  if (!(await endsWithin(10_000, () => processesOf(place.cluster).length === 0))) {
    throw new PostgresError(
      'data_dir_in_use',
      `PostgreSQL processes of an earlier start still use ${place.cluster}: ${processesOf(place.cluster).join(', ')}. End them and start again.`,
    )
  }
  removeStalePostmasterFile(place.cluster)
  return undefined
}

/** Fast shutdown (SIGINT: roll back, write everything, end); if that takes too long, immediate (SIGQUIT: recovery at the next start). */
export async function stopPostmaster(cluster: string, pid: number): Promise<void> {
  const gone = () => !isPostgresOf(cluster, pid)
  for (const [signal, patience] of [
    ['SIGINT', 30_000],
    ['SIGQUIT', 10_000],
    ['SIGKILL', 10_000],
  ] as const) {
    if (gone()) return
    try {
      process.kill(pid, signal)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    }
    if (await endsWithin(patience, gone)) return
  }
  throw new PostgresError(
    'start_failed',
    `PostgreSQL (process ${pid}) does not end. Its disk may hang; look at the kernel log.`,
  )
}

/** postgres handles a shutdown that was asked for before it takes a new connection, so a connection proves that it stays. */
async function accepts(place: Place): Promise<boolean> {
  const socket = socketDirectory(place)
  const client = new pg.Client({
    host: socket.host,
    port: PORT,
    user: 'postgres',
    database: 'postgres',
    connectionTimeoutMillis: 5000,
  })
  client.on('error', () => {})
  try {
    await client.connect()
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
    socket.close()
  }
}

// Not our child, so no event tells when it ends.
async function endsWithin(milliseconds: number, done: () => boolean): Promise<boolean> {
  for (let waited = 0; waited < milliseconds; waited += 20) {
    if (done()) return true
    await sleep(20)
  }
  return done()
}
