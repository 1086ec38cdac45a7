import type { ScriptMistake } from '@cardwright/contract'
import {
  type OptionName,
  type OptionScript,
  type OptionValue,
  optionsOfScript,
  type ParsedScript,
  parseScript,
} from '@cardwright/core/option-script'

/** A mistake, with which nothing is saved, or a warning; at its place in the text. */
export type Remark = ScriptMistake & { readonly mistake: boolean }

/** An option as the form shows it. `wrongLine`: its line cannot be read, and `value` is the last one that could. */
export type ShownOption = {
  readonly name: OptionName
  readonly value: OptionValue
  readonly wrongLine: number | null
  /** The script does not name it: its default holds. */
  readonly implied: boolean
}

/** Editors count lines by one kind of line end. */
export const oneLineEnd = (text: string): string => text.replace(/\r\n?/g, '\n')

/** The form as it follows from the text, and from what it showed before where the text is wrong now. */
export const shownOptions = (
  script: OptionScript,
  parsed: ParsedScript,
  before: ReadonlyMap<string, OptionValue>,
): readonly ShownOption[] =>
  optionsOfScript(script).map(option => {
    const name = option.name as OptionName
    const assigned = parsed.assignments.find(assignment => assignment.name === name)
    const wrong = assigned !== undefined && assigned.value === null
    const value = wrong ? (before.get(name) ?? option.preset) : (parsed.values[name] ?? option.preset)
    return { name, value, wrongLine: wrong ? assigned.line : null, implied: assigned === undefined }
  })

/** Everything to say of a text, in the order of its lines; the server's own mistakes count until the text is changed. */
export const remarksOf = (parsed: ParsedScript, fromServer: readonly ScriptMistake[]): readonly Remark[] => {
  const own = [
    ...parsed.mistakes.map(remark => ({ ...remark, mistake: true })),
    ...parsed.warnings.map(remark => ({ ...remark, mistake: false })),
  ]
  const more = fromServer
    .filter(one => !own.some(remark => remark.line === one.line && remark.code === one.code))
    .map(remark => ({ ...remark, mistake: true }))
  return [...own, ...more].sort((a, b) => a.line - b.line || a.column - b.column)
}

/** A list as it is being typed, what was read of it or what is wrong with it, and the script as it was then. */
export type TypedList = { readonly typed: string; readonly read: readonly number[] | string; readonly over: string }

/** What is typed is shown as long as it says what the script says, or cannot be read and the script is still the same. */
export const typedHolds = ({ read, over }: TypedList, text: string, value: OptionValue): boolean =>
  typeof read === 'string' ? over === text : String(read) === String(value)

/** The numbers of a list as they are typed in the form, or what is wrong with them. */
export const typedNumbers = (name: OptionName, script: OptionScript, typed: string): readonly number[] | string => {
  const parsed = parseScript(script, `${name} = [${typed.replace(/[\s;,]+/g, ', ').replace(/^, |, $/g, '')}]`)
  const [mistake] = parsed.mistakes
  const value = parsed.values[name]
  return mistake || !Array.isArray(value) ? (mistake?.text ?? '') : value
}
