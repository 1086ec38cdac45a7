// npm run build:client: the workstation's client as a folder and an archive in dist/client, when its sources changed.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { run } from './process.mjs'
import { NODE, ROOT, STAMPS, setUp } from './setup.mjs'

const CLIENT = join(ROOT, 'apps', 'client')
const SOURCES = [
  join(CLIENT, 'src'),
  join(CLIENT, 'dev'),
  join(CLIENT, 'package'),
  join(CLIENT, 'package.json'),
  ...['card', 'card-pcsc', 'contract', 'relay'].map(name => join(ROOT, 'packages', name, 'src')),
  join(ROOT, 'LICENSE'),
  join(ROOT, 'package-lock.json'),
]
const STAMP = join(STAMPS, 'client')

/** Where the build is; index.json in it tells versions and files. */
export const CLIENT_DIST = join(ROOT, 'dist', 'client')

/** Answers what went wrong, if it did. Looks at names, sizes and times only, so it costs milliseconds when all is fresh. */
export async function buildClient() {
  const now = SOURCES.flatMap(describe).join('\n')
  const built =
    existsSync(STAMP) && existsSync(join(CLIENT_DIST, 'index.json')) ? readFileSync(STAMP, 'utf8') : undefined
  if (built === now) return undefined
  console.error('Building the client …')
  // First the stamp: a build that is cut off must not pass for a finished one.
  rmSync(STAMP, { force: true })
  const { code, output } = await run(NODE, [join(CLIENT, 'dev', 'build.ts')])
  if (code !== 0) return output
  mkdirSync(STAMPS, { recursive: true })
  writeFileSync(STAMP, now)
  return undefined
}

function describe(path) {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (!stat) return []
  if (!stat.isDirectory()) return [`${path} ${stat.size} ${stat.mtimeMs}`]
  return readdirSync(path)
    .filter(name => name !== 'node_modules' && !/\.(?:test|fixture)\.ts$/.test(name))
    .flatMap(name => describe(join(path, name)))
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  setUp()
  const failure = await buildClient()
  if (failure) {
    console.error(failure)
    process.exit(1)
  }
  const { files } = JSON.parse(readFileSync(join(CLIENT_DIST, 'index.json'), 'utf8'))
  for (const { name, folder } of files) console.log(`dist/client/${folder}/\ndist/client/${name}`)
}
