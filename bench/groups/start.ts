import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { median, type Report, seconds } from '../harness.ts'

export const name = 'start'

const ROOT = join(import.meta.dirname, '..', '..')

/** From `npm start` to the line with `listening`, on data that an earlier start has made. */
export async function run(report: Report): Promise<void> {
  const data = mkdtempSync(join(tmpdir(), 'cardwright-bench-'))
  try {
    const first = await startAndStop(data)
    report({
      name: 'start.first_s',
      value: first,
      unit: 's',
      note: 'empty data directory, packages installed, portal built',
    })
    const later: number[] = []
    for (let i = 0; i < 5; i++) later.push(await startAndStop(data))
    report({ name: 'start.second_s', value: median(later), unit: 's', note: 'npm start to "listening", median of 5' })
  } finally {
    rmSync(data, { recursive: true, force: true })
  }
}

async function startAndStop(data: string): Promise<number> {
  const port = await freePort()
  let server: ChildProcess | undefined
  const taken = await seconds(async () => {
    server = spawn('npm', ['start', '--silent', '--', '--data', data, '--port', String(port)], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    await untilListening(server)
  })
  if (server && server.exitCode === null) {
    const exit = once(server, 'exit')
    server.kill('SIGTERM')
    await exit
  }
  return taken
}

function untilListening(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let printed = ''
    const read = (chunk: string) => {
      printed += chunk
      if (printed.includes('listening')) resolve()
    }
    server.stdout?.setEncoding('utf8').on('data', read)
    server.stderr?.setEncoding('utf8').on('data', read)
    server.once('error', reject)
    server.once('exit', code => reject(new Error(`npm start ended with ${code} before it listened:\n${printed}`)))
  })
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
