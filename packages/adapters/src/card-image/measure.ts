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

/** What the letters of a line cover: measured by the one that draws them, so that what fits here fits there. */
export const inkOf = ({ markup, faces }: SetText): Ink => {
  if (markup === '') return { width: 0, height: 0 }
  const text = tag('text', { x: 0, y: 0, 'font-size': SIZE, 'xml:space': 'preserve' }, markup)
  const box = new Resvg(svgDocument(SIZE, SIZE, text), { font: fontOptions(faces), logLevel: 'off' }).getBBox()
  const width = box?.width ?? 0
  const height = box?.height ?? 0
  return { width: width / SIZE, height: height / SIZE }
}
