import { type OptionName, type OptionScript, type OptionValue, optionNamed, optionsOfScript } from './option-table.ts'
import { writtenValue } from './option-value.ts'
import { parseScript } from './parse-script.ts'

const headings: Readonly<Record<OptionScript, string>> = {
  CardsScriptOptions: 'How devices are requested, and how PIN and PUK reach their holders.',
  CardsScriptExpiry: 'Mails to holders before their device expires.',
  TempCardsScriptOptions: 'Temporary devices.',
}

/** Comment lines of at most 100 characters. */
const comment = (words: string): string[] => {
  const lines: string[] = []
  for (const word of words.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= 97) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines.map(line => `// ${line}`)
}

const commented = (name: string, explanation: string, value: OptionValue): string[] => [
  ...comment(explanation),
  `${name} = ${writtenValue(value)}`,
]

/** The script as installed: every option with its default and a comment. */
export const defaultScript = (script: OptionScript): string => {
  const head = [
    ...comment(`${script}: ${headings[script]}`),
    ...comment('Only Name = value and comments can stand here: the text is read, never executed.'),
    ...comment('What is saved holds for what begins after it.'),
  ]
  const parts = optionsOfScript(script).map(({ name, explanation, preset }) => commented(name, explanation, preset))
  return `${[head, ...parts].map(lines => lines.join('\n')).join('\n\n')}\n`
}

/**
 * The same text with this value: only its literal is replaced, everything else stays byte for byte. An option that the
 * text does not name is appended with its comment.
 */
export const setOption = (text: string, name: OptionName, value: OptionValue): string => {
  const option = optionNamed(name)
  if (!option) return text
  const found = parseScript(option.script, text).assignments.find(assignment => assignment.name === name)
  if (found) {
    const { start, end } = found
    const blank = start === end ? ' ' : ''
    return `${text.slice(0, start)}${blank}${writtenValue(value)}${text.slice(end)}`
  }
  const lineEnd = /\r\n|\r|\n/.exec(text)?.[0] ?? '\n'
  const begun = text === '' || /[\r\n]$/.test(text) ? text : text + lineEnd
  const lines = commented(name, option.explanation, value)
  return `${begun}${begun === '' ? '' : lineEnd}${lines.join(lineEnd)}${lineEnd}`
}
