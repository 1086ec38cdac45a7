import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startPcscd } from '../interop/pcscd.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where pcscd is stopped and started again: POST /stop, POST /start. Tests run in other processes than pcscd's parent. */
    pcscdControl: string
  }
}

/** One pcscd for all files, and the client as it is shipped. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  execFileSync(process.execPath, [join(import.meta.dirname, '../../tools/build-client.mjs')], { stdio: 'inherit' })
  let pcscd = await startPcscd()
  const control = createServer(async (request, response) => {
    try {
      if (request.url === '/stop') await pcscd.stop()
      else pcscd = await startPcscd()
      response.end('done')
    } catch (error) {
      response.end(String(error))
    }
  }).listen(0, '127.0.0.1')
  await once(control, 'listening')
  project.provide('pcscdControl', `http://127.0.0.1:${(control.address() as AddressInfo).port}`)
  return async () => {
    control.close()
    await pcscd.stop()
  }
}
