import {
  type CardFilling,
  type CardRenderer,
  type CardSide,
  checkLayout,
  type LayoutContent,
  type LayoutProblem,
  sidesOf,
} from '@cardwright/core'
import { renderAsync } from '@resvg/resvg-js'
import { drawingTurn } from '../drawing-turns/index.ts'
import { cardDocument } from './document.ts'
import { type DrawnSide, drawSide } from './draw-side.ts'
import { fontOptions } from './measure.ts'
import { createPictures } from './pictures.ts'

const paint = async ({ svg, faces }: DrawnSide): Promise<Uint8Array> => {
  // Painted in a thread of its own; only the letters are measured in this one.
  const image = await renderAsync(svg, { font: fontOptions(faces), logLevel: 'off' })
  return Uint8Array.from(image.asPng())
}

const order = (problems: readonly LayoutProblem[]): LayoutProblem[] =>
  problems.toSorted((a, b) => Number(b.blocking) - Number(a.blocking))

const render = async (content: LayoutContent, filling: CardFilling) => {
  const drawn = new Map<CardSide, DrawnSide>()
  const pictures = createPictures()
  for (const [side, layout] of sidesOf(content)) drawn.set(side, await drawSide(side, layout, filling, pictures))
  const [front, back] = [drawn.get('FRONT'), drawn.get('BACK')]
  if (!front) throw new Error('a layout has a front')
  const found = checkLayout(content, { values: filling.values, hasPhoto: filling.photo !== null })
  return {
    pictures: { front: await paint(front), back: back ? await paint(back) : null },
    problems: order([...found, ...front.problems, ...(back?.problems ?? [])]),
  }
}

/** Card pictures with resvg, from fonts of our own. Two renderers make the same pictures, and take turns. */
export const createCardRenderer = (): CardRenderer => ({
  render: (content, filling) => drawingTurn(() => render(content, filling)),
  document: pictures => drawingTurn(() => cardDocument(pictures)),
})
