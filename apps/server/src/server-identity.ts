import { randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { holdName } from '@cardwright/adapters/db'

/** Which server this is, kept beside its data. */
const storedIdentity = (dataDir: string): string => {
  const file = join(dataDir, 'server-id')
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    const id = newIdentity()
    writeFileSync(file, `${id}\n`, { mode: 0o600 })
    return id
  }
}

const newIdentity = (): string => `server:${randomUUID()}`

/** A killed server's connection may outlive it for a moment; one that lives holds its name for good. */
const PATIENCE_MS = 5_000

export type ServerIdentity = {
  readonly owner: string
  /** A server with a copy of this data directory runs on the same database: this one goes by a name for this run only. */
  readonly isCopy: boolean
  release(): Promise<void>
}

/**
 * The name that this server's issuances are leased to. After a crash it sweeps what it left behind without waiting for the
 * lease, so the name must be nobody else's: it is held in the database for as long as the server runs.
 */
export const claimServerIdentity = async (
  dataDir: string,
  db: Parameters<typeof holdName>[0],
  patienceMs = PATIENCE_MS,
): Promise<ServerIdentity> => {
  const owner = storedIdentity(dataDir)
  const release = await holdName(db, owner, patienceMs)
  if (release) return { owner, isCopy: false, release }
  return { owner: newIdentity(), isCopy: true, release: async () => {} }
}
