import { PkiError } from '../pki-error.ts'
import { attributeKeyword, attributeOid } from './attribute-type.ts'
import type { Name, NameAttribute } from './name.ts'

function escapeValue(value: string): string {
  return value
    .replace(/[\\",+<>;=]/g, '\\$&')
    .replace(/^[# ]/, '\\$&')
    .replace(/ $/, '\\ ')
    .replaceAll('\0', '\\00')
}

/** Text form of a name (RFC 4514 §2): most specific part first, `CN=Ada Lovelace,O=Example,C=SE`. */
export function formatName(name: Name): string {
  return name
    .toReversed()
    .map(rdn => rdn.map(({ type, value }) => `${attributeKeyword(type)}=${escapeValue(value)}`).join('+'))
    .join(',')
}

const SPECIAL = new Set([...'\\",+<>;= #'])

/** Reads an attribute value up to an unescaped `,` or `+`; answers the value and where it stopped. */
function readValue(text: string, from: number): { value: string; end: number } {
  const octets: string[] = []
  let at = from
  let hardEnd = 0
  while (at < text.length && text[at] !== ',' && text[at] !== '+') {
    if (text[at] !== '\\') {
      if (/[";<>]/.test(text[at] as string)) throw new PkiError('value-invalid', `Name: "${text[at]}" must be escaped`)
      octets.push(encodeURIComponent([...text.slice(at, at + 2)][0] as string))
      at += ([...text.slice(at, at + 2)][0] as string).length
      continue
    }
    const pair = text.slice(at + 1, at + 3)
    if (/^[0-9a-f]{2}$/i.test(pair)) {
      octets.push(`%${pair}`)
      at += 3
    } else if (SPECIAL.has(text[at + 1] ?? '')) {
      octets.push(encodeURIComponent(text[at + 1] as string))
      at += 2
    } else throw new PkiError('value-invalid', 'Name: a backslash is followed by neither a special character nor hex')
    hardEnd = octets.length
  }
  while (octets.length > hardEnd && octets.at(-1) === '%20') octets.pop()
  try {
    return { value: decodeURIComponent(octets.join('')), end: at }
  } catch (cause) {
    throw new PkiError('value-invalid', 'Name: a value is not UTF-8', { cause })
  }
}

/** Reads the text form of RFC 4514 §3 (without the `#hex` form) and answers the name in encoding order. */
export function parseName(text: string): Name {
  const rdns: NameAttribute[][] = []
  if (text.trim() === '') return rdns
  let at = 0
  let separator = ','
  while (separator !== '') {
    const equals = text.indexOf('=', at)
    if (equals < 0) throw new PkiError('value-invalid', `Name: "${text.slice(at)}" has no "="`)
    const keyword = text.slice(at, equals).trim()
    const type = attributeOid(keyword) ?? (/^[0-2](\.\d+)+$/.test(keyword) ? keyword : undefined)
    if (type === undefined) throw new PkiError('value-invalid', `Name: attribute "${keyword}" is not known`)
    let start = equals + 1
    while (text[start] === ' ') start++
    const { value, end } = readValue(text, start)
    if (value === '') throw new PkiError('value-invalid', `Name: attribute "${keyword}" is empty`)
    if (separator === ',') rdns.push([])
    rdns.at(-1)?.push({ type, value })
    separator = text[end] ?? ''
    at = end + 1
  }
  return rdns.toReversed()
}
