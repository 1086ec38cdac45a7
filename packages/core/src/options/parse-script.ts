import {
  defaultOptions,
  type OptionDefinition,
  type OptionName,
  type OptionScript,
  type Options,
  type OptionValue,
  optionNamed,
  optionsOfScript,
} from './option-table.ts'
import { checkedValue, isWrong } from './option-value.ts'
import { isSign, keywords, onlyValues, type ReadMistake, readValue } from './read-value.ts'
import { refusedValue, type ScriptWarning, warningsOf } from './script-warnings.ts'
import { suggestion } from './suggestion.ts'
import { hiddenCharacters, lineFinder, type Range, tokensOf } from './tokens.ts'

/** Longest text that is read; the contract refuses longer ones. */
export const longestScript = 20_000
/** Mistakes that are told; a text with more is something else. */
const mostMistakes = 100

export type MistakeCode =
  | ReadMistake
  | 'WRONG_TYPE'
  | 'WRONG_VALUE'
  | 'NOT_AVAILABLE'
  | 'UNKNOWN_NAME'
  | 'OTHER_SCRIPT'
  | 'ASSIGNED_TWICE'
  | 'SEPARATOR'
  | 'HIDDEN_CHARACTER'
  | 'TOO_LONG'

/** Lines and columns from 1; columns and lengths in UTF-16 code units, as editors count. */
export type ScriptRemark<Code extends string = string> = {
  readonly line: number
  readonly column: number
  readonly length: number
  readonly code: Code
  readonly text: string
}

/** One `Name = value`. `start` and `end` are the value's offsets in the text; `value` is null if it is wrong. */
export type Assignment = Range & {
  readonly name: OptionName
  readonly value: OptionValue | null
  readonly line: number
  readonly column: number
}

export type ParsedScript = {
  /** Of every option of this script: what the text says, or the default where it says nothing or something wrong. */
  readonly values: Partial<Options>
  /** In the text's order. A name that is assigned twice is here twice; the first counts. */
  readonly assignments: readonly Assignment[]
  /** Options that the text does not name: their default holds. */
  readonly missing: readonly OptionName[]
  /** With one of these nothing is saved. */
  readonly mistakes: readonly ScriptRemark<MistakeCode>[]
  /** What can be saved, and may mean something else than it seems to. */
  readonly warnings: readonly ScriptRemark<ScriptWarning>[]
}

/**
 * Reads a script: lines of `Name = value`, with `//`, `#` and block comments; see docs/options.md for the grammar. Never
 * throws, whatever the text is; all mistakes are told, not only the first. Time and memory are linear in the text.
 */
export const parseScript = (script: OptionScript, text: string): ParsedScript => {
  const options = optionsOfScript(script)
  const placeOf = lineFinder(text)
  const remark = <Code extends string>(at: Range, code: Code, words: string): ScriptRemark<Code> => ({
    ...placeOf(at.start),
    length: Math.max(1, at.end - at.start),
    code,
    text: words,
  })
  if (text.length > longestScript) {
    const words = `The script is longer than ${longestScript} characters.`
    return finished(options, [], [remark({ start: longestScript, end: text.length }, 'TOO_LONG', words)], [])
  }

  const tokens = tokensOf(text).map(token => ({ ...token, line: placeOf(token.start).line }))
  const mistakes: ScriptRemark<MistakeCode>[] = []
  const assignments: Assignment[] = []
  const firstLines = new Map<string, number>()
  const add = (at: Range, code: MistakeCode, words: () => string): void => {
    if (mistakes.length < mostMistakes) mistakes.push(remark(at, code, words()))
  }

  for (const start of hiddenCharacters(text))
    add(
      { start, end: start + 1 },
      'HIDDEN_CHARACTER',
      () => `An invisible character stands here (U+${hex(text.charCodeAt(start))}): delete it.`,
    )

  let next = 0
  let ended = 0
  while (next < tokens.length) {
    const first = tokens[next]
    if (!first || isSign(first, ';')) {
      next++
      ended = 0
      continue
    }
    if (ended === first.line) add(first, 'SEPARATOR', () => 'Begin a new line here, or put a ; before it.')
    const named = first.text === 'var' && tokens[next + 1]?.line === first.line ? next + 1 : next
    const name = tokens[named]
    const equals = tokens[named + 1]
    if (name?.kind !== 'word' || keywords.has(name.text) || !isSign(equals, '=') || equals?.line !== name.line) {
      const at = name ?? first
      if (at.kind === 'open-comment') add(at, 'NOT_CLOSED', () => 'This comment begins with /* and never ends with */.')
      else if (optionNamed(at.text) && !(equals?.line === at.line && equals.kind === 'sign' && !isSign(equals, ':')))
        add(at, 'NO_VALUE', () => `Behind ${at.text} comes = and its value.`)
      else add(at, 'NOT_A_VALUE', () => onlyValues)
      // What follows in this line is of the same making.
      while (next < tokens.length && tokens[next]?.line === first.line) next++
      continue
    }

    const read = readValue(tokens, named + 1)
    next = read.next
    ended = tokens[next - 1]?.line ?? 0
    const option = optionNamed(name.text)
    if (!option) {
      const [unknown, all] = [name.text, options.map(({ name: known }) => known)]
      add(name, 'UNKNOWN_NAME', () => unknownName(unknown, all))
    } else if (option.script !== script)
      add(name, 'OTHER_SCRIPT', () => `${option.name} stands in ${option.script}, not here.`)
    if (read.mistake) {
      const { at, code, text: words } = read.mistake
      add(at, code, () => words)
    }
    if (option?.script !== script) continue

    const firstLine = firstLines.get(option.name)
    if (firstLine === undefined) firstLines.set(option.name, name.line)
    else add(name, 'ASSIGNED_TWICE', () => `${option.name} has its value already, in line ${firstLine}.`)
    const value = read.literal && checkedValue(option.name, option, read.literal)
    const refused = value === null || isWrong(value) ? null : refusedValue(option.name, value)
    if (value !== null && isWrong(value)) add(value.at, value.code, () => value.text)
    if (refused) add(read.range, 'NOT_AVAILABLE', () => refused)
    assignments.push({
      name: option.name as OptionName,
      value: value === null || isWrong(value) || refused ? null : value,
      ...placeOf(name.start),
      start: read.range.start,
      end: read.range.end,
    })
  }
  const warnings = warningsOf(assignments).map(({ of, code, text: words }) => remark(of, code, words))
  return finished(options, assignments, mistakes, warnings)
}

const hex = (code: number): string => code.toString(16).toUpperCase().padStart(4, '0')

const unknownName = (name: string, known: readonly string[]): string => {
  const meant = suggestion(name, known)
  const shown = name.length > 60 ? `${name.slice(0, 60)}…` : name
  return `There is no option ${shown}${meant ? `; did you mean ${meant}?` : ` in this script. There are ${known.join(', ')}.`}`
}

const finished = (
  options: readonly OptionDefinition[],
  assignments: readonly Assignment[],
  mistakes: readonly ScriptRemark<MistakeCode>[],
  warnings: readonly ScriptRemark<ScriptWarning>[],
): ParsedScript => {
  const names = options.map(({ name }) => name as OptionName)
  const said = (name: OptionName): OptionValue | undefined =>
    assignments.find(assignment => assignment.name === name)?.value ?? undefined
  return {
    values: Object.fromEntries(names.map(name => [name, said(name) ?? defaultOptions[name]])),
    assignments,
    missing: names.filter(name => !assignments.some(assignment => assignment.name === name)),
    mistakes: [...mistakes].sort((a, b) => a.line - b.line || a.column - b.column),
    warnings,
  }
}
