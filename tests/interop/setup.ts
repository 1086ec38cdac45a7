import { canRun, missingPackages } from './foreign-tools.ts'
import { startPcscd } from './pcscd.ts'

/** One pcscd for all suites; ends with them. */
export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  const missing = missingPackages()
  if (missing.length > 0) {
    const order = `apt-get install ${missing.join(' ')}`
    if (process.env.CARDWRIGHT_ALLOW_MISSING !== '1') {
      throw new Error(`Debian packages are missing, so foreign programs cannot be tried: ${order}`)
    }
    console.error(`\n!!! NOT TRIED with foreign programs, packages are missing: ${order}\n`)
  }
  if (!canRun()) return undefined
  const pcscd = await startPcscd()
  return () => pcscd.stop()
}
