import { once } from 'node:events'
import { statSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { PostgresError } from './errors.ts'

/**
 * At most one server per data directory. The lock is a Linux abstract socket named after the directory's inode: the kernel frees
 * it when its holder ends, however that happens, so there is no stale lock file to judge. Whoever connects is told the holder's pid.
 */
export async function lockDataDirectory(dataDir: string, patienceMs: number): Promise<() => Promise<void>> {
  const path = lockName(dataDir)
  // Whoever stops a server and starts the next at once should not have to know how long the first takes to end.
  const deadline = performance.now() + patienceMs
  for (;;) {
    const unlock = await tryLock(path)
    if (unlock) return unlock
    if (performance.now() >= deadline) break
    await sleep(50)
  }
  throw new PostgresError(
    'data_dir_in_use',
    `The data directory ${dataDir} is used by another Cardwright server${await askHolder(path)}. Stop that one, or choose another directory with --data DIR.`,
  )
}

async function tryLock(path: string): Promise<(() => Promise<void>) | undefined> {
  const server = createServer(socket => {
    socket.on('error', () => {})
    socket.end(String(process.pid))
  })
  server.unref()
  try {
    server.listen(path)
    await once(server, 'listening')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return undefined
    throw error
  }
  return () => new Promise(resolve => server.close(() => resolve()))
}

function lockName(dataDir: string): string {
  const { dev, ino } = statSync(dataDir)
  return `\0cardwright-data-${dev}-${ino}`
}

async function askHolder(path: string): Promise<string> {
  const socket = connect(path)
  socket.setTimeout(1000, () => socket.destroy())
  try {
    let pid = ''
    for await (const chunk of socket) pid += chunk
    return /^\d+$/.test(pid) ? ` (process ${pid})` : ''
  } catch {
    return ''
  }
}
