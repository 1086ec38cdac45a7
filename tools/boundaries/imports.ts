import { posix } from 'node:path'
import { lineOf, type Source } from './source.ts'

/** One import or re-export. `target` is the path from the root for own files, else the specifier itself. */
export type Import = { specifier: string; target: string; typeOnly: boolean; names: string[]; line: number }

const STATIC = /\b(?:import|export)\b(?<clause>[\w\s{},*$]*?)\bfrom\s*(?<quote>['"])(?<blank>[^'"]*)\k<quote>/g
const BARE = /\bimport\s*(?:\(\s*)?(?<quote>['"])(?<blank>[^'"]*)\k<quote>/g

export function importsOf({ path, text, code }: Source): Import[] {
  return [STATIC, BARE].flatMap(pattern =>
    [...code.matchAll(pattern)].map(match => {
      const end = match.index + match[0].length - 1
      const specifier = text.slice(end - (match.groups?.blank?.length ?? 0), end)
      const target = specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier) : specifier
      const clause = match.groups?.clause
      return {
        specifier,
        target,
        typeOnly: isTypeOnly(clause),
        names: namesIn(clause),
        line: lineOf(text, match.index),
      }
    }),
  )
}

/** `import type { A }`, or every name in the braces marked as a type. */
function isTypeOnly(clause: string | undefined): boolean {
  if (clause === undefined) return false
  if (/^\s*type\b(?!\s*,)/.test(clause)) return true
  const inBraces = /^\s*\{(?<names>[^}]*)\}\s*$/.exec(clause)?.groups?.names?.split(',') ?? []
  const names = inBraces.map(name => name.trim()).filter(Boolean)
  return names.length > 0 && names.every(name => name.startsWith('type '))
}

/** The names as the other file exports them; `*` and default imports give none. */
function namesIn(clause = ''): string[] {
  const inBraces = /\{(?<names>[^}]*)\}/.exec(clause)?.groups?.names?.split(',') ?? []
  return inBraces.map(name => /^\s*(?:type\s+)?(?<name>[\w$]+)/.exec(name)?.groups?.name ?? '').filter(Boolean)
}
