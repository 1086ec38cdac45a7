/** A source file: its path from the root, its text, and the same text with comments and the insides of literals blanked out. */
export type Source = { path: string; text: string; code: string }

export function source(path: string, text: string): Source {
  return { path, text, code: blank(text) }
}

export function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length
}

/** Tests and their fixtures may do what the code they test may not. */
export function isTest(path: string): boolean {
  return /\.test\.tsx?$|\.fixture\.ts$|\/(test|testing)\//.test(path)
}

const BEFORE_REGEX = /(^|[(,=:[!&|?{};+\-*%~^>]|\b(return|typeof|case|in|of|await|yield|delete|void|throw|new))\s*$/

/**
 * Blanks comments, strings, template texts and regular expressions with spaces of the same length, so that a pattern searched in the
 * result finds code only and its offset still fits the text. A scanner, since TypeScript 7 offers no parser to programs.
 */
export function blank(text: string): string {
  const out = text.split('')
  const wipe = (from: number, to: number) => {
    for (let i = from; i < to; i++) if (out[i] !== '\n') out[i] = ' '
  }
  // How many braces are open inside each `${` that is being read.
  const templates: number[] = []
  let i = 0
  const readTemplate = (from: number) => {
    const end = endOfTemplateText(text, from)
    wipe(from, end)
    if (text.startsWith('${', end)) {
      templates.push(0)
      i = end + 2
    } else {
      i = end + 1
    }
  }
  while (i < text.length) {
    const char = text[i]
    const depth = templates.at(-1)
    if (text.startsWith('//', i)) {
      const end = endOfLine(text, i)
      wipe(i, end)
      i = end
    } else if (text.startsWith('/*', i)) {
      const close = text.indexOf('*/', i + 2)
      const end = close < 0 ? text.length : close + 2
      wipe(i, end)
      i = end
    } else if (char === "'" || char === '"') {
      const end = endOfDelimited(text, i + 1, char)
      wipe(i + 1, end)
      i = end + 1
    } else if (char === '`') {
      readTemplate(i + 1)
    } else if (char === '}' && depth === 0) {
      templates.pop()
      readTemplate(i + 1)
    } else if (char === '/' && BEFORE_REGEX.test(out.slice(Math.max(0, i - 20), i).join(''))) {
      const end = endOfDelimited(text, i + 1, '/')
      wipe(i + 1, end)
      i = end + 1
    } else {
      if (depth !== undefined && (char === '{' || char === '}'))
        templates[templates.length - 1] = depth + (char === '{' ? 1 : -1)
      i += 1
    }
  }
  return out.join('')
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end < 0 ? text.length : end
}

/** Strings and regular expressions end on their line at the latest; a slash in a character class does not end one. */
function endOfDelimited(text: string, from: number, delimiter: string): number {
  let inClass = false
  for (let i = from; i < text.length; i++) {
    const char = text[i]
    if (char === '\n') return i
    if (char === '\\') i += 1
    else if (delimiter === '/' && char === '[') inClass = true
    else if (delimiter === '/' && char === ']') inClass = false
    else if (char === delimiter && !inClass) return i
  }
  return text.length
}

function endOfTemplateText(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    if (text[i] === '\\') i += 1
    else if (text[i] === '`' || text.startsWith('${', i)) return i
  }
  return text.length
}
