import { describe, expect, test } from 'vitest'
import { findViolations } from './check.ts'

function check(files: Record<string, string>, declared: Record<string, string[]> = {}): string[] {
  const found = findViolations(new Map(Object.entries(files)), new Map(Object.entries(declared)))
  return found.map(({ path, line, message }) => `${path}:${line}: ${message}`)
}

describe('layers', () => {
  test.each([
    ['packages/core/src/x.ts', '@cardwright/card'],
    ['packages/card-virtual/src/x.ts', '@cardwright/card'],
    ['packages/adapters/src/db/x.ts', '@cardwright/core'],
    ['apps/server/src/x.ts', '@cardwright/card-virtual/vpcd'],
    ['apps/portal/src/x.tsx', '@cardwright/core/pin-rules'],
    ['apps/portal/src/x.tsx', './y.tsx'],
    ['apps/portal/src/x.tsx', 'virtual:contract'],
    ['packages/core/src/x.test.ts', '@cardwright/card-virtual'],
    ['bench/x.ts', '@cardwright/server'],
    ['packages/adapters/src/db/x.ts', 'node:fs'],
  ])('%s may import %s', (path, specifier) => {
    expect(check({ [path]: `import { a } from '${specifier}'\n` })).toEqual([])
  })

  test.each([
    ['packages/card/src/x.ts', '@cardwright/core', 'card may not import @cardwright/core (it may: no other package)'],
    ['packages/core/src/x.ts', '@cardwright/adapters/db', 'take what you need as an argument or through a port'],
    ['packages/core/src/x.ts', '@cardwright/card-virtual', 'may not import'],
    ['packages/core/src/x.test.ts', '@cardwright/adapters/db', 'may not import'],
    ['apps/portal/src/x.tsx', '@cardwright/core', 'may not import'],
    ['packages/core/src/x.ts', '../../card/src/y.ts', 'reaches into another package by path'],
    ['packages/core/src/x.ts', '../../../tools/y.ts', 'reaches into another package by path'],
    ['packages/core/src/x.ts', 'pg', "imports pg, which core's package.json does not declare"],
  ])('%s may not import %s', (path, specifier, message) => {
    expect(check({ [path]: `\nimport type { a } from '${specifier}'\n` })).toEqual([expect.stringContaining(message)])
  })

  test.each([
    "import '@cardwright/core'",
    "await import('@cardwright/core')",
    "export * from '@cardwright/core'",
    'import {\n  a,\n} from "@cardwright/core"',
  ])('sees %s', line => {
    expect(check({ 'packages/contract/src/x.ts': line })).toHaveLength(1)
  })

  test('a declared dependency may be imported, by a path inside it too', () => {
    expect(
      check({ 'packages/adapters/src/x.ts': "import { Migrator } from 'kysely/migration'" }, { adapters: ['kysely'] }),
    ).toEqual([])
  })

  test("what is never shipped may use the root's development dependencies, what is shipped may not", () => {
    const text = "import { chromium } from 'playwright-core'"
    expect(check({ 'apps/portal/dev/x.ts': text })).toEqual([])
    expect(check({ 'apps/portal/src/x.ts': text })).toHaveLength(1)
  })

  test('text that looks like an import is none', () => {
    const text = "// import '@cardwright/core'\nconst a = `import '@cardwright/core' from '@cardwright/core'`\n"
    expect(check({ 'packages/contract/src/x.ts': text })).toEqual([])
  })
})

