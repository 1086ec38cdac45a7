import type { FontFile } from './font-files.ts'
import { fontBytes, parsedFont } from './parsed-font.ts'

/** Of a character that stands alone, in em: how far it moves the next one on, and from where to where it is seen. */
export type Extent = { readonly advance: number; readonly left: number; readonly right: number }

const measure = ({ path }: FontFile, character: string): Extent => {
  const font = parsedFont(fontBytes(path))
  const glyph = font.glyphForCodePoint(character.codePointAt(0) ?? 0)
  if (glyph === null) return { advance: 0, left: 0, right: 0 }
  const { advanceWidth, bbox } = glyph
  const seen = bbox.maxX > bbox.minX
  const em = (units: number) => units / font.unitsPerEm
  return { advance: em(advanceWidth), left: seen ? em(bbox.minX) : 0, right: seen ? em(bbox.maxX) : em(advanceWidth) }
}

const known = new Map<FontFile, Map<string, Extent>>()

/** Without what shaping makes of it: no kerning, no joined forms. Each character of a font is looked up once. */
export const extentOf = (face: FontFile, character: string): Extent => {
  const ofFace = known.get(face) ?? new Map<string, Extent>()
  known.set(face, ofFace)
  const extent = ofFace.get(character) ?? measure(face, character)
  ofFace.set(character, extent)
  return extent
}
