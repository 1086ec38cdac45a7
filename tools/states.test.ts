import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { statesPage } from './states.ts'

test('docs/states.md is what the tables say', () => {
  const page = readFileSync(new URL('../docs/states.md', import.meta.url), 'utf8')
  expect(page, 'run: node tools/states.ts').toBe(statesPage)
})
