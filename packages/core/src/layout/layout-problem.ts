import { fillText } from '../outcome/refusal-texts.ts'
import type { CardSide } from './card-layout.ts'

export type LayoutProblemCode =
  | 'FIELD_UNKNOWN'
  | 'FIELD_EMPTY'
  | 'PHOTO_MISSING'
  | 'TEXT_TOO_LONG'
  | 'SIDE_TOO_FULL'
  | 'CHARACTER_MISSING'
  | 'BARCODE_IMPOSSIBLE'
  | 'OVER_CHIP'
  | 'OVER_MAGNETIC_STRIPE'
  | 'PICTURE_UNREADABLE'

/** What a person should know before the card is printed; `element` is the id of one, null = the background. */
export type LayoutProblem = {
  readonly side: CardSide
  readonly element: string | null
  readonly code: LayoutProblemCode
  readonly text: string
  /** It cannot be printed so. */
  readonly blocking: boolean
}

const texts: Readonly<Record<LayoutProblemCode, { readonly text: string; readonly blocking: boolean }>> = {
  FIELD_UNKNOWN: {
    text: 'There is no field “{field}”. A brace that is meant as such is written twice.',
    blocking: true,
  },
  FIELD_EMPTY: { text: 'The field “{field}” has no value here: nothing stands in its place.', blocking: false },
  PHOTO_MISSING: {
    text: 'There is no photo of this person: the figure of a person stands in its place.',
    blocking: false,
  },
  TEXT_TOO_LONG: { text: 'The text does not fit into its box: “{text}”.', blocking: true },
  SIDE_TOO_FULL: {
    text: 'With this text there are more than {most} letters on this side: it and the ones after it are not drawn.',
    blocking: true,
  },
  CHARACTER_MISSING: { text: 'None of the fonts has the character {character} ({codePoint}).', blocking: true },
  BARCODE_IMPOSSIBLE: { text: 'The barcode cannot be made: {why}.', blocking: true },
  OVER_CHIP: { text: 'It reaches over the contacts of the chip, which are not printed on.', blocking: false },
  OVER_MAGNETIC_STRIPE: { text: 'It reaches over the magnetic stripe.', blocking: false },
  PICTURE_UNREADABLE: { text: 'The picture cannot be read: {why}.', blocking: true },
}

export const layoutProblem = (
  side: CardSide,
  element: string | null,
  code: LayoutProblemCode,
  params: Readonly<Record<string, string>> = {},
): LayoutProblem => ({ side, element, code, text: fillText(texts[code].text, params), blocking: texts[code].blocking })

export const mayBePrinted = (problems: readonly LayoutProblem[]): boolean => !problems.some(p => p.blocking)
