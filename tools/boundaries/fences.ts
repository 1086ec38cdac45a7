import type { Import } from './imports.ts'
import { packageOf } from './layers.ts'
import { isTest, lineOf, type Source } from './source.ts'

export type Finding = { path: string; line: number; message: string }

const PURE = ['card', 'pki', 'core']

const WORLD: [RegExp, string][] = [
  [/\bDate\.now\b/g, 'reads the clock; take `now: Date` as an argument, or the clock port in a flow'],
  [
    /\bnew\s+Date\b(?!\s*\(\s*[^)\s])/g,
    'reads the clock; take `now: Date` as an argument, or the clock port in a flow',
  ],
  [/\bperformance\.now\b/g, 'reads the clock; measure where the call is made'],
  [/\bMath\.random\b/g, 'makes randomness; take random bytes as an argument, or the randomness port in a flow'],
  [
    /(?<![.\w$])(?:globalThis\.)?crypto\.(?:getRandomValues|randomUUID|subtle)\b/g,
    "uses the global crypto; go through this package's src/crypto.ts or take the cipher as an argument",
  ],
  [/(?<![.\w$])fetch\s*\(/g, 'reaches the network; declare a port and let an adapter do it'],
  [/(?<![.\w$])console\./g, 'prints; return what happened as data, the caller logs'],
  [/(?<![.\w$])process\.(?!\s)/g, "reads the process; take the value as an argument, read it in the program's main"],
  [/(?<![.\w$])(?:setTimeout|setInterval|setImmediate)\s*\(/g, 'waits; time passes behind a port'],
]

/** card, pki and core touch nothing outside: the clock, randomness and ciphers come in. */
export function checkFence({ path, text, code }: Source, imports: Import[]): Finding[] {
  if (!PURE.includes(packageOf(path) ?? '') || isTest(path)) return []
  const cryptoFile = /^packages\/[^/]+\/src\/crypto\.ts$/.test(path)
  const builtins = imports
    .filter(({ specifier }) => specifier.startsWith('node:') && !(cryptoFile && specifier === 'node:crypto'))
    .map(({ specifier, line }) => ({
      path,
      line,
      message:
        specifier === 'node:crypto'
          ? "imports node:crypto; that is for this package's src/crypto.ts alone, import its functions"
          : `imports ${specifier}; this package does no I/O: take the data as an argument, or declare a port and write an adapter`,
    }))
  const uses = WORLD.flatMap(([pattern, message]) =>
    [...code.matchAll(pattern)].map(({ index }) => ({ path, line: lineOf(text, index), message })),
  )
  return [...builtins, ...uses]
}
