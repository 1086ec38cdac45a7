// Runs one vitest configuration and counts.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { memoryFolder } from './memory-folder.mjs'
import { run } from './process.mjs'
import { NODE, ROOT } from './setup.mjs'

/** Servers, clients and workers are started by the hundred: what Node has compiled of them once is kept here. */
const COMPILED = join(ROOT, 'node_modules/.cache/node')

/**
 * Answers `{ passed, failed, skipped, output }`: two numbers, the names of what failed, and unless `show` what was printed. A file that could not be loaded, an error outside every
 * test, a crash and a run without any test count as failures too: silence must not look like success.
 */
export async function runVitest(config, { show = true, env = {}, within = [] } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'cardwright-vitest-'))
  const file = join(folder, 'report.json')
  const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const [program, ...args] = [...within, NODE]
  const temporary = process.env.TMPDIR ?? memoryFolder() ?? tmpdir()
  const { code, output } = await run(program, [...args, vitest, 'run', '--config', config, ...reporters], {
    show,
    env: { CI: '1', NODE_COMPILE_CACHE: COMPILED, TMPDIR: temporary, ...env },
  })
  const report = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
  rmSync(folder, { recursive: true, force: true })
  return { ...count(report, code), output }
}

/** The report is vitest's (jest's) JSON; `undefined` if there is none. */
export function count(report, code) {
  if (!report) return { passed: 0, skipped: 0, failed: [`the run crashed (exit code ${code})`] }
  const failed = report.testResults.flatMap(file => {
    const name = relative(ROOT, file.name)
    const tests = file.assertionResults
      .filter(test => test.status === 'failed')
      .map(test => `${name} > ${test.fullName}${reasonOf(test)}`)
    return tests.length === 0 && file.status === 'failed'
      ? [`${name} (the file failed: ${firstLine(file.message)})`]
      : tests
  })
  const passed = report.numPassedTests
  if (code !== 0 && failed.length === 0) failed.push(`the run failed outside its tests (exit code ${code})`)
  if (passed === 0 && failed.length === 0) failed.push('the run had no test')
  return { passed, failed, skipped: report.numPendingTests + report.numTodoTests }
}

/** The end of a long output is what is kept of it: why a test failed stands there beside its name. */
function reasonOf({ failureMessages = [] }) {
  const lines = failureMessages.flatMap(message => stripVTControlCharacters(message).split('\n'))
  const told = lines.filter(line => line.trim() && !line.includes('node_modules')).slice(0, 12)
  return told.map(line => `\n      ${line.trim().slice(0, 200)}`).join('')
}

function firstLine(message) {
  return (message ?? '').split('\n')[0]
}
