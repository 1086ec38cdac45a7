import type { Finding } from './fences.ts'
import type { Import } from './imports.ts'
import { packageOf } from './layers.ts'
import { isTest, lineOf, type Source } from './source.ts'

/**
 * In core only `*.flow.ts` is asynchronous or holds a port, so that a list of them tells where time passes and where it can break.
 * `isPort`: whether a file in core/src/ports exports a type of that name that can be called; its plain data types are free to all.
 */
export function checkFlows(
  { path, text, code }: Source,
  imports: Import[],
  isPort: (target: string, name: string) => boolean,
): Finding[] {
  if (packageOf(path) !== 'core' || isTest(path) || path.endsWith('.flow.ts') || path.endsWith('/index.ts')) return []
  const declares = declaresPorts(path)
  const pattern = declares ? /\b(?:async|await)\b/g : /\b(?:async|await|Promise)\b/g
  const waiting = [...code.matchAll(pattern)].map(({ 0: word, index }) => ({
    path,
    line: lineOf(text, index),
    message: declares
      ? `\`${word}\` in a port; a port only declares, an adapter performs`
      : `\`${word}\` outside a flow; make this a pure function over data, or name the file *.flow.ts`,
  }))
  if (declares) return waiting
  const held = imports.flatMap(({ target, names, line }) =>
    names
      .filter(name => isPort(target, name))
      .map(name => ({
        path,
        line,
        message: `imports the port ${name}; only *.flow.ts holds ports: take what the port would answer as an argument`,
      })),
  )
  return [...waiting, ...held]
}

/** Files in a `ports` folder, and those that bundle ports for a flow (`issuance-ports.ts`). */
export function declaresPorts(path: string): boolean {
  return packageOf(path) === 'core' && /\/ports\/|-ports\.ts$/.test(path)
}

/** The exported types that can be called or have something that can: methods and function members. */
export function portTypes({ code }: Source): Set<string> {
  const declarations = code.split(/^export\s+(?:type|interface)\s+(?=\w)/m).slice(1)
  const callable = declarations.filter(text => /\)\s*(?::|=>)/.test(text.split(/^export\b/m)[0] ?? ''))
  return new Set(callable.map(text => /^\w+/.exec(text)?.[0] ?? ''))
}
