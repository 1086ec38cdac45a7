import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { permissionsPage } from './permissions.ts'

test('docs/permissions.md is what the tables say', () => {
  const page = readFileSync(new URL('../docs/permissions.md', import.meta.url), 'utf8')
  expect(page, 'run: node tools/permissions.ts').toBe(permissionsPage)
})