describe('the fence around card, pki and core', () => {
  test.each([
    ['const a = Date.now()', 'take `now: Date`'],
    ['const a = new Date()', 'take `now: Date`'],
    ['const a = new Date', 'take `now: Date`'],
    ['const a = Math.random()', 'take random bytes'],
    ['const a = crypto.randomUUID()', 'src/crypto.ts'],
    ["fetch('x')", 'declare a port'],
    ["console.log('x')", 'return what happened'],
    ['const a = process.env.A', 'take the value as an argument'],
    ["import { readFile } from 'node:fs/promises'", 'this package does no I/O'],
    ["import { createHash } from 'node:crypto'", 'src/crypto.ts alone'],
    [`const a = \`$\{Date.now()}\``, 'take `now: Date`'],
    ['const a = b / 2; const c = Date.now() / 3', 'take `now: Date`'],
  ])('refuses %s', (line, message) => {
    for (const name of ['card', 'pki', 'core']) {
      expect(check({ [`packages/${name}/src/x.ts`]: `\n${line}\n` })).toEqual([
        expect.stringMatching(`^packages/${name}/src/x.ts:2: .*`),
      ])
      expect(check({ [`packages/${name}/src/x.ts`]: line })[0]).toContain(message)
    }
  })

  test.each([
    'const a = new Date(1_000)',
    'const a = new Date(\n  text,\n)',
    'ports.log.fetch()',
    '// Date.now() would be wrong here',
    "const a = 'Date.now()'",
    'const a = /"/.test(b) // Math.random',
    'const a = /[/"]/.test("x")\nconst b = "Math.random()"',
    'const processed = 1',
  ])('lets %s pass', line => {
    expect(check({ 'packages/pki/src/x.ts': line })).toEqual([])
  })

  test('does not stand around tests, adapters, or crypto.ts for node:crypto', () => {
    expect(
      check({
        'packages/pki/src/x.test.ts': "import 'node:fs'\nconst a = Date.now()",
        'packages/adapters/src/x.ts': 'const a = Date.now()',
        'packages/card/src/crypto.ts': "import { createHash } from 'node:crypto'",
      }),
    ).toEqual([])
    expect(check({ 'packages/card/src/scp03/crypto.ts': "import { createHash } from 'node:crypto'" })).toHaveLength(1)
  })
})

describe('flows', () => {
  test.each(['async function a() {}', 'await a()', 'const a: Promise<void> = b'])(
    'core is not asynchronous outside *.flow.ts: %s',
    line => {
      expect(check({ 'packages/core/src/plan.ts': line })).toEqual([expect.stringContaining('name the file *.flow.ts')])
      expect(
        check({
          'packages/core/src/issue.flow.ts': line,
          'packages/core/src/x.test.ts': line,
          'packages/card/src/x.ts': line,
        }),
      ).toEqual([])
    },
  )

  test('a port may declare a Promise, but performs nothing', () => {
    expect(check({ 'packages/core/src/ports/clock.ts': 'export type A = { now(): Promise<Date> }' })).toEqual([])
    expect(check({ 'packages/core/src/ports/clock.ts': 'export async function a() {}' })).toEqual([
      expect.stringContaining('only declares'),
    ])
  })

  test('only flows hold ports; data that a port speaks of is free to all', () => {
    const ports = {
      'packages/core/src/ports/clock.ts': 'export type Clock = { now(): Date }\nexport type Zone = { name: string }\n',
    }
    const line = "import type { Clock, Zone } from './ports/clock.ts'"
    expect(check({ ...ports, 'packages/core/src/plan.ts': line })).toEqual([
      expect.stringContaining('imports the port Clock; only *.flow.ts'),
    ])
    expect(check({ ...ports, 'packages/core/src/plan.ts': line.replace('Clock, ', '') })).toEqual([])
    for (const name of ['issue.flow.ts', 'index.ts', 'issuance-ports.ts']) {
      expect(check({ ...ports, [`packages/core/src/${name}`]: line })).toEqual([])
    }
  })
})

describe('shape', () => {
  test('500 lines pass, 501 do not', () => {
    expect(check({ 'bench/x.ts': 'a\n'.repeat(500) })).toEqual([])
    expect(check({ 'bench/x.ts': 'a\n'.repeat(501) })).toEqual([expect.stringContaining('has 501 lines')])
  })

  test('no folder is named utils or helpers', () => {
    expect(check({ 'packages/core/src/utils/x.ts': '', 'apps/portal/src/helpers/x.ts': '' })).toHaveLength(2)
    expect(check({ 'packages/core/src/utilities-billing/x.ts': '' })).toEqual([])
  })
})

describe('cycles in core', () => {
  const file = (name: string, imported: string, kind = '') => ({
    [`packages/core/src/${name}.ts`]: `import ${kind} { a } from './${imported}.ts'`,
  })

  test('are found and named', () => {
    const found = check({ ...file('a', 'b'), ...file('b', 'c'), ...file('c', 'a') })
    expect(found).toEqual([
      expect.stringContaining(
        'packages/core/src/a.ts → packages/core/src/b.ts → packages/core/src/c.ts → packages/core/src/a.ts',
      ),
    ])
  })

  test('of types only are none', () => {
    expect(check({ ...file('a', 'b', 'type'), ...file('b', 'a') })).toEqual([])
  })
})
