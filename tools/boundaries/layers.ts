import type { Import } from './imports.ts'
import { isTest } from './source.ts'

/** Who may import whom (DESIGN: "The house"). What is not listed may not. */
const MAY_IMPORT: Record<string, string[]> = {
  card: [],
  pki: [],
  contract: [],
  'card-virtual': ['card'],
  'card-pcsc': ['card'],
  'printer-ipp': [],
  core: ['card', 'pki'],
  relay: ['card', 'contract'],
  adapters: ['core', 'card', 'pki', 'contract', 'relay', 'printer-ipp'],
  server: ['adapters', 'relay', 'card', 'card-pcsc', 'card-virtual', 'contract', 'core', 'pki'],
  cli: ['server', 'adapters', 'relay', 'card', 'card-pcsc', 'card-virtual', 'contract', 'core', 'pki'],
  client: ['card', 'card-pcsc', 'contract', 'relay', 'printer-ipp'],
  portal: ['contract', 'core/pin-rules', 'core/option-script', 'relay/chunks'],
  extension: ['contract', 'core/pin-rules'],
}

/** A virtual card stands in for a real one in the tests of whoever speaks to cards. */
const TESTS_MAY_IMPORT = ['card', 'card-virtual']

/** `packages/card/src/x.ts` → `card`; undefined for bench, tests and tools, which may import everything. */
export function packageOf(path: string): string | undefined {
  return /^(?:packages|apps)\/([^/]+)\//.exec(path)?.[1]
}

/** What is wrong with this import, or undefined. `declared`: the names in the package's package.json. */
export function checkLayer(path: string, { specifier, target }: Import, declared: string[]): string | undefined {
  const from = packageOf(path)
  if (!from) return undefined
  if (specifier.startsWith('.')) {
    const to = packageOf(`${target}/`)
    if (to === from) return undefined
    return `reaches into another package by path (${specifier}); import what it exports, by its name`
  }
  // Node's own modules are the fences' business; `virtual:` ones are made by a plugin in the package's own Vite configuration.
  if (/^(?:node|virtual):/.test(specifier)) return undefined
  const own = /^@cardwright\/(.+)$/.exec(specifier)?.[1]
  if (own) return checkOwn(path, from, own)
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
  // What a package keeps in dev/ beside src/ is never shipped; it may use the root's development dependencies, as tests do.
  if (isTest(path) || /^apps\/[^/]+\/dev\//.test(path) || declared.includes(name)) return undefined
  return `imports ${name}, which ${from}'s package.json does not declare; add the exact version there`
}

function checkOwn(path: string, from: string, own: string): string | undefined {
  const to = own.split('/')[0] ?? own
  const allowed = [from, ...(MAY_IMPORT[from] ?? []), ...(isTest(path) ? TESTS_MAY_IMPORT : [])]
  if (allowed.includes(own) || allowed.includes(to)) return undefined
  const may = (MAY_IMPORT[from] ?? []).join(', ') || 'no other package'
  return `${from} may not import @cardwright/${own} (it may: ${may}); take what you need as an argument or through a port, and wire it in apps/server`
}
