import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { optionsPage } from './options.ts'

test('N-3: docs/options.md is what the options say', () => {
  const page = readFileSync(new URL('../docs/options.md', import.meta.url), 'utf8')
  expect(page, 'run: node tools/options.ts').toBe(optionsPage)
})
