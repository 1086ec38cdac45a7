import { cp, mkdtemp } from 'node:fs/promises'
import { type AddressInfo, connect as connectTo, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startOwnPostgres } from '../../apps/server/src/testing/postgres.ts'
import { startServer, type TestServer } from '../e2e/server.ts'

/** One address for all servers: connections go to the one that answers, and to the next when it is gone. */
type Balancer = { readonly url: string; serve(servers: readonly TestServer[]): void; close(): Promise<void> }

const startBalancer = async (): Promise<Balancer> => {
  let ports: number[] = []
  const open = new Set<Socket>()
  const keep = (socket: Socket) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
  }
  const forward = (from: Socket, triesLeft: number) => {
    const [port] = ports
    if (port === undefined || triesLeft === 0) return from.destroy()
    const to = connectTo({ port, host: '127.0.0.1' })
    to.once('connect', () => {
      keep(to)
      from.pipe(to).pipe(from)
      from.once('close', () => to.destroy())
      to.once('close', () => from.destroy())
    })
    to.on('error', () => {
      if (open.has(to)) return from.destroy()
      // Nobody listens there: from now on the next one is first.
      if (ports[0] === port) ports.push(ports.shift() ?? port)
      forward(from, triesLeft - 1)
    })
  }
  const listener = createServer({ noDelay: true }, socket => {
    keep(socket)
    socket.on('error', () => socket.destroy())
    forward(socket, ports.length)
  })
  await new Promise<void>(resolve => listener.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://localhost:${(listener.address() as AddressInfo).port}`,
    serve: servers => {
      ports = servers.map(({ url }) => Number(new URL(url).port))
    },
    close: async () => {
      const closed = new Promise<void>(resolve => listener.close(() => resolve()))
      for (const socket of open) socket.destroy()
      await closed
    },
  }
}

export type TwoServers = {
  /** Behind it is whichever server lives. */
  readonly url: string
  readonly first: TestServer
  readonly second: TestServer
  /** The first administrator's one-time link. */
  readonly setupLink: string
  /** A connection to the database of both. */
  connect(): Promise<pg.Client>
  remove(): Promise<void>
}

/** Two servers with one database and the same keys: the second one's data directory is a copy of the first one's. */
export const startTwoServers = async (): Promise<TwoServers> => {
  const postgres = await startOwnPostgres()
  const address = await postgres.createDatabase()
  const { host, port, user, database } = address
  const databaseUrl = `postgresql://${user}@/${database}?host=${encodeURIComponent(host)}&port=${port}`
  const balancer = await startBalancer()
  const options = { databaseUrl, publicUrl: balancer.url }
  const first = await startServer(options)
  const dataDir = await mkdtemp(join(tmpdir(), 'cardwright-e2e-'))
  await cp(first.dataDir, dataDir, { recursive: true, filter: path => !path.endsWith('local-access.json') })
  const second = await startServer({ ...options, dataDir })
  balancer.serve([first, second])
  return {
    url: balancer.url,
    first,
    second,
    // Each start makes a new one as long as nobody has signed in; only the last one is good.
    setupLink: second.setupLink,
    connect: async () => {
      const client = new pg.Client(address)
      await client.connect()
      return client
    },
    remove: async () => {
      await balancer.close()
      await Promise.all([first.remove(), second.remove()])
      await postgres.stop()
    },
  }
}
