import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

type Entry = { optionalDependencies?: Record<string, string>; resolved?: string; link?: boolean }
const lock: { packages: Record<string, Entry> } = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', 'package-lock.json'), 'utf8'),
)

// npm writes a lock file without those that it could not look up, and `npm ci` then refuses every fresh clone.
test('package-lock.json holds every optional dependency, also those of other platforms', () => {
  const lacking = Object.entries(lock.packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(name => !found(path, name)),
  )
  expect(lacking).toEqual([])
})

test('package-lock.json names no registry', () => {
  expect(Object.values(lock.packages).filter(({ resolved, link }) => resolved && !link)).toEqual([])
})

/** Node's look-up: in the package's own node_modules, then in those above it. */
function found(path: string, name: string): boolean {
  if (lock.packages[`${path ? `${path}/` : ''}node_modules/${name}`]) return true
  if (path === '') return false
  const above = path.includes('/node_modules/') ? path.slice(0, path.lastIndexOf('/node_modules/')) : ''
  return found(above, name)
}
