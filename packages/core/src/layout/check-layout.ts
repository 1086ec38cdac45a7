import {
  CARD_HEIGHT_MM,
  CARD_WIDTH_MM,
  type CardSide,
  type LayoutContent,
  type LayoutElement,
  sidesOf,
} from './card-layout.ts'
import { type LayoutProblem, layoutProblem } from './layout-problem.ts'
import type { LayoutValues } from './layout-values.ts'
import { fillTemplate } from './template.ts'

/** Millimetres from the upper left corner of a side. */
export type Area = { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number }

/**
 * ISO/IEC 7816-2:2007 figure 2: contacts C1…C8, from the left edge at most 10.25 to 19.87 mm and from the upper edge 19.23 to
 * 28.55 mm as least areas; real modules reach some millimetres further (an eight-contact plate is about 13 × 12 mm).
 */
export const CHIP_AREA: Area = { left: 9.0, top: 17.9, right: 22.0, bottom: 29.9 }
/** ISO/IEC 7811-6:2018: a stripe for three tracks reaches from 5.54 mm to 15.82 mm below the upper edge, all along the card. */
export const MAGNETIC_STRIPE_AREA: Area = { left: 0, top: 5.54, right: CARD_WIDTH_MM, bottom: 15.82 }

/** The part of the side that an element covers after its turn. */
export const areaOf = ({ x, y, width, height, rotation }: LayoutElement): Area => {
  const lying = rotation === 90 || rotation === 270
  const halfWidth = (lying ? height : width) / 2
  const halfHeight = (lying ? width : height) / 2
  const middle = { x: x + width / 2, y: y + height / 2 }
  return {
    left: middle.x - halfWidth,
    top: middle.y - halfHeight,
    right: middle.x + halfWidth,
    bottom: middle.y + halfHeight,
  }
}

const overlap = (a: Area, b: Area): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom

/** A background shape over the whole card is meant to lie under the chip and the stripe. */
const isBackground = (element: LayoutElement): boolean => {
  const area = areaOf(element)
  const whole = area.left <= 0 && area.right >= CARD_WIDTH_MM && area.top <= 0 && area.bottom >= CARD_HEIGHT_MM
  return whole && (element.kind === 'rectangle' || element.kind === 'image')
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

/** Code 128 (ISO/IEC 15417) has more, but scanners disagree about what is not printable ASCII. */
const isPrintableAscii = (text: string): boolean => /^[\x20-\x7e]*$/.test(text)

const contentProblems = (side: CardSide, element: LayoutElement, values: LayoutValues): LayoutProblem[] => {
  if (element.kind !== 'text' && element.kind !== 'barcode') return []
  const { text, empty, unknown } = fillTemplate(element.content, values)
  const found = [
    ...unknown.map(field => layoutProblem(side, element.id, 'FIELD_UNKNOWN', { field: `{${field}}` })),
    ...empty.map(field => layoutProblem(side, element.id, 'FIELD_EMPTY', { field })),
  ]
  if (element.kind === 'text') return found
  if (text === '') found.push(layoutProblem(side, element.id, 'BARCODE_IMPOSSIBLE', { why: 'it would be empty' }))
  else if (element.symbology === 'CODE128' && !isPrintableAscii(text))
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
  sidesOf(content).flatMap(([side, { elements }]) =>
    elements.flatMap(element => [
      ...contentProblems(side, element, filling.values),
      ...(element.kind === 'photo' && !filling.hasPhoto ? [layoutProblem(side, element.id, 'PHOTO_MISSING')] : []),
      ...zoneProblems(content, side, element),
    ]),
  )
