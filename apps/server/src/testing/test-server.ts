import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import type { Template } from '@cardwright/adapters/testing'
import type { Session } from '@cardwright/contract'
import type { Clock } from '@cardwright/core'
import type { Logger } from 'pino'
import { type RunningServer, startServer } from '../compose.ts'
import { createLog } from '../log.ts'
import type { PostgresConnection } from '../postgres/embedded.ts'
import { type Client, createClient } from './client.ts'
import { startTestPostgres } from './postgres.ts'

export type TestServer = {
  readonly server: RunningServer
  readonly dataDir: string
  readonly databaseUrl: string
  /** Everything that was logged so far, as text. */
  logged(): string
  client(): Client
  /** Signs the first administrator in through the one-time link. */
  administrator(password?: string): Promise<Client>
  /** Another server on the same database, with a copy of the keys; ends with this one. */
  another(): Promise<RunningServer>
  /** Ends and starts again on the same data. */
  restart(): Promise<void>
  stop(): Promise<void>
}

export const PASSWORD = 'correct horse battery staple'

type TestServerOptions = {
  readonly demo?: boolean
  readonly clock?: Clock
  /** Makes its organisation itself: for a test that looks at the making too, or whose clock begins in the past. */
  readonly fresh?: boolean
}

// A hash that costs next to nothing: how slow a real one is, is password.test.ts's business.
const CHEAP_HASHES = { logN: 10, r: 8, p: 1 }

const urlOf = ({ host, port, user, database }: PostgresConnection): string =>
  `postgresql://${user}@/${database}?host=${encodeURIComponent(host)}&port=${port}`

type Place = { readonly dataDir: string; readonly databaseUrl: string; readonly demo: boolean }

const start = ({ dataDir, databaseUrl, demo }: Place, log: Logger, clock?: Clock): Promise<RunningServer> =>
  startServer(
    {
      ...{ dataDir, databaseUrl, demo, host: '127.0.0.1', port: 0, url: undefined },
      ...{ passphrase: undefined, logLevel: 'trace', trustProxy: false },
    },
    log,
    clock,
    CHEAP_HASHES,
  )

/** So long ago, on a test's clock, the organisation was made that tests have a copy of: before the test, which may stop its clock. */
const AGE_MS = 10 * 60_000

/** The name that a server goes by is its own, also if its data directory is a copy. */
const forgetName = (dataDir: string): void => rmSync(join(dataDir, 'server-id'))

/** What a first start leaves: the database with the first administrator, the CA and maybe the demo, and the data directory. */
const startedOnce = (demo: boolean): Template => ({
  name: demo ? 'started_demo' : 'started',
  prepare: async (database, dataDir) => {
    const log = createLog('silent')
    const server = await start({ dataDir, databaseUrl: urlOf(database), demo }, log, () => Date.now() - AGE_MS)
    await server.stop()
    forgetName(dataDir)
  },
})
const STARTED = startedOnce(false)
const STARTED_DEMO = startedOnce(true)

/** The whole server on a real PostgreSQL, over real HTTP, with time in the test's hands. */
export const startTestHost = async () => {
  const postgres = await startTestPostgres()

  const startTestServer = async (options: TestServerOptions = {}): Promise<TestServer> => {
    const { demo = true, clock, fresh = false } = options
    if (!fresh && clock && clock() < Date.now() - AGE_MS) throw new Error('a clock in the past needs `fresh`')
    const template = demo ? STARTED_DEMO : STARTED
    const database = await postgres.createDatabase(fresh ? undefined : template)
    const databaseUrl = urlOf(database)
    const dataDir = mkdtempSync(join(tmpdir(), 'cardwright-server-'))
    if (!fresh) cpSync(await postgres.folderOf(template), dataDir, { recursive: true })
    const lines: string[] = []
    const sink = new Writable({
      write: (chunk, _encoding, done) => {
        lines.push(String(chunk))
        done()
      },
    })
    const log = createLog('trace', sink)
    const startIn = (folder: string) => start({ dataDir: folder, databaseUrl, demo }, log, clock)
    let server = await startIn(dataDir)
    const others: RunningServer[] = []
    const folders = [dataDir]
    const client = (): Client => createClient(() => server.url)
    return {
      get server() {
        return server
      },
      dataDir,
      databaseUrl,
      logged: () => lines.join(''),
      client,
      administrator: async (password = PASSWORD) => {
        const own = client()
        const token = new URL(server.setupLink ?? '').hash.slice('#token='.length)
        const { body } = await own.call<Session>('POST', '/api/invitation/password', { token, password })
        own.csrfToken = body.csrfToken
        return own
      },
      another: async () => {
        const folder = mkdtempSync(join(tmpdir(), 'cardwright-server-'))
        folders.push(folder)
        cpSync(dataDir, folder, { recursive: true })
        forgetName(folder)
        const other = await startIn(folder)
        others.push(other)
        return other
      },
      restart: async () => {
        await server.stop()
        server = await startIn(dataDir)
      },
      stop: async () => {
        for (const one of [...others, server]) await one.stop()
        await postgres.dropDatabase(database)
        for (const folder of folders) rmSync(folder, { recursive: true, force: true })
      },
    }
  }
  return { startTestServer, stop: postgres.stop }
}
