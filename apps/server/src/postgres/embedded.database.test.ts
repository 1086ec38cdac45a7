import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { findBinaries } from './binaries.ts'
import { type EmbeddedPostgres, type PostgresConnection, startEmbeddedPostgres } from './embedded.ts'
import { preparePlace } from './place.ts'
import { processesOf, readPostmasterFile } from './postmaster.ts'
import { spawnPostgres } from './programs.ts'
import { postgresArguments, VOLATILE } from './settings.ts'

let root: string
let dataDir: string
let running: EmbeddedPostgres[]

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'cardwright-pg-'))
  dataDir = join(root, 'data')
  running = []
})

afterEach(async () => {
  for (const postgres of running) await postgres.stop()
  rmSync(root, { recursive: true, force: true })
})

const log = { info: () => {}, warn: () => {} }

async function start(directory = dataDir, settings: Record<string, string> = VOLATILE): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({ dataDir: directory, log, settings, durable: false, patienceMs: 0 })
  running.push(postgres)
  return postgres
}

async function query(connection: PostgresConnection, sql: string): Promise<unknown[]> {
  const client = new pg.Client(connection)
  await client.connect()
  try {
    return (await client.query({ text: sql, rowMode: 'array' })).rows.flat()
  } finally {
    await client.end()
  }
}

describe('a first start', () => {
  test('makes a UTF-8 cluster with checksums, reachable by its socket only, with a role that is no superuser', async () => {
    const { connection, adopted } = await start()
    const settings = ['data_checksums', 'server_encoding', 'listen_addresses', 'TimeZone', 'log_error_verbosity']
    const columns = settings.map(name => `current_setting('${name}')`).join(', ')
    expect(await query(connection, `SELECT ${columns}`)).toEqual(['on', 'UTF8', '', 'UTC', 'terse'])
    expect(
      await query(connection, 'SELECT datlocale, datlocprovider FROM pg_database WHERE datname = current_database()'),
    ).toEqual(['C.UTF-8', 'b'])
    expect(await query(connection, 'SELECT rolsuper FROM pg_roles WHERE rolname = current_user')).toEqual([false])
    expect(adopted).toBe(false)
    expect(statSync(join(dataDir, 'postgres', 'run')).mode & 0o777).toBe(0o700)
    expect(statSync(join(dataDir, 'postgres')).mode & 0o777).toBe(0o700)
  })

  test('does not run as root', async () => {
    await start()
    const pid = readPostmasterFile(join(dataDir, 'postgres', 'cluster'))?.pid
    expect(statSync(`/proc/${pid}`).uid).not.toBe(0)
  })

  test('removes what an initdb that was cut off has left', async () => {
    mkdirSync(join(dataDir, 'postgres', 'cluster.new', 'base'), { recursive: true })
    const { connection } = await start()
    expect(await query(connection, 'SELECT 1')).toEqual([1])
    expect(existsSync(join(dataDir, 'postgres', 'cluster.new'))).toBe(false)
  })

  test('works at a path longer than a socket path may be', async () => {
    const deep = join(root, 'a'.repeat(60), 'b'.repeat(60))
    const { connection } = await start(deep)
    expect(await query(connection, 'SELECT 1')).toEqual([1])
  })
})

describe('a later start', () => {
  test('finds what was written, and stop leaves no process', async () => {
    const first = await start()
    await query(first.connection, 'CREATE TABLE kept AS SELECT 7 AS n')
    await first.stop()
    running = []
    expect(processesOf(join(dataDir, 'postgres', 'cluster'))).toEqual([])
    expect(await query((await start()).connection, 'SELECT n FROM kept')).toEqual([7])
  })

  test('recovers after PostgreSQL itself was killed, and `failed` tells the server', async () => {
    const first = await start(dataDir, {})
    await query(first.connection, 'CREATE TABLE kept AS SELECT 7 AS n')
    const pid = readPostmasterFile(join(dataDir, 'postgres', 'cluster'))?.pid ?? 0
    process.kill(pid, 'SIGKILL')
    expect((await first.failed).message).toContain('ended by itself')
    await first.stop()
    running = []
    expect(await query((await start()).connection, 'SELECT n FROM kept')).toEqual([7])
  })

  test('is not stopped by a postmaster.pid whose number now belongs to another program', async () => {
    await (await start()).stop()
    running = []
    const file = join(dataDir, 'postgres', 'cluster', 'postmaster.pid')
    writeFileSync(file, `${process.pid}\n/elsewhere\n1\n5432\n\n\n\nready\n`)
    expect((await start()).adopted).toBe(false)
  })

  test('adopts a postgres that still serves the cluster, and stops it at the end', async () => {
    await (await start()).stop()
    running = []
    const place = preparePlace(dataDir)
    const output = openSync(place.logFile, 'a')
    const { postgres } = findBinaries(place.account, place.dataDir)
    const orphan = spawnPostgres(place, postgres, postgresArguments(VOLATILE), output)
    closeSync(output)
    await expect.poll(() => readPostmasterFile(place.cluster)?.state, { timeout: 10_000 }).toBe('ready')
    const second = await start()
    expect(second.adopted).toBe(true)
    expect(await query(second.connection, 'SELECT 1')).toEqual([1])
    await second.stop()
    running = []
    expect(orphan.exitCode ?? (await new Promise(resolve => orphan.once('exit', resolve)))).toBe(0)
  })
})

describe('a refusal', () => {
  test('a second server on the same directory is told who has it', async () => {
    await start()
    const message = new RegExp(`process ${process.pid}\\).*--data DIR`)
    await expect(start()).rejects.toMatchObject({ code: 'data_dir_in_use', message: expect.stringMatching(message) })
  })

  test('a server that is just ending is waited for', async () => {
    const first = await start()
    const second = startEmbeddedPostgres({ dataDir, log, settings: VOLATILE, durable: false })
    await first.stop()
    running = [await second]
  })

  test('a cluster of another major version is not touched', async () => {
    const cluster = join(dataDir, 'postgres', 'cluster')
    mkdirSync(cluster, { recursive: true })
    writeFileSync(join(cluster, 'PG_VERSION'), '15\n')
    await expect(start()).rejects.toMatchObject({
      code: 'wrong_version',
      message: expect.stringContaining('PostgreSQL 15'),
    })
  })

  test('a directory that is none', async () => {
    writeFileSync(dataDir, '')
    await expect(start()).rejects.toMatchObject({ code: 'data_dir_unreadable' })
  })

  test('a setting that PostgreSQL does not accept: its own words, and the lock is free again', async () => {
    const wrong = startEmbeddedPostgres({ dataDir, log, settings: { max_connections: 'many' }, durable: false })
    await expect(wrong).rejects.toMatchObject({
      code: 'start_failed',
      message: expect.stringContaining('max_connections'),
    })
    await start()
  })
})
