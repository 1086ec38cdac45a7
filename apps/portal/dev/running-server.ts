import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const main = join(import.meta.dirname, '../../server/src/main.ts')

export type RunningServer = { readonly url: string; readonly setupLink: string; stop(): Promise<void> }

/** A server of its own with the demo organisation, on a free port, in a directory that is removed afterwards. */
export const startServer = async (port: number): Promise<RunningServer> => {
  const directory = await mkdtemp(join(tmpdir(), 'cardwright-screens-'))
  const child = spawn(process.execPath, [main, '--data', directory, '--port', String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    // Readers of the machine stay out, so that the pictures hold the virtual ones only, each time.
    env: { ...process.env, PCSCLITE_CSOCK_NAME: join(directory, 'no-pcscd') },
  })
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()))
  let said = ''
  const setupLink = await new Promise<string>((resolve, reject) => {
    child.once('exit', code => reject(new Error(`The server ended with ${code}: ${said}`)))
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      const link = /https?:\S+#token=\S+/.exec(said)
      if (link && said.includes('Listening on')) resolve(link[0])
    })
  })
  return {
    url: new URL('/', setupLink).origin,
    setupLink,
    stop: async () => {
      child.kill('SIGTERM')
      await ended
      await rm(directory, { recursive: true, force: true })
    },
  }
}
