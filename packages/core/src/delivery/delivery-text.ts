import type { LayoutValues } from '../layout/layout-values.ts'
import { fillTemplate } from '../layout/template.ts'
import type { DeliveredKind } from './delivery.ts'

/** Stands in a filled text where the PIN or PUK is to be. Private use: no font has it, and no name may bring it. */
export const VALUE_MARK = '\u{f8ff}'
const marks = new RegExp(VALUE_MARK, 'gu')

/** As in layout/template.ts: blanks are trimmed afterwards, for a pattern that skips them on both sides takes cubic time. */
const places = /\{\{|\{([^{}]*)\}|\{/g

/** What stands between braces; '' is an opening brace alone. */
export const placeholdersOf = (template: string): readonly string[] =>
  [...template.matchAll(places)].flatMap(([part, field]) => (part === '{{' ? [] : [field?.trim() ?? '']))

export const paragraphsOf = (template: string): readonly string[] =>
  template
    .replace(/\r\n?/g, '\n')
    .split(/\n(?:[ \t]*\n)+/)
    .filter(p => p.trim() !== '')

const ofTheOther = { PIN: 'puk', PUK: 'pin' } as const
const ofThis = { PIN: 'pin', PUK: 'puk' } as const

/**
 * The lines of each paragraph. A paragraph with {pin} is there where a PIN is delivered, one with {puk} where a PUK is, all
 * others always; `{what}` is the name of the one. Values are put in as they are: a brace in a name begins nothing.
 */
export const fillDeliveryText = (
  template: string,
  kind: DeliveredKind,
  values: LayoutValues,
): readonly (readonly string[])[] => {
  const clean = Object.fromEntries(
    Object.entries(values).map(([field, value]) => [field, value?.replace(marks, '') ?? null]),
  ) as LayoutValues
  const fill = (line: string) => {
    const own = line.replace(marks, '').replace(places, (part, between?: string) => {
      if (part === '{{') return part
      const field = between?.trim()
      if (field === 'what') return kind
      return field === ofThis[kind] ? VALUE_MARK : part
    })
    return fillTemplate(own, clean).text
  }
  return paragraphsOf(template)
    .filter(paragraph => !placeholdersOf(paragraph).includes(ofTheOther[kind]))
    .map(paragraph => paragraph.split('\n').map(fill))
}

/** The same as one line. */
export const fillDeliveryLine = (template: string, kind: DeliveredKind, values: LayoutValues): string =>
  fillDeliveryText(template, kind, values)
    .flat()
    .join(' ')
    .replace(/\p{Cc}/gu, ' ')
