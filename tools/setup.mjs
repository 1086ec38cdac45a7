// Makes a clone ready to run, on whatever Node (20 or later) the machine has. Plain JavaScript for that reason.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export const ROOT = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..')

/** The Node that package.json pins; TypeScript runs on it directly. */
export const NODE = join(ROOT, 'node_modules', '.bin', 'node')

/** What set-up and builds remember about themselves; npm ci empties it, which is right. */
export const STAMPS = join(ROOT, 'node_modules', '.cardwright')

const STAMP = join(STAMPS, 'package-lock.json')

/** Installs the packages if they are missing or do not match package-lock.json. Cheap when there is nothing to do. */
export function setUp() {
  const [major] = process.versions.node.split('.').map(Number)
  if (major < 20) stop(`Node ${process.versions.node} is too old: install Node 20 or later.`)
  const lock = readFileSync(join(ROOT, 'package-lock.json'), 'utf8')
  if (!existsSync(NODE) || (read(STAMP) !== lock && !installedMatches(lock))) install()
  if (!existsSync(NODE)) {
    stop('npm installed the packages but not Node itself, as happens with ignore-scripts=true. Run: npm rebuild node')
  }
  if (read(STAMP) !== lock) {
    mkdirSync(STAMPS, { recursive: true })
    writeFileSync(STAMP, lock)
  }
}

/** Says what is wrong and ends. */
export function stop(message) {
  console.error(message)
  process.exit(1)
}

// Warnings about packages that want a newer Node are about npm's own Node, not the one that will run them.
const CI = ['ci', '--loglevel=error']

function install() {
  console.error('Installing packages (npm ci) …')
  // Under `npm run`, `node` may be the very file that npm ci replaces; npm says which one it runs on itself.
  const { npm_execpath: npm, npm_node_execpath: node } = process.env
  const [command, args] = npm && node ? [node, [npm, ...CI]] : ['npm', CI]
  const { status, error } = spawnSync(command, args, { cwd: ROOT, stdio: ['inherit', 2, 2] })
  if (error) stop(`npm could not be run: ${error.message}`)
  if (status !== 0) stop('npm ci failed; its reason is above. Nothing was started.')
}

/** Whether what npm says it installed is what the lock file asks for: then somebody ran npm by hand, and that is as good. */
function installedMatches(lock) {
  const hidden = read(join(ROOT, 'node_modules', '.package-lock.json'))
  if (!hidden) return false
  const installed = JSON.parse(hidden).packages
  return Object.entries(JSON.parse(lock).packages).every(([path, wanted]) => {
    if (!path.startsWith('node_modules/') || wanted.optional) return true
    return wanted.link ? installed[path]?.link : installed[path]?.version === wanted.version
  })
}

function read(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}
