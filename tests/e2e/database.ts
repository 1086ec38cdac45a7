import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { TestServer } from './server.ts'

/** The server's own PostgreSQL, over its socket. */
export const connect = async (server: TestServer): Promise<pg.Client> => {
  const client = new pg.Client({
    host: join(server.dataDir, 'postgres/run'),
    port: 5432,
    user: 'cardwright',
    database: 'cardwright',
  })
  await client.connect()
  return client
}

/** An issuance stops where it stores the certificates that it has just got: keys are on the card, certificates are not. */
export type HeldIssuance = {
  /** Settles when an issuance waits there. */
  reached(): Promise<void>
  letGo(): Promise<void>
}

/** Four RSA-2048 keys of a virtual card take a slow machine some seconds. */
const PATIENCE_MS = 30_000

/** What PostgreSQL says to whoever is connected when it is stopped (PostgreSQL Appendix A). */
const ADMIN_SHUTDOWN = '57P01'

/** No timing: a lock holds the issuance at one point, for as long as the test needs to pull a card or to kill a server. */
export const holdAtCertificates = async (server: TestServer): Promise<HeldIssuance> =>
  holdOverConnection(await connect(server))

/** The same on any database; the connection is ended with the hold. */
export const holdOverConnection = async (holder: pg.Client): Promise<HeldIssuance> => {
  // A killed server takes its PostgreSQL along, and with it this lock.
  let cut = false
  holder.on('error', () => {
    cut = true
  })
  await holder.query('BEGIN')
  await holder.query('LOCK TABLE credentials IN SHARE ROW EXCLUSIVE MODE')
  return {
    reached: async () => {
      const waiting = `SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 'credentials'::regclass`
      for (let waited = 0; waited < PATIENCE_MS; waited += 20) {
        if ((await holder.query(waiting)).rowCount) return
        await sleep(20)
      }
      throw new Error('no issuance came as far as its certificates')
    },
    letGo: async () => {
      if (cut) return
      try {
        await holder.query('COMMIT')
        await holder.end()
      } catch (error) {
        if (!cut && (error as { code?: string }).code !== ADMIN_SHUTDOWN) throw error
      }
    },
  }
}

/** Every row of every table as text; bytes as they are, so that a secret stored in clear is seen in a bytea too. */
export const dump = async (server: TestServer): Promise<string> => {
  const client = await connect(server)
  const { rows: tables } = await client.query(
    `SELECT quote_ident(table_name) AS name FROM information_schema.tables WHERE table_schema = 'public'`,
  )
  const parts: string[] = []
  for (const { name } of tables) {
    const { rows } = await client.query(`SELECT * FROM ${name}`)
    for (const row of rows) for (const value of Object.values(row)) parts.push(textOf(value))
  }
  await client.end()
  return parts.join('\n')
}

const textOf = (value: unknown): string => {
  if (Buffer.isBuffer(value)) return value.toString('latin1')
  return typeof value === 'string' ? value : JSON.stringify(value)
}
