// The checks that read the sources only: types, lint, boundaries.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './process.mjs'
import { NODE, ROOT } from './setup.mjs'

const bin = name => join(ROOT, 'node_modules', '.bin', name)

/** What was found the last time is kept: of a whole check, types are a third. */
const types = (name, project) => ({
  name,
  needs: project,
  command: bin('tsc'),
  args: ['-p', project, '--incremental', '--tsBuildInfoFile', join(ROOT, 'node_modules/.cache/tsc', `${name}.json`)],
})

const CHECKS = [
  types('types', 'tsconfig.json'),
  types('types of the portal', 'apps/portal/tsconfig.json'),
  types('types of the extension', 'apps/extension/tsconfig.json'),
  { name: 'lint', needs: 'biome.json', command: bin('biome'), args: ['check', '--error-on-warnings', '.'] },
  { name: 'boundaries', needs: 'tools/boundaries.ts', command: NODE, args: ['tools/boundaries.ts'] },
]

/** Runs them side by side. Answers `{ name, passed, output }` of each. */
export function runChecks() {
  const present = CHECKS.filter(check => existsSync(join(ROOT, check.needs)))
  return Promise.all(
    present.map(async ({ name, command, args }) => {
      const { code, output } = await run(command, args)
      return { name, passed: code === 0, output }
    }),
  )
}
