import { measures } from 'virtual:contract'
import type { LayoutContent } from '@cardwright/contract'
import type { Side } from './content.ts'
import type { Place } from './place.ts'

/** What a printer may cut off or leave blank near the edge, and how far a background must reach over it. */
const safeMargin = 2.5
export const bleed = 1.5

export const card = measures.card

export const safeArea: Place = {
  x: safeMargin,
  y: safeMargin,
  width: card.width - 2 * safeMargin,
  height: card.height - 2 * safeMargin,
}

export type GuideArea = { readonly name: 'chip' | 'magneticStripe' | 'safe' | 'bleed'; readonly place: Place }

/** Their names stand beside the card: on it they would cover what is printed. */
export const aroundCard = ['safe', 'bleed'] as const

/** What is shown over the picture and never printed. */
export const guideAreas = (content: LayoutContent, side: Side): readonly GuideArea[] => [
  ...(side === 'front' && content.chip === 'FRONT' ? [{ name: 'chip', place: measures.chip } as const] : []),
  ...(side === 'back' && content.magneticStripe === 'BACK'
    ? [{ name: 'magneticStripe', place: measures.magneticStripe } as const]
    : []),
  { name: 'safe', place: safeArea },
  {
    name: 'bleed',
    place: { x: -bleed, y: -bleed, width: card.width + 2 * bleed, height: card.height + 2 * bleed },
  },
]

/** Where something new is put: beside the contacts, below the stripe. */
export const freeArea = (content: LayoutContent, side: Side): Place => {
  const { chip, magneticStripe } = measures
  if (side === 'front' && content.chip === 'FRONT') {
    const x = chip.x + chip.width
    return { ...card, x, width: card.width - x }
  }
  if (side === 'back' && content.magneticStripe === 'BACK') {
    const y = magneticStripe.y + magneticStripe.height
    return { ...card, y, height: card.height - y }
  }
  return card
}
