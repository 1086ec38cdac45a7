import type { LayoutElement } from './card-layout.ts'
import type { LayoutValues } from './layout-values.ts'
import { fillTemplate } from './template.ts'

/** A side in letters of 5 points, from edge to edge, has no more. Setting them takes a server's time. */
export const MOST_LETTERS_ON_A_SIDE = 3000

/** The texts and barcodes from that one on with which a side has more letters than that, values filled in: none is drawn. */
export const textsBeyondSide = (elements: readonly LayoutElement[], values: LayoutValues): readonly LayoutElement[] => {
  const texts = elements.filter(element => element.kind === 'text' || element.kind === 'barcode')
  let letters = 0
  const first = texts.findIndex(({ content }) => {
    letters += fillTemplate(content, values).text.length
    return letters > MOST_LETTERS_ON_A_SIDE
  })
  return first < 0 ? [] : texts.slice(first)
}
