// Checks the rules of the house that no compiler knows: who may import whom, where the outside world may be touched, how long a file is.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findViolations } from './boundaries/check.ts'

const ROOT = join(import.meta.dirname, '..')
const SKIPPED = new Set(['node_modules', 'dist', 'vectors', 'test-results'])

function list(folder: string): string[] {
  if (!existsSync(join(ROOT, folder))) return []
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap(entry => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : list(path)
    return /\.(?:ts|tsx|mjs|css)$/.test(entry.name) ? [path] : []
  })
}

function declaredDependencies(): Map<string, string[]> {
  const folders = ['packages', 'apps'].flatMap(parent =>
    readdirSync(join(ROOT, parent)).map(name => ({ parent, name })),
  )
  return new Map(
    folders.map(({ parent, name }) => {
      const { dependencies = {} } = JSON.parse(readFileSync(join(ROOT, parent, name, 'package.json'), 'utf8'))
      return [name, Object.keys(dependencies)]
    }),
  )
}

const paths = ['packages', 'apps', 'bench', 'tests', 'tools'].flatMap(list)
const files = new Map(paths.map(path => [path, readFileSync(join(ROOT, path), 'utf8')]))
const findings = findViolations(files, declaredDependencies())
for (const { path, line, message } of findings) console.error(`${path}:${line}: ${message}`)
console.log(
  findings.length ? `${findings.length} violations in ${files.size} files` : `${files.size} files keep the boundaries`,
)
process.exit(findings.length ? 1 : 0)
