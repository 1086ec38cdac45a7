import { setImmediate as othersTurn } from 'node:timers/promises'
import { Resvg } from '@resvg/resvg-js'
import type { FontFile } from '../fonts/index.ts'
import { svgDocument, tag } from './svg.ts'
import type { SetText } from './text-runs.ts'

/** Only fonts that come with Cardwright, and of those only what this picture needs. */
export const fontOptions = (faces: Iterable<FontFile>) => ({
  loadSystemFonts: false,
  fontFiles: [...new Set([...faces].map(face => face.path))].sort(),
  defaultFontFamily: 'Noto Sans',
})

/** Around the baseline's beginning, for letters of one pixel. */
export type Ink = { readonly width: number; readonly height: number }

const SIZE = 100

const inkByResvg = ({ markup, faces }: SetText): Ink => {
  const text = tag('text', { x: 0, y: 0, 'font-size': SIZE, 'xml:space': 'preserve' }, markup)
  const box = new Resvg(svgDocument(SIZE, SIZE, text), { font: fontOptions(faces), logLevel: 'off' }).getBBox()
  return { width: (box?.width ?? 0) / SIZE, height: (box?.height ?? 0) / SIZE }
}

export const MOST_REMEMBERED = 2000

/**
 * What the letters of a line cover: measured by the one that draws them, so that what fits here fits there. A line is measured
 * once, since its fonts are opened for it; what was not asked for longest is forgotten first. Others have their turn before
 * each measure.
 */
export const createInkMeasure = (measure: (text: SetText) => Ink) => {
  const known = new Map<string, Ink>()
  return async (text: SetText): Promise<Ink> => {
    const { markup } = text
    if (markup === '') return { width: 0, height: 0 }
    if (!known.has(markup)) await othersTurn()
    const ink = known.get(markup) ?? measure(text)
    known.delete(markup)
    known.set(markup, ink)
    const [oldest] = known.keys()
    if (known.size > MOST_REMEMBERED && oldest !== undefined) known.delete(oldest)
    return ink
  }
}

export const inkOf = createInkMeasure(inkByResvg)
