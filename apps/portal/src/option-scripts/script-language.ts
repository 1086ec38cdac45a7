import {
  allowedValues,
  type OptionDefinition,
  type OptionScript,
  optionNamed,
  optionsOfScript,
  writtenValue,
} from '@cardwright/core/option-script'
import type { CompletionContext, CompletionResult } from '@codemirror/autocomplete'
import { HighlightStyle, StreamLanguage, syntaxHighlighting } from '@codemirror/language'
import type { Extension } from '@codemirror/state'
import { tags } from '@lezer/highlight'

/** Colours only; what a script means is said by core's parser. */
const language = StreamLanguage.define<{ inComment: boolean }>({
  startState: () => ({ inComment: false }),
  token: (stream, state) => {
    if (state.inComment || stream.match('/*')) {
      state.inComment = !stream.match(/^.*?\*\//)
      if (state.inComment) stream.skipToEnd()
      return 'comment'
    }
    if (stream.eatSpace()) return null
    if (stream.match(/^(?:#|\/\/).*/)) return 'comment'
    if (stream.match(/^(?:"[^"]*"?|'[^']*'?)/)) return 'string'
    if (stream.match(/^[0-9][\w.]*/)) return 'number'
    const word = stream.match(/^[\p{L}_$][\p{L}\p{N}_$]*/u)
    if (Array.isArray(word)) {
      if (/^(?:true|false|var)$/.test(word[0] ?? '')) return 'keyword'
      return optionNamed(word[0] ?? '') ? 'variableName' : null
    }
    stream.next()
    return null
  },
  languageData: { commentTokens: { line: '//', block: { open: '/*', close: '*/' } } },
})

const colours = HighlightStyle.define([
  { tag: tags.comment, color: 'var(--cw-quiet)', fontStyle: 'italic' },
  { tag: tags.string, color: 'var(--cw-ok)' },
  { tag: tags.number, color: 'var(--cw-info)' },
  { tag: tags.keyword, color: 'var(--cw-warn)' },
  { tag: tags.variableName, color: 'var(--cw-accent)', fontWeight: '600' },
])

export const scriptLanguage: readonly Extension[] = [language, syntaxHighlighting(colours)]

/** Values to choose from, as written. */
const valuesOf = (option: OptionDefinition): readonly string[] =>
  option.kind === 'choice'
    ? option.choices.map(writtenValue)
    : option.kind === 'switch'
      ? ['true', 'false']
      : [writtenValue(option.preset)]

const about = (option: OptionDefinition) => `${option.explanation} ${option.name} is ${allowedValues(option)}.`

/** Names that the text does not set yet, and after `Name =` its values, each with what it means. */
export const completeScript =
  (script: OptionScript) =>
  ({ state, pos, explicit }: CompletionContext): CompletionResult | null => {
    const line = state.doc.lineAt(pos)
    const before = line.text.slice(0, pos - line.from)
    const assigned = /^\s*(?:var\s+)?([\p{L}_]\w*)\s*=\s*(\S*)$/u.exec(before)
    if (assigned) {
      const option = optionNamed(assigned[1] ?? '')
      if (!option) return null
      const typed = assigned[2] ?? ''
      return {
        from: pos - typed.length,
        to: typed.startsWith('"') && line.text[pos - line.from] === '"' ? pos + 1 : pos,
        options: valuesOf(option).map(label => ({ label, type: 'constant', info: about(option) })),
      }
    }
    const name = /^\s*(?:var\s+)?(\w*)$/.exec(before)
    if (!name || (name[1] === '' && !explicit)) return null
    const text = state.doc.toString()
    return {
      from: pos - (name[1] ?? '').length,
      options: optionsOfScript(script)
        .filter(option => !new RegExp(`^\\s*(?:var\\s+)?${option.name}\\s*=`, 'm').test(text))
        .map(option => ({
          label: option.name,
          type: 'variable',
          info: about(option),
          apply: `${option.name} = ${writtenValue(option.preset)}`,
        })),
      validFor: /^\w*$/,
    }
  }
