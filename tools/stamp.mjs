// What sources look like: when it changes, what was built from them is built again.
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** A line for each source file under a path: name, size and time. What was built or only tests is left out. */
export function describe(path) {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (!stat) return []
  if (!stat.isDirectory()) return [`${path} ${stat.size} ${stat.mtimeMs}`]
  return readdirSync(path)
    .filter(name => name !== 'dist' && name !== 'node_modules' && !name.endsWith('.test.ts'))
    .flatMap(name => describe(join(path, name)))
}
