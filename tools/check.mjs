// npm run check: what must be clean before a commit. Types, lint, boundaries, unit tests.
import { runChecks } from './checks.mjs'
import { setUp } from './setup.mjs'
import { runVitest } from './vitest-run.mjs'

setUp()
const results = await runChecks()
for (const { name, passed, output } of results) {
  console.log(`${passed ? '✓' : '✗'} ${name}`)
  if (!passed) console.log(output)
}
const unit = await runVitest('vitest.config.ts')
const failed = results.filter(result => !result.passed).length + unit.failed.length
console.log(failed ? `${failed} to repair` : 'All clean.')
process.exit(failed ? 1 : 0)
