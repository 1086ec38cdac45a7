// The checks that read the sources only: types, lint, boundaries.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './process.mjs'
import { NODE, ROOT } from './setup.mjs'

const bin = name => join(ROOT, 'node_modules', '.bin', name)

const CHECKS = [
  { name: 'types', needs: 'tsconfig.json', command: bin('tsc'), args: ['-p', 'tsconfig.json'] },
  {
    name: 'types of the portal',
    needs: 'apps/portal/tsconfig.json',
    command: bin('tsc'),
    args: ['-p', 'apps/portal/tsconfig.json'],
  },
  {
    name: 'types of the extension',
    needs: 'apps/extension/tsconfig.json',
    command: bin('tsc'),
    args: ['-p', 'apps/extension/tsconfig.json'],
  },
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
