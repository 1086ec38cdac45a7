import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { startPcscd } from '../interop/pcscd.ts'

/** One pcscd for all files, and the client as it is shipped. */
export default async function setup(): Promise<() => Promise<void>> {
  execFileSync(process.execPath, [join(import.meta.dirname, '../../tools/build-client.mjs')], { stdio: 'inherit' })
  const pcscd = await startPcscd()
  return () => pcscd.stop()
}
