import type { LayoutField } from '../layout/layout-values.ts'
import { isLayoutField } from '../layout/layout-values.ts'
import { defaultLetterTexts } from './default-letter-texts.ts'
import { paragraphsOf, placeholdersOf } from './delivery-text.ts'

/** Texts of one language. What may stand between braces: fields of a card's layout, `what`, `pin` and `puk`. */
export type LetterTexts = {
  /** ISO 639. */
  readonly language: string
  readonly letterSubject: string
  readonly letterBody: string
  readonly mailSubject: string
  readonly mailText: string
  /** Empty = made of the text. */
  readonly mailHtml: string
}

/** Millimetres. */
export const letterPapers = {
  A4: { width: 210, height: 297 },
  LETTER: { width: 215.9, height: 279.4 },
} as const

/** What a PUK of 8 digits takes up where it stands alone, in millimetres. */
const VALUE = { width: 46, height: 11 }

export type LetterSettings = {
  readonly paper: keyof typeof letterPapers
  readonly window: 'LEFT' | 'RIGHT'
  readonly protection: 'SCRAMBLE' | 'PRESSURE_SEAL'
  /** Millimetres from the upper left corner of the page. */
  readonly sealed: { readonly x: number; readonly y: number }
  /** A data URL of a PNG or JPEG. */
  readonly logo: string | null
  readonly sender: string
  /** The first is used where the user's language is not there. */
  readonly texts: readonly LetterTexts[]
}

export const defaultLetterSettings: LetterSettings = {
  paper: 'A4',
  window: 'LEFT',
  protection: 'SCRAMBLE',
  sealed: { x: 110, y: 200 },
  logo: null,
  sender: '',
  texts: defaultLetterTexts,
}

/** The texts in the language of a user, or the first ones. */
export const textsFor = ({ texts }: LetterSettings, language: string | null): LetterTexts => {
  const [first] = texts
  if (first === undefined) throw new Error('letter settings without any texts')
  return texts.find(t => t.language === language) ?? first
}

const ownFields = ['what', 'pin', 'puk']
const known = (field: string): field is LayoutField => isLayoutField(field) || ownFields.includes(field)

const faultOf = (text: string, holdsValue: boolean): string | null => {
  const found = placeholdersOf(text)
  const unknown = found.find(field => !known(field))
  if (unknown !== undefined) return unknown === '' ? 'has a brace that is not closed' : `names no field: {${unknown}}`
  const values = ['pin', 'puk'].filter(field => found.includes(field))
  // Subjects stand in lists, on screens and in logs of mail servers.
  if (!holdsValue) return values.length > 0 ? 'must not hold the PIN or PUK' : null
  // What is wiped after delivery must have been in it, and a paragraph with the other's value is left out.
  const both = paragraphsOf(text)
    .map(placeholdersOf)
    .some(p => p.includes('pin') && p.includes('puk'))
  return both || values.length < 2 ? 'needs {pin} and {puk}, each in a paragraph of its own' : null
}

/** By the path of the field; none = can be used. */
export const letterSettingsFaults = (settings: LetterSettings): Record<string, string> => {
  const faults: Record<string, string> = {}
  const note = (path: string, fault: string | null) => {
    if (fault !== null) faults[path] = fault
  }
  const { width, height } = letterPapers[settings.paper]
  const { x, y } = settings.sealed
  const beside = x + VALUE.width > width || y + VALUE.height > height
  note('sealed', settings.protection === 'PRESSURE_SEAL' && beside ? 'lies beside the paper' : null)
  settings.texts.forEach((texts, i) => {
    const again = settings.texts.findIndex(t => t.language === texts.language) < i
    note(`texts.${i}.language`, again ? 'is there twice' : null)
    note(`texts.${i}.letterSubject`, faultOf(texts.letterSubject, false))
    note(`texts.${i}.letterBody`, faultOf(texts.letterBody, true))
    note(`texts.${i}.mailSubject`, faultOf(texts.mailSubject, false))
    note(`texts.${i}.mailText`, faultOf(texts.mailText, true))
    if (texts.mailHtml !== '') note(`texts.${i}.mailHtml`, faultOf(texts.mailHtml, true))
  })
  return faults
}
