import { expect, test } from 'vitest'

// Plain JavaScript without types: it must run on the Node that a fresh machine has.
const { count } = await import(new URL('./vitest-run.mjs', import.meta.url).href)

const report = (passed: number, testResults: object[]) => ({
  numPassedTests: passed,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults,
})
const file = (status: string, ...assertionResults: object[]) => ({
  name: 'a.test.ts',
  status,
  message: 'why\nwhere',
  assertionResults,
})

test('names the tests that failed, and says why', () => {
  const failed = {
    status: 'failed',
    fullName: 'I-7 asks at the end',
    failureMessages: ['\u001b[31mError: no page\n\n    at a.test.ts:7\n    at node_modules/vitest/run.js:1'],
  }
  expect(count(report(1, [file('failed', { status: 'passed', fullName: 'x' }, failed)]), 1)).toEqual({
    passed: 1,
    failed: [expect.stringMatching(/a\.test\.ts > I-7 asks at the end\n {6}Error: no page\n {6}at a\.test\.ts:7$/)],
    skipped: 0,
  })
})

test.each([
  ['a file that cannot be loaded', report(1, [file('passed'), file('failed')]), 1, 'the file failed: why'],
  ['an error outside every test', report(1, [file('passed', { status: 'passed' })]), 1, 'failed outside its tests'],
  ['a crash', undefined, 139, 'crashed (exit code 139)'],
  ['a run without a test', report(0, []), 0, 'had no test'],
])('%s is a failure', (_, given, code, message) => {
  expect(count(given, code).failed).toEqual([expect.stringContaining(message)])
})

test('a clean run has none, and skipped tests are not passed ones', () => {
  const given = { ...report(2, [file('passed')]), numPendingTests: 1, numTodoTests: 1 }
  expect(count(given, 0)).toEqual({ passed: 2, failed: [], skipped: 2 })
})
