import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { expect, test } from 'vitest'
import { startEmbeddedPostgres } from './embedded.ts'

const log = { info: () => {}, warn: () => {} }

/** A server in a process of its own: writes a row, says so, and waits to be killed. */
const SERVER = `
import pg from 'pg'
import { startEmbeddedPostgres } from ${JSON.stringify(new URL('./embedded.ts', import.meta.url).href)}
const log = { info() {}, warn() {} }
const { connection } = await startEmbeddedPostgres({ dataDir: process.env.DATA_DIR, log, durable: false })
const client = new pg.Client(connection)
await client.connect()
await client.query('CREATE TABLE IF NOT EXISTS starts (n int)')
await client.query('INSERT INTO starts VALUES (1)')
console.log('written')
setInterval(() => {}, 1000)
`

test('kill -9 of the server, twice, and a start at once each time: nothing in the way, every row there', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'cardwright-pg-'))
  try {
    for (const signal of ['SIGKILL', 'SIGKILL'] as const) {
      const server = spawn(process.execPath, ['--input-type=module', '-e', SERVER], {
        cwd: import.meta.dirname,
        env: { ...process.env, DATA_DIR: dataDir },
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      const [said] = await Promise.race([once(server.stdout, 'data'), once(server, 'exit')])
      expect(String(said)).toBe('written\n')
      server.kill(signal)
      await once(server, 'exit')
    }
    const postgres = await startEmbeddedPostgres({ dataDir, log, durable: false })
    const client = new pg.Client(postgres.connection)
    await client.connect()
    expect((await client.query('SELECT count(*)::int AS n FROM starts')).rows).toEqual([{ n: 2 }])
    await client.end()
    await postgres.stop()
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
})
