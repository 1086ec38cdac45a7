/** Offsets in UTF-16 code units, as editors and `slice` count. */
export type Range = { readonly start: number; readonly end: number }

export type Token = Range & {
  /** `open-string` and `open-comment` never close; `sign` is any other character. */
  readonly kind: 'word' | 'number' | 'string' | 'sign' | 'open-string' | 'open-comment'
  readonly text: string
}

/**
 * Sticky, so that each begins where the last token ended. A backslash is no escape: no value needs one. Characters that
 * `hiddenCharacters` finds are blank here: they have their own mistake.
 */
const patterns = {
  blank: /(?:[\s\ufeff\u202a-\u202e\u2066-\u2069]|\p{Cc})+/uy,
  word: /[\p{L}_$][\p{L}\p{N}_$]*/uy,
  number: /[0-9][0-9A-Za-z_]*(?:\.[0-9A-Za-z_]+)*/y,
  string: /"[^"\r\n]*"|'[^'\r\n]*'/y,
  restOfLine: /[^\r\n]*/y,
} as const

/** One token per word, number, string or sign, without comments and blanks. Any text has tokens; the time is linear. */
export const tokensOf = (text: string): readonly Token[] => {
  const tokens: Token[] = []
  let at = 0
  let commentsClose = true
  const endOf = (name: keyof typeof patterns): number => {
    const pattern = patterns[name]
    pattern.lastIndex = at
    return pattern.test(text) ? pattern.lastIndex : at
  }
  const add = (kind: Token['kind'], end: number): void => {
    tokens.push({ kind, text: text.slice(at, end), start: at, end })
    at = end
  }

  while (at < text.length) {
    const two = text.slice(at, at + 2)
    const first = two.charAt(0)
    if (endOf('blank') > at) at = endOf('blank')
    else if (first === '#' || two === '//') at = endOf('restOfLine')
    else if (two === '/*') {
      // Looked for only while there can be one: otherwise every unclosed comment would read the rest again.
      const close: number = commentsClose ? text.indexOf('*/', at + 2) : -1
      commentsClose = close >= 0
      if (commentsClose) at = close + 2
      else add('open-comment', endOf('restOfLine'))
    } else if (first === '"' || first === "'") {
      const end = endOf('string')
      if (end > at) add('string', end)
      else add('open-string', endOf('restOfLine'))
    } else if (endOf('word') > at) add('word', endOf('word'))
    else if (endOf('number') > at) add('number', endOf('number'))
    else add('sign', at + String.fromCodePoint(text.codePointAt(at) ?? 0).length)
  }
  return tokens
}

/**
 * Other line ends of Unicode, control characters and those that turn the direction of writing round: with them a line
 * reads otherwise than it is (CVE-2021-42574), so they are refused in comments too.
 */
export const hiddenCharacters = (text: string): readonly number[] =>
  [...text.matchAll(/(?![\t\r\n])[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu)].map(({ index }) => index)

/** Finds line and column (from 1) of an offset. Line ends are CR LF, LF and CR, as in editors. */
export const lineFinder = (text: string): ((offset: number) => { readonly line: number; readonly column: number }) => {
  const starts = [0, ...[...text.matchAll(/\r\n|\r|\n/g)].map(({ index, 0: end }) => index + end.length)]
  return offset => {
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if ((starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 }
  }
}
