import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const main = join(import.meta.dirname, '../../apps/server/src/main.ts')

/** A server process on a data directory of its own, with the demo organisation. */
export type TestServer = {
  readonly url: string
  readonly dataDir: string
  /** The first administrator's one-time link, as this server's first start printed it. */
  readonly setupLink: string
  /** All that was printed, on both streams, by every start: the console and the log. */
  output(): string
  /** kill -9: nothing is finished or closed. */
  kill(): Promise<void>
  start(): Promise<void>
  /** Ends it as Ctrl-C does. */
  stop(): Promise<void>
  /** Ends the server and removes its data. */
  remove(): Promise<void>
}

export type TestServerOptions = {
  /** A copy of another server's. Removed at the end, as those are that are made here. */
  readonly dataDir?: string
  /** The first start of all, on an empty directory, even where the suite has one that is prepared (demo-data.ts). */
  readonly empty?: boolean
  /** Another database than the embedded one. */
  readonly databaseUrl?: string
  /** Where browsers reach it, if something stands in front. */
  readonly publicUrl?: string
}

/** Names the folder that the suite has prepared to the processes of its files. */
export const PREPARED = 'CARDWRIGHT_E2E_PREPARED'

const newDataDir = async (empty: boolean): Promise<string> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'cardwright-e2e-'))
  const prepared = process.env[PREPARED]
  // cp(1) keeps the owner, who is PostgreSQL's account; Node's does not.
  if (prepared && !empty) await promisify(execFile)('cp', ['-a', `${prepared}/.`, dataDir])
  return dataDir
}

export const startServer = async (options: TestServerOptions = {}): Promise<TestServer> => {
  const dataDir = options.dataDir ?? (await newDataDir(options.empty ?? options.databaseUrl !== undefined))
  const port = await freePort()
  let said = ''
  let running: { readonly child: ChildProcess; readonly ended: Promise<void> } | null = null

  const start = async () => {
    const place = [
      '--data',
      dataDir,
      '--port',
      String(port),
      ...(options.publicUrl ? ['--url', options.publicUrl] : []),
    ]
    const child = spawn(process.execPath, [main, ...place, '--log-level', 'debug'], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        // Readers of this machine stay out of the tests: no PC/SC service listens there.
        PCSCLITE_CSOCK_NAME: join(dataDir, 'no-pcscd'),
        ...(options.databaseUrl ? { DATABASE_URL: options.databaseUrl } : {}),
      },
    })
    const ended = new Promise<void>(resolve => child.once('exit', () => resolve()))
    const from = said.length
    await new Promise<void>((resolve, reject) => {
      child.once('exit', code => reject(new Error(`the server ended with ${code}: ${said.slice(from)}`)))
      const hear = (chunk: Buffer) => {
        said += chunk.toString()
        if (said.indexOf('Listening on', from) >= 0) resolve()
      }
      child.stdout?.on('data', hear)
      child.stderr?.on('data', hear)
    })
    running = { child, ended }
  }
  const end = async (signal: 'SIGKILL' | 'SIGTERM') => {
    running?.child.kill(signal)
    await running?.ended
    running = null
  }

  await start()
  const setupLink = /https?:\S+#token=\S+/.exec(said)?.[0]
  if (!setupLink) throw new Error(`the first start printed no one-time link: ${said}`)
  return {
    url: `http://localhost:${port}`,
    dataDir,
    setupLink,
    output: () => said,
    kill: () => end('SIGKILL'),
    start,
    stop: () => end('SIGTERM'),
    remove: async () => {
      await end('SIGTERM')
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** Always the same port for one data directory: a browser's page stays good over a restart. */
const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))))
    })
  })
