import {
  CARD_HEIGHT_MM,
  CARD_WIDTH_MM,
  type CardSide,
  type LayoutContent,
  type LayoutElement,
  sidesOf,
} from './card-layout.ts'
import { isCode128Text } from './code128-text.ts'
import { type LayoutProblem, layoutProblem } from './layout-problem.ts'
import type { LayoutValues } from './layout-values.ts'
import { MOST_LETTERS_ON_A_SIDE, textsBeyondSide } from './side-letters.ts'
import { fillTemplate } from './template.ts'

/** Millimetres. */
export type Area = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

/** The contacts (ISO/IEC 7816-2: 10.25 to 19.87 mm by 19.23 to 28.55 mm) with the module around them. */
export const CHIP_AREA: Area = { x: 8.5, y: 17.9, width: 13, height: 12 }
/** A stripe with three tracks reaches from 5.54 to 15.95 mm at least (ISO/IEC 7811-2), and is wider by its tolerance. */
export const MAGNETIC_STRIPE_AREA: Area = { x: 0, y: 4.5, width: CARD_WIDTH_MM, height: 12.5 }

const overlap = (a: Area, b: Area): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

/** A background shape over the whole card is meant to lie under the chip and the stripe. */
const isBackground = ({ kind, x, y, width, height }: LayoutElement): boolean =>
  (kind === 'rectangle' || kind === 'image') &&
  x <= 0 &&
  y <= 0 &&
  x + width >= CARD_WIDTH_MM &&
  y + height >= CARD_HEIGHT_MM

/** A line is drawn through the middle of its box, however high the box is. */
const areaOf = (element: LayoutElement): Area => {
  const { x, y, width, height, rotation } = element
  if (element.kind !== 'line') return element
  const half = element.strokeWidth / 2
  return rotation === 0 || rotation === 180
    ? { x, y: y + height / 2 - half, width, height: element.strokeWidth }
    : { x: x + width / 2 - half, y, width: element.strokeWidth, height }
}

const zoneProblems = (content: LayoutContent, side: CardSide, element: LayoutElement): LayoutProblem[] => {
  if (isBackground(element)) return []
  const area = areaOf(element)
  const found: LayoutProblem[] = []
  if (side === 'FRONT' && content.chip === 'FRONT' && overlap(area, CHIP_AREA))
    found.push(layoutProblem(side, element.id, 'OVER_CHIP'))
  if (side === 'BACK' && content.magneticStripe === 'BACK' && overlap(area, MAGNETIC_STRIPE_AREA))
    found.push(layoutProblem(side, element.id, 'OVER_MAGNETIC_STRIPE'))
  return found
}

const contentProblems = (side: CardSide, element: LayoutElement, values: LayoutValues): LayoutProblem[] => {
  if (element.kind !== 'text' && element.kind !== 'barcode') return []
  const { text, empty, unknown } = fillTemplate(element.content, values)
  const found = [
    ...unknown.map(field => layoutProblem(side, element.id, 'FIELD_UNKNOWN', { field: `{${field}}` })),
    ...empty.map(field => layoutProblem(side, element.id, 'FIELD_EMPTY', { field })),
  ]
  if (element.kind === 'text') return found
  if (text === '') found.push(layoutProblem(side, element.id, 'BARCODE_IMPOSSIBLE', { why: 'it would be empty' }))
  else if (element.symbology === 'CODE128' && !isCode128Text(text))
    found.push(
      layoutProblem(side, element.id, 'BARCODE_IMPOSSIBLE', {
        why: 'Code 128 has only the letters, digits and signs of ASCII; a QR code has all characters',
      }),
    )
  return found
}

/** All that can be told without drawing: fields, zones, the photo. The renderer adds what only drawing shows. */
export const checkLayout = (
  content: LayoutContent,
  filling: { readonly values: LayoutValues; readonly hasPhoto: boolean },
): LayoutProblem[] =>
  sidesOf(content).flatMap(([side, { elements }]) => [
    ...textsBeyondSide(elements, filling.values)
      .slice(0, 1)
      .map(({ id }) => layoutProblem(side, id, 'SIDE_TOO_FULL', { most: `${MOST_LETTERS_ON_A_SIDE}` })),
    ...elements.flatMap(element => [
      ...contentProblems(side, element, filling.values),
      ...(element.kind === 'photo' && !filling.hasPhoto ? [layoutProblem(side, element.id, 'PHOTO_MISSING')] : []),
      ...zoneProblems(content, side, element),
    ]),
  ])
