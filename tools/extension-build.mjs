// Builds the browser extension when its sources changed since the last build.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './process.mjs'
import { NODE, ROOT, STAMPS } from './setup.mjs'
import { describe } from './stamp.mjs'

const EXTENSION = join(ROOT, 'apps', 'extension')
const SOURCES = [EXTENSION, join(ROOT, 'packages/core/src/pin'), join(ROOT, 'package-lock.json')]
const STAMP = join(STAMPS, 'extension')

/** Answers what the bundler said if the build failed. */
export async function buildExtension() {
  const now = SOURCES.flatMap(describe).join('\n')
  const built =
    existsSync(STAMP) && existsSync(join(EXTENSION, 'dist', 'manifest.json')) ? readFileSync(STAMP, 'utf8') : undefined
  if (built === now) return undefined
  console.error('Building the browser extension …')
  // First the stamp: a build that is cut off must not pass for a finished one.
  rmSync(STAMP, { force: true })
  const { code, output } = await run(NODE, [join(EXTENSION, 'dev', 'bundle.ts')])
  if (code !== 0) return output
  mkdirSync(STAMPS, { recursive: true })
  writeFileSync(STAMP, now)
  return undefined
}
