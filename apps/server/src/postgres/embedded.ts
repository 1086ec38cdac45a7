import type { ChildProcess } from 'node:child_process'
import { closeSync, openSync, readFileSync, renameSync, statSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { findBinaries } from './binaries.ts'
import { prepareCluster, ROLE } from './cluster.ts'
import { fromPostgresOutput, fromSystemError, PostgresError } from './errors.ts'
import { settleOrphan, stopPostmaster } from './orphan.ts'
import { type Place, PORT, preparePlace, socketDirectory } from './place.ts'
import { readPostmasterFile } from './postmaster.ts'
import { spawnPostgres } from './programs.ts'
import { lockDataDirectory } from './server-lock.ts'
import { postgresArguments } from './settings.ts'

/** As pg.Pool takes it. `host` is a socket directory, valid in this process only when its path is a long one. */
export type PostgresConnection = { host: string; port: number; user: string; database: string }

/** What is asked of a logger; pino's fits. */
export type PostgresLog = { info(fields: object, message: string): void; warn(fields: object, message: string): void }

export type EmbeddedPostgres = {
  connection: PostgresConnection
  /** A postgres that a killed server had left running was taken over. */
  adopted: boolean
  /** Settles only if PostgreSQL ends without `stop()`; a server cannot go on then. */
  failed: Promise<PostgresError>
  /** Shuts PostgreSQL down and frees the data directory. Open connections are cut. */
  stop(): Promise<void>
}

export type EmbeddedPostgresOptions = {
  dataDir: string
  log: PostgresLog
  /** Settings of postgresql.conf that go over ours. */
  settings?: Record<string, string>
  /** false: the cluster need not survive a power cut (tests). */
  durable?: boolean
  /** How long to wait for a server that is just ending on the same directory; 5000 if absent. */
  patienceMs?: number
}

/**
 * Starts the PostgreSQL of `<dataDir>/postgres`, made at the first start, for this process alone.
 * Throws a PostgresError whose message can be shown as it is.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const place = preparePlace(options.dataDir)
  const unlock = await lockDataDirectory(place.dataDir, options.patienceMs ?? 5000)
  try {
    const orphan = await settleOrphan(place)
    const running = orphan === undefined ? await startPostgres(place, options) : adopt(place, orphan, options.log)
    const socket = socketDirectory(place)
    return {
      connection: { host: socket.host, port: PORT, user: ROLE, database: ROLE },
      adopted: orphan !== undefined,
      failed: running.failed,
      stop: async () => {
        await running.stop()
        socket.close()
        await unlock()
      },
    }
  } catch (error) {
    await unlock()
    throw fromSystemError(error, 'Starting the database')
  }
}

type Running = { failed: Promise<PostgresError>; stop(): Promise<void> }

function adopt(place: Place, pid: number, log: PostgresLog): Running {
  log.warn({ pid }, 'took over the PostgreSQL that an earlier server had left running')
  return { failed: new Promise(() => {}), stop: () => stopPostmaster(place.cluster, pid) }
}

async function startPostgres(place: Place, options: EmbeddedPostgresOptions): Promise<Running> {
  const binaries = findBinaries(place.account, place.dataDir)
  const made = prepareCluster(place, binaries, options.durable)
  if (made) options.log.info({ cluster: place.cluster }, 'made the database')
  const output = openLog(place.logFile)
  const from = statSync(place.logFile).size
  const child = spawnPostgres(place, binaries.postgres, postgresArguments(options.settings), output)
  closeSync(output)
  child.unref()
  const exited = new Promise<void>(resolve => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  })
  const { pid } = child
  if (pid === undefined) throw new PostgresError('start_failed', `${binaries.postgres} could not be executed.`)
  await untilReady(place, child, from, options.log)

  let stopping = false
  const failed = new Promise<PostgresError>(resolve => {
    exited.then(() => {
      if (!stopping) resolve(fromPostgresOutput(tail(place.logFile, from), 'PostgreSQL ended by itself'))
    })
  })
  return {
    failed,
    stop: async () => {
      stopping = true
      await stopPostmaster(place.cluster, pid)
      child.ref()
      await exited
    },
  }
}

const PATIENCE_MS = 300_000

/** Ready is when postmaster.pid says so (as pg_ctl has it); after a crash that is once the log is replayed. */
async function untilReady(place: Place, child: ChildProcess, from: number, log: PostgresLog): Promise<void> {
  for (let waited = 0; waited < PATIENCE_MS; waited += 10) {
    const file = readPostmasterFile(place.cluster)
    if (file !== undefined && file.pid === child.pid && file.state === 'ready') return
    if (child.exitCode !== null || child.signalCode !== null)
      throw fromPostgresOutput(tail(place.logFile, from), 'Starting PostgreSQL')
    if (waited > 0 && waited % 10_000 === 0) log.info({ waited }, 'PostgreSQL recovers after a crash; still waiting')
    await sleep(10)
  }
  if (child.pid !== undefined) await stopPostmaster(place.cluster, child.pid)
  throw new PostgresError(
    'start_timeout',
    `PostgreSQL was not ready after ${PATIENCE_MS / 1000} s. See ${place.logFile}.`,
  )
}

const LOG_LIMIT_BYTES = 10_000_000

function openLog(file: string): number {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0
  if (size > LOG_LIMIT_BYTES) renameSync(file, `${file}.1`)
  return openSync(file, 'a', 0o600)
}

function tail(file: string, from: number): string {
  return readFileSync(file).subarray(from).toString('utf8')
}
