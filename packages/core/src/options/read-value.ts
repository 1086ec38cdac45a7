import type { Literal } from './option-value.ts'
import type { Range, Token } from './tokens.ts'

/** What stands behind an `=`. `next` is the first token that was not read. */
export type ReadValue = {
  readonly literal: Literal | null
  readonly range: Range
  readonly next: number
  readonly mistake: { readonly at: Range; readonly code: ReadMistake; readonly text: string } | null
}
export type ReadMistake = 'NO_VALUE' | 'NOT_A_VALUE' | 'NOT_CLOSED' | 'QUOTES'

export const onlyValues =
  'Only values can stand here: a text in quotation marks, a number, true, false or a list of numbers. The script is read, never executed.'

type Tokens = readonly (Token & { readonly line: number })[]

export const isSign = (token: Token | undefined, sign: string): boolean => token?.kind === 'sign' && token.text === sign

/** `name =` or `var`: where a list that never closed must end, so that what follows it is still read. */
const beginsStatement = (tokens: Tokens, at: number): boolean =>
  tokens[at]?.kind === 'word' && (tokens[at].text === 'var' || isSign(tokens[at + 1], '='))

type Single = { readonly literal: Literal; readonly next: number }

/** A single value that begins at this token; null if none does. */
const readSingle = (tokens: Tokens, at: number): Single | null => {
  const token = tokens[at]
  if (!token) return null
  const { start, end, text } = token
  if (token.kind === 'string' && !text.includes('${'))
    return { literal: { kind: 'string', value: text.slice(1, -1), start, end }, next: at + 1 }
  if (token.kind === 'word' && (text === 'true' || text === 'false'))
    return { literal: { kind: 'boolean', value: text === 'true', start, end }, next: at + 1 }
  const minus = isSign(token, '-')
  const number = minus ? tokens[at + 1] : token
  if (number?.kind !== 'number' || (minus && number.start !== end)) return null
  const value = /^(?:0|[1-9][0-9]{0,8})$/.test(number.text) ? Number(number.text) : Number.NaN
  return {
    literal: { kind: 'number', value: minus ? -value : value, start, end: number.end },
    next: at + (minus ? 2 : 1),
  }
}

/** Why no value begins, or goes on, at this token; `behind` is the one after it. */
const mistakeAt = (token: Token, behind?: Token): NonNullable<ReadValue['mistake']> => {
  const at = { start: token.start, end: token.end }
  if (token.kind === 'open-string')
    return { at, code: 'NOT_CLOSED', text: 'The quotation mark that closes this text is missing in its line.' }
  if (token.kind === 'open-comment')
    return { at, code: 'NOT_CLOSED', text: 'This comment begins with /* and never ends with */.' }
  const alone = behind?.kind !== 'sign' || /^[;,\]]$/.test(behind.text)
  if (token.kind === 'word' && /^(?:true|false)$/i.test(token.text))
    return { at, code: 'NOT_A_VALUE', text: `In small letters: ${token.text.toLowerCase()}.` }
  if (token.kind === 'word' && alone && !keywords.has(token.text))
    return { at, code: 'QUOTES', text: `A text stands in quotation marks: "${token.text.slice(0, 40)}".` }
  if (/^[\u2018-\u201f\u00ab\u00bb]$/.test(token.text))
    return { at, code: 'QUOTES', text: 'A text stands in straight quotation marks, as in "print".' }
  return { at, code: 'NOT_A_VALUE', text: onlyValues }
}

export const keywords: ReadonlySet<string> = new Set(
  `if else for while do switch case return function def let const final class new import package try catch throw
  null undefined this typeof delete await async yield`.split(/\s+/),
)

/** A word in quotation marks would be no better there. */
const inList = (mistake: NonNullable<ReadValue['mistake']>): NonNullable<ReadValue['mistake']> =>
  mistake.code === 'NOT_CLOSED'
    ? mistake
    : { ...mistake, code: 'NOT_A_VALUE', text: 'Only whole numbers can stand in a list, with a comma between them.' }

/** Reads a list; it may go over several lines, and end with a comma. */
const readList = (tokens: Tokens, open: number): ReadValue => {
  const start = tokens[open]?.start ?? 0
  const items: Literal[] = []
  let next = open + 1
  let mistake: ReadValue['mistake'] = null
  for (;;) {
    const token = tokens[next]
    const before = tokens[next - 1]
    if (!token || (token.line !== before?.line && beginsStatement(tokens, next))) {
      const text = 'The ] that closes this list is missing.'
      mistake ??= { at: { start, end: start + 1 }, code: 'NOT_CLOSED', text }
      return { literal: null, range: { start, end: before?.end ?? start }, next, mistake }
    }
    if (isSign(token, ']')) {
      const range = { start, end: token.end }
      return { literal: mistake ? null : { kind: 'list', items, ...range }, range, next: next + 1, mistake }
    }
    const single: Single | null = mistake ? null : readSingle(tokens, next)
    const behind: Token | undefined = single ? tokens[single.next] : undefined
    if (single && (isSign(behind, ',') || isSign(behind, ']'))) {
      items.push(single.literal)
      next = single.next + (isSign(behind, ',') ? 1 : 0)
    } else if (single && (!behind || beginsStatement(tokens, single.next))) next = single.next
    else {
      mistake ??= inList(mistakeAt(behind ?? token))
      next = Math.max(next + 1, single?.next ?? 0)
    }
  }
}

/** Reads the value behind the `=` at `equals`; the rest of a line that is no value is passed over. */
export const readValue = (tokens: Tokens, equals: number): ReadValue => {
  const sign = tokens[equals]
  const first = tokens[equals + 1]
  const end = sign?.end ?? 0
  if (!first || first.line !== sign?.line || isSign(first, ';')) {
    const at = { start: sign?.start ?? 0, end }
    const text = 'The value is missing: it stands behind the = in the same line.'
    return { literal: null, range: { start: end, end }, next: equals + 1, mistake: { at, code: 'NO_VALUE', text } }
  }
  const single = readSingle(tokens, equals + 1)
  const value: ReadValue = isSign(first, '[')
    ? readList(tokens, equals + 1)
    : {
        literal: single?.literal ?? null,
        range: single?.literal ?? first,
        next: single?.next ?? equals + 1,
        mistake: single ? null : mistakeAt(first, tokens[equals + 2]),
      }
  const lastLine = tokens[value.next - 1]?.line
  const behind = tokens[value.next]
  const goesOn = behind && behind.line === lastLine && !isSign(behind, ';') && !beginsStatement(tokens, value.next)
  if (!goesOn && !value.mistake) return value

  // What is no value goes up to the ; or the end of its line; what follows is read again.
  let next = value.next
  while (tokens[next] && tokens[next]?.line === lastLine && !isSign(tokens[next], ';')) next++
  const openComment = value.literal && behind?.kind === 'open-comment'
  return {
    literal: openComment ? value.literal : null,
    range: openComment ? value.range : { start: value.range.start, end: tokens[next - 1]?.end ?? value.range.end },
    next,
    mistake: value.mistake ?? (behind ? mistakeAt(behind, tokens[value.next + 1]) : null),
  }
}
