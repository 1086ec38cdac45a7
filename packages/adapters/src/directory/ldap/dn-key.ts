const HEX_PAIR = /^[0-9a-f]{2}$/i

/** Splits at unescaped separators; escapes stay as they are. */
const split = (text: string, separators: string): string[] => {
  const parts = ['']
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at)
    const escaped = char === '\\' ? char + text.charAt(++at) : char
    if (escaped.length === 1 && separators.includes(char)) parts.push('')
    else parts[parts.length - 1] += escaped
  }
  return parts
}

/** Blanks around a value do not count unless they are escaped. */
const trimmed = (text: string): string => text.replace(/^ +/, '').replace(/((?:^|[^\\])(?:\\\\)*(?:\\ )?) +$/, '$1')

/** RFC 4514 §2.4: `\` before two hex digits is an octet of the UTF-8 form, before anything else that character. */
const unescaped = (text: string): string => {
  const parts: Buffer[] = []
  for (let at = 0; at < text.length; ) {
    const pair = text.slice(at + 1, at + 3)
    if (text.charAt(at) === '\\' && HEX_PAIR.test(pair)) {
      parts.push(Buffer.from(pair, 'hex'))
      at += 3
    } else {
      if (text.charAt(at) === '\\') at++
      const char = String.fromCodePoint(text.codePointAt(at) ?? 0x5c)
      parts.push(Buffer.from(char))
      at += char.length
    }
  }
  return Buffer.concat(parts).toString('utf8')
}

/**
 * The same text for every way to write a DN (RFC 4514): escapes, blanks and the order within an RDN do not count, nor does
 * case, which holds for the attributes that entries are named by. Good to compare with, not to send.
 */
export const dnKey = (dn: string): string =>
  JSON.stringify(
    split(dn, ',;').map(rdn =>
      split(rdn, '+')
        .map(part => {
          const equals = part.indexOf('=')
          return [part.slice(0, equals).trim(), unescaped(trimmed(part.slice(equals + 1)))].map(t => t.toLowerCase())
        })
        .sort(),
    ),
  )
