import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import { VOLATILE } from '../../apps/server/src/postgres/settings.ts'
import { PREPARED, startServer } from './server.ts'

/** The first start, made once for all files: database, demo organisation, keys and cards. Each server begins with a copy. */
export default async function setup(): Promise<() => Promise<void>> {
  const { dataDir, stop, remove } = await startServer({ empty: true })
  await stop()
  const settings = Object.entries(VOLATILE).map(([name, value]) => `${name} = ${value}\n`)
  await appendFile(join(dataDir, 'postgres/cluster/postgresql.conf'), settings.join(''))
  process.env[PREPARED] = dataDir
  return remove
}
