import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import type { Session } from '@cardwright/contract'
import type { Clock } from '@cardwright/core'
import { type RunningServer, startServer } from '../compose.ts'
import { createLog } from '../log.ts'
import { startTestPostgres } from '../postgres/testing.ts'
import { type Client, createClient } from './client.ts'

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

/** The whole server on a real PostgreSQL, over real HTTP, with time in the test's hands. */
export const startTestHost = async () => {
  const postgres = await startTestPostgres()

  const startTestServer = async (options: { demo?: boolean; clock?: Clock } = {}): Promise<TestServer> => {
    const { host, port, user, database } = await postgres.createDatabase()
    const dataDir = mkdtempSync(join(tmpdir(), 'cardwright-server-'))
    const lines: string[] = []
    const sink = new Writable({
      write: (chunk, _encoding, done) => {
        lines.push(String(chunk))
        done()
      },
    })
    const databaseUrl = `postgresql://${user}@/${database}?host=${encodeURIComponent(host)}&port=${port}`
    const start = (folder = dataDir) =>
      startServer(
        {
          dataDir: folder,
          host: '127.0.0.1',
          port: 0,
          url: undefined,
          demo: options.demo ?? true,
          databaseUrl,
          passphrase: undefined,
          logLevel: 'trace',
          trustProxy: false,
        },
        createLog('trace', sink),
        options.clock,
        // A hash that costs next to nothing: how slow a real one is, is password.test.ts's business.
        { logN: 10, r: 8, p: 1 },
      )
    let server = await start()
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
        // The name that a server goes by is its own.
        rmSync(join(folder, 'server-id'))
        const other = await start(folder)
        others.push(other)
        return other
      },
      restart: async () => {
        await server.stop()
        server = await start()
      },
      stop: async () => {
        for (const one of [...others, server]) await one.stop()
        for (const folder of folders) rmSync(folder, { recursive: true, force: true })
      },
    }
  }
  return { startTestServer, stop: postgres.stop }
}
