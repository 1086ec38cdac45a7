// Builds the portal when its sources changed since the last build.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './process.mjs'
import { NODE, ROOT, STAMPS } from './setup.mjs'
import { describe } from './stamp.mjs'

const PORTAL = join(ROOT, 'apps', 'portal')
const SOURCES = [
  PORTAL,
  join(ROOT, 'packages/contract/src'),
  join(ROOT, 'packages/core/src/pin'),
  join(ROOT, 'packages/core/src/options'),
  join(ROOT, 'package-lock.json'),
]
const STAMP = join(STAMPS, 'portal')

/** Answers what vite said if the build failed. Looks at names, sizes and times only, so it costs milliseconds when all is fresh. */
export async function buildPortal() {
  const now = SOURCES.flatMap(describe).join('\n')
  const built =
    existsSync(STAMP) && existsSync(join(PORTAL, 'dist', 'index.html')) ? readFileSync(STAMP, 'utf8') : undefined
  if (built === now) return undefined
  console.error('Building the portal …')
  // First the stamp: a build that is cut off must not pass for a finished one.
  rmSync(STAMP, { force: true })
  const { code, output } = await run(
    NODE,
    [join(ROOT, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'],
    { cwd: PORTAL },
  )
  if (code !== 0) return output
  mkdirSync(STAMPS, { recursive: true })
  writeFileSync(STAMP, now)
  return undefined
}
