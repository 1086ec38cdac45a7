import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestCluster, type TestPostgres, useTestCluster } from '@cardwright/adapters/testing'
import { inject } from 'vitest'
import { startEmbeddedPostgres } from '../postgres/embedded.ts'
import { VOLATILE } from '../postgres/settings.ts'

// A server holds up to 16 connections, and there is a worker on each core. Databases are often kept in memory, WAL is not needed.
const SETTINGS = { ...VOLATILE, max_connections: '500', max_wal_size: '64MB', min_wal_size: '32MB' }

/** A real PostgreSQL in a temporary directory. */
export const startTestCluster = async (): Promise<TestCluster & { stop(): Promise<void> }> => {
  const folder = mkdtempSync(join(tmpdir(), 'cardwright-test-'))
  const silent = { info: () => {}, warn: () => {} }
  const { connection, stop } = await startEmbeddedPostgres({
    dataDir: folder,
    log: silent,
    settings: SETTINGS,
    durable: false,
  })
  // A socket in a deep directory is reached through a handle of this process.
  const host = connection.host.replace('/proc/self/', `/proc/${process.pid}/`)
  return {
    connection: { ...connection, host },
    folder,
    stop: async () => {
      await stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The suite's PostgreSQL, or one of its own where the suite has none. */
export const startTestPostgres = async (): Promise<TestPostgres> => {
  const shared = inject('testCluster')
  return shared ? useTestCluster(shared) : startOwnPostgres()
}

/** For those who are no part of a suite. */
export const startOwnPostgres = async (): Promise<TestPostgres> => {
  const cluster = await startTestCluster()
  const postgres = await useTestCluster(cluster)
  return {
    ...postgres,
    stop: async () => {
      await postgres.stop()
      await cluster.stop()
    },
  }
}
