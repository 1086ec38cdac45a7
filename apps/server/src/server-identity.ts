import { randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Which server this is, kept beside its data: after a crash it recognises the issuances that it left behind, and sweeps
 * them without waiting for their lease.
 */
export const serverIdentity = (dataDir: string): string => {
  const file = join(dataDir, 'server-id')
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    const id = `server:${randomUUID()}`
    writeFileSync(file, `${id}\n`, { mode: 0o600 })
    return id
  }
}
